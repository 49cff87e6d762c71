import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allEqual } from '../../shared/compute/all-equal.ts';
import { levelsFromPercentiles, planeStatistics, reduceMean } from '../../shared/compute/statistics.ts';
import { selectRanks } from '../../shared/compute/order-statistics.ts';
import { allocateSamples, sampleAt } from '../../shared/model/dtype.ts';
import type { DType, TypedArray } from '../../shared/model/dtype.ts';
import type { Plane } from '../../shared/model/frames.ts';

const rowOf = (dtype: DType, data: TypedArray, samples = data.length): Plane => ({ dtype, width: samples, height: 1, data });

/** The definition: sort, then linear between neighbours. */
function percentile(sorted: readonly number[], percent: number): number {
  const place = (percent / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place));
}

function validSamples(plane: Plane, state?: Uint8Array): number[] {
  const all = Array.from({ length: plane.width * plane.height }, (_, i) => sampleAt(plane.dtype, plane.data, i));
  return all.filter((value, i) => Number.isFinite(value) && (state?.[i] ?? 0) === 0).sort((a, b) => a - b);
}

function expectFacts(plane: Plane, state: Uint8Array | undefined, tolerance: (span: number) => number): void {
  const { reply, histogram } = planeStatistics(plane, state);
  const sorted = validSamples(plane, state);
  expect(reply.count).toBe(sorted.length);
  expect(histogram.reduce((sum, bin) => sum + bin, 0)).toBe(sorted.length);
  expect(reply.count + reply.masked + reply.notFinite).toBe(plane.width * plane.height);
  if (sorted.length === 0) {
    expect(reply.percentiles.every(([, value]) => value === 0)).toBe(true);
    return;
  }
  expect([reply.min, reply.max]).toEqual([sorted[0]! + 0, sorted.at(-1)! + 0]);
  const scale = Math.max(Math.abs(reply.min), Math.abs(reply.max));
  const mean = sorted.reduce((sum, value) => sum + value / sorted.length, 0);
  expect(Math.abs(reply.mean - mean)).toBeLessThanOrEqual(1e-9 * scale);
  for (const [percent, value] of reply.percentiles) {
    expect(Math.abs(value - percentile(sorted, percent))).toBeLessThanOrEqual(tolerance(reply.max - reply.min) + 1e-12 * scale);
  }
}

const INTEGERS: readonly DType[] = ['b1', 'u1', 'i1', 'u2', 'i2', 'f2'];
const bytes = fc.uint8Array({ minLength: 16, maxLength: 4000 });

describe('planeStatistics', () => {
  it.each(INTEGERS)('is exact for any %s samples, masked or not', (dtype) => {
    fc.assert(
      fc.property(bytes, fc.boolean(), (raw, masked) => {
        const size = allocateSamples(dtype, 1).BYTES_PER_ELEMENT;
        const data = allocateSamples(dtype, Math.floor(raw.length / size));
        new Uint8Array(data.buffer).set(raw.subarray(0, data.byteLength));
        const state = masked ? Uint8Array.from({ length: data.length }, (_, i) => raw[i]! % 3) : undefined;
        expectFacts(rowOf(dtype, data), state, (span) => 1e-9 * span);
      }),
      { numRuns: 60 },
    );
  });

  it.each(['u4', 'i4', 'f4', 'f8', 'u8', 'i8', 'c8', 'c16'] as const)('agrees with sorting for any %s bits within a fine bin', (dtype) => {
    fc.assert(
      fc.property(bytes, (raw) => {
        const size = allocateSamples(dtype, 1).byteLength;
        const data = allocateSamples(dtype, Math.floor(raw.length / size));
        new Uint8Array(data.buffer).set(raw.subarray(0, data.byteLength));
        const samples = Math.floor(raw.length / size);
        const plane = rowOf(dtype, data, samples);
        if (validSamples(plane).some((value) => Math.abs(value) > 1e300)) return;
        expectFacts(plane, undefined, (span) => span / 65536);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps percentiles exact where one far sample leaves all others in one bin', () => {
    const data = Float32Array.from({ length: 20000 }, (_, i) => Math.sin(i) * 3);
    data[77] = 1e30;
    const { reply } = planeStatistics(rowOf('f4', data));
    const sorted = [...data].sort((a, b) => a - b);
    for (const [percent, value] of reply.percentiles) expect(value).toBeCloseTo(percentile(sorted, percent), 12);
  });

  it('has mean and standard deviation of small spreads far from zero', () => {
    const data = Float64Array.from({ length: 5001 }, (_, i) => 1e9 + (i % 3) - 1);
    data[0] = -1e9;
    const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
    const std = Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length);
    const { reply } = planeStatistics(rowOf('f8', data));
    expect(reply.mean).toBeCloseTo(mean, 3);
    expect(reply.std / std).toBeCloseTo(1, 9);
    const flat = planeStatistics(rowOf('f8', data.subarray(1))).reply;
    expect(flat.std).toBeCloseTo(Math.sqrt(2 / 3), 3);
  });

  it('stays plain JSON at the ends of the number range', () => {
    const { reply } = planeStatistics(rowOf('f8', Float64Array.of(1.7e308, -1.7e308, 0, Number.NaN, Number.POSITIVE_INFINITY)));
    expect(JSON.parse(JSON.stringify(reply))).toEqual(reply);
    expect(reply).toMatchObject({ count: 3, notFinite: 2, min: -1.7e308, max: 1.7e308 });
    expect(reply.std / 1.388e308).toBeCloseTo(1, 3);
  });

  it('counts values into equal bins over the range', () => {
    const { histogram } = planeStatistics(
      rowOf(
        'f4',
        Float32Array.from({ length: 512 }, (_, i) => i),
      ),
    );
    expect(histogram.every((count) => count === 2)).toBe(true);
    expect(planeStatistics(rowOf('u1', new Uint8Array(9).fill(7))).histogram[0]).toBe(9);
  });
});

describe('selectRanks', () => {
  it('finds the samples that a sort would', () => {
    const sample = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -3, max: 3 }));
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 50 }), fc.constantFrom(4, 8), (seeds, size) => {
        const wide = Float64Array.from(
          { length: 9000 },
          (_, i) => Math.max(-1e38, Math.min(1e38, seeds[(i * 7) % seeds.length]!)) + (i % 5 === 0 ? 0 : (i % 97) - 48),
        );
        const values = size === 4 ? new Float32Array(wide) : wide;
        const ranks = [0, 1, 17, 4499, 4500, 8998, 8999];
        const sorted = values.slice().sort();
        expect(selectRanks(values, ranks).map((value) => value + 0)).toEqual(ranks.map((rank) => sorted[rank]! + 0));
      }),
      { numRuns: 50 },
    );
  });
});

