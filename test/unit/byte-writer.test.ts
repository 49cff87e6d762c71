import { expect, it } from 'vitest';
import { ByteWriter } from '../../main/codecs/byte-writer.ts';

it('keeps every number while its bytes grow', () => {
  const writer = new ByteWriter(3);
  writer.i16(-2);
  writer.u32(0xfffffffe);
  writer.i32(-3);
  writer.u64(2 ** 40);
  writer.bytes(Uint8Array.of(1, 2, 3));
  const bytes = writer.done().slice();
  const view = new DataView(bytes.buffer);
  expect([view.getInt16(0, true), view.getUint32(2, true), view.getInt32(6, true), view.getBigUint64(10, true)]).toEqual([
    -2,
    0xfffffffe,
    -3,
    1n << 40n,
  ]);
  expect(Array.from(bytes.subarray(18))).toEqual([1, 2, 3]);
});
