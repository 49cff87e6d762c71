import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortestFloat } from '../../main/codecs/float-text.ts';

const reads = (text: string, value: number): boolean => Object.is(Math.fround(Number(text)), value);

/** Significant digits of a text. */
function digits(text: string): number {
  return text.replace(/e.*|[-.]/g, '').replace(/^0+|0+$/g, '').length;
}

test('texts of 4-byte numbers read back, and no shorter one does', () => {
  const bits = fc.integer({ min: 0, max: 0xffff_ffff }).map((word) => new Float32Array(Uint32Array.of(word).buffer)[0] as number);
  const anyFloat = fc.oneof(
    bits,
    fc.float({ min: -2000, max: 2000 }),
    fc.integer({ min: -(2 ** 24), max: 2 ** 24 }).map((n) => Math.fround(n / 1000)),
  );
  fc.assert(
    fc.property(anyFloat, (value) => {
      const text = String(shortestFloat(value));
      if (!Number.isFinite(value) || value === 0) return Object.is(shortestFloat(value), value);
      const fewest = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((count) => reads(value.toPrecision(count), value)) ?? 9;
      return reads(text, value) && digits(text) <= fewest;
    }),
    { numRuns: 3000 },
  );
});

test('texts are those that people write', () => {
  const written = [0.1, 450.06238, -12.5, 1e-20, 3.4028235e38, 16777216, 123456790, 0.001];
  expect(written.map((value) => String(shortestFloat(Math.fround(value))))).toEqual(written.map(String));
});
