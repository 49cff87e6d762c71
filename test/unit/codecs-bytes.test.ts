import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Cursor, latin1 } from '../../main/codecs/cursor.ts';
import { inflate, inflateAside, inflatePortable, setInflate } from '../../main/codecs/inflate.ts';
import '../../main/host/node-inflate.ts';

const WHERE = { path: 'file.bin', offset: 100 };

describe('cursor', () => {
  test('both byte orders', () => {
    const bytes = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Cursor(bytes, WHERE).u32()).toBe(0x04030201);
    expect(new Cursor(bytes, WHERE, 'big').u32()).toBe(0x01020304);
    expect(new Cursor(bytes, WHERE).u64()).toBe(Number(0x0807060504030201n));
  });
  test('a read beyond the end names the place in the file', () => {
    const cursor = new Cursor(new Uint8Array(6), WHERE);
    cursor.i32();
    expect(() => cursor.i32()).toThrow(
      expect.objectContaining({
        code: 'truncated',
        path: 'file.bin',
        offset: 104,
        message: '4 bytes are needed at offset 104, only 2 are left.',
      }),
    );
    expect(() => cursor.take(-1)).toThrow(expect.objectContaining({ code: 'truncated' }));
    expect(cursor.u16()).toBe(0);
  });
  test('latin-1 keeps every byte', () => {
    const all = Uint8Array.from({ length: 20000 }, (_, i) => i & 255);
    expect([...latin1(all)].every((letter, i) => letter.charCodeAt(0) === (i & 255))).toBe(true);
  });
});

const DATA = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) >> 3);
const STREAM = new Uint8Array(deflateSync(DATA));
const swap = (stream: Uint8Array, at: number): Uint8Array => stream.map((byte, i) => (i === at ? byte ^ 0xff : byte));

describe.each(['node', 'portable', 'aside'])('inflate, %s engine', (engine) => {
  const run = async (bytes: Uint8Array, length: number): Promise<Uint8Array> => {
    if (engine === 'portable') return inflatePortableOnce(bytes, length);
    if (engine === 'aside') return inflateAside(bytes, length, WHERE);
    return inflate(bytes, length, WHERE);
  };
  test('exact length', async () => expect(await run(STREAM, DATA.length)).toEqual(DATA));
  test('bytes after the stream do not matter', async () =>
    expect(await run(Uint8Array.from([...STREAM, 1, 2, 3]), DATA.length)).toEqual(DATA));
  test.each([
    ['shorter than promised', STREAM, DATA.length + 1, 'truncated'],
    ['longer than promised', STREAM, DATA.length - 1, 'malformed'],
    ['cut', STREAM.subarray(0, STREAM.length >> 1), DATA.length, 'truncated'],
    ['no stream at all', Uint8Array.from([1, 2, 3, 4, 5, 6]), 10, 'malformed'],
    ['damaged', swap(STREAM, 30), DATA.length, 'malformed'],
    ['damaged check sum', swap(STREAM, STREAM.length - 1), DATA.length, 'malformed'],
    ['far too little for the promise', STREAM, 2 ** 33, 'malformed'],
  ])('%s', async (_, bytes, length, code) => {
    await expect(run(bytes, length)).rejects.toMatchObject({ code, path: 'file.bin', offset: 100 });
  });
});

/** The same call with the other engine in place. */
function inflatePortableOnce(bytes: Uint8Array, length: number): Uint8Array {
  const installed = setInflate(inflatePortable);
  try {
    return inflate(bytes, length, WHERE);
  } finally {
    setInflate(installed);
  }
}
