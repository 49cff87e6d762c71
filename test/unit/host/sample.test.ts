import { expect, test } from 'vitest';
import { memoryDataset } from '../../../main/formats/memory.ts';
import { readSample } from '../../../main/host/sample.ts';
import type { DType, TypedArray } from '../../../shared/model/dtype.ts';

test.each<[DType, TypedArray, string]>([
  ['f4', Float32Array.of(0.1), '0.1'],
  ['f4', Float32Array.of(16_777_217), '16777216'],
  ['f4', Float32Array.of(1.00000012), '1.0000001'],
  ['f4', Float32Array.of(-3.4028234663852886e38), '-3.4028235e+38'],
  ['f4', Float32Array.of(Number.NaN), 'NaN'],
  ['f8', Float64Array.of(0.1 + 0.2), '0.30000000000000004'],
  ['u8', BigUint64Array.of(2n ** 64n - 1n), '18446744073709551615'],
])('a stored %s is told without loss and without noise: %#', async (dtype, data, raw) => {
  const dataset = memoryDataset({ title: 'a', dtype, data, navShape: [1], sigShape: [1, 1] });
  const at = { dataset: 'd1', buffer: 0, frame: 0, plane: 0, x: 0, y: 0 };
  const { values } = await readSample(await dataset.buffer(0), at, new AbortController().signal);
  expect(values.map((value) => value.raw)).toEqual([raw]);
  const kept = dtype === 'f4' ? Math.fround(Number(raw)) : dtype === 'f8' ? Number(raw) : BigInt(raw);
  expect(kept).toEqual(data[0]);
});