describe('levelsFromPercentiles', () => {
  const { reply } = planeStatistics(
    rowOf(
      'f8',
      Float64Array.from({ length: 10001 }, (_, i) => i / 100 - 20),
    ),
  );

  it('interpolates between the known percents', () => {
    const [low, high] = levelsFromPercentiles(reply, 10, 97, false);
    expect(low).toBeCloseTo(-10, 2);
    expect(high).toBeCloseTo(77, 2);
    expect(levelsFromPercentiles(reply, 0, 100, false)).toEqual([-20, 80]);
  });

  it('takes the value that so many samples stay within when symmetric', () => {
    const [low, high] = levelsFromPercentiles(reply, 1, 99, true);
    expect(low).toBe(-high);
    expect(high).toBeCloseTo(79, 2);
    expect(levelsFromPercentiles(reply, 1, 40, true)[1]).toBeCloseTo(20, 2);
  });
});

describe('reduceMean', () => {
  it('averages blocks, cut at the edges, without masked and not finite samples', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        fc.constantFrom<DType[]>('u1', 'u2', 'i2', 'f4', 'f8', 'i8'),
        (width, height, step, masked, dtype) => {
          const data = allocateSamples(dtype, width * height);
          for (let i = 0; i < width * height; i++) {
            if (data instanceof BigInt64Array) data[i] = BigInt((i * 31) % 17);
            else (data as Float32Array)[i] = dtype === 'f4' && i % 5 === 1 ? Number.NaN : (i * 31) % 17;
          }
          const state = masked ? Uint8Array.from({ length: width * height }, (_, i) => (i % 3 === 0 ? 1 : 0)) : undefined;
          const mean = reduceMean({ dtype, width, height, data }, step, state);
          expect([mean.width, mean.height, mean.dtype]).toEqual([Math.ceil(width / step), Math.ceil(height / step), 'f4']);
          for (let row = 0; row < mean.height; row++)
            for (let column = 0; column < mean.width; column++) {
              const inside: number[] = [];
              for (let y = row * step; y < Math.min(height, (row + 1) * step); y++)
                for (let x = column * step; x < Math.min(width, (column + 1) * step); x++) {
                  const value = sampleAt(dtype, data, y * width + x);
                  if (Number.isFinite(value) && (state?.[y * width + x] ?? 0) === 0) inside.push(value);
                }
              const expected = inside.length === 0 ? Number.NaN : inside.reduce((a, b) => a + b) / inside.length;
              expect(mean.data[row * mean.width + column]).toBe(Math.fround(expected));
            }
        },
      ),
    );
  });
});

describe('allEqual', () => {
  it('finds every byte that differs, wherever the bytes begin', () => {
    for (let start = 0; start < 5; start++)
      for (let length = 0; length < 40; length++) {
        const bytes = new Uint8Array(start + length).fill(200).subarray(start);
        expect(allEqual(bytes, 200)).toBe(true);
        for (let at = 0; at < length; at++) {
          bytes[at] = 201;
          expect(allEqual(bytes, 200)).toBe(false);
          bytes[at] = 200;
        }
      }
  });
});
