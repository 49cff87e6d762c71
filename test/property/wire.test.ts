import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeJson, encodeJson } from '../../shared/contract/json.ts';
import type { WireArray } from '../../shared/contract/payload.ts';
import { decodeWire, encodeWire } from '../../shared/contract/wire.ts';
import { DataError, isDataError } from '../../shared/model/data-error.ts';
import { bytesOf, DTYPES, sampleBytes, viewSamples } from '../../shared/model/dtype.ts';

/** Values that a payload's facts may hold: all numbers, and objects that look like what JSON.ts uses itself. */
const facts = fc
  .jsonValue()
  .chain((json) =>
    fc.oneof(
      fc.constant<unknown>(json),
      fc.double(),
      fc.record({ $: fc.oneof(fc.constant<unknown>(json), fc.constantFrom('NaN', '-0', ['NaN']), fc.double()) }),
      fc.record({ $: fc.double(), other: fc.constant(json) }),
      fc.array(fc.double()),
    ),
  );

const arrays: fc.Arbitrary<WireArray> = fc.tuple(fc.constantFrom(...DTYPES), fc.uint8Array({ maxLength: 64 })).map(([dtype, bytes]) => {
  const samples = Math.floor(bytes.byteLength / sampleBytes(dtype));
  return { dtype, data: viewSamples(dtype, bytes.slice(0, samples * sampleBytes(dtype)).buffer, 0, samples) };
});

const payloads = fc.record({ meta: facts, arrays: fc.array(arrays, { maxLength: 5 }) });

/** Compared as bytes: NaN patterns must survive too. */
function comparable({ meta, arrays: list }: { readonly meta: unknown; readonly arrays: readonly WireArray[] }): unknown {
  return { meta, arrays: list.map(({ dtype, data }) => ({ dtype, bytes: [...bytesOf(data)] })) };
}

describe('the binary envelope', () => {
  test('gives back what was put in, from any place in memory', () => {
    fc.assert(
      fc.property(payloads, fc.nat(9), (payload, shift) => {
        const message = encodeWire(payload);
        expect(message.byteLength % 8).toBe(0);
        const moved = new Uint8Array(message.byteLength + shift);
        moved.set(message, shift);
        expect(comparable(decodeWire(moved.subarray(shift)))).toEqual(comparable(payload));
      }),
      { numRuns: 300 },
    );
  });

  test('cut at any place it is a DataError', () => {
    fc.assert(
      fc.property(payloads, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (payload, part) => {
        const message = encodeWire(payload);
        const cut = message.subarray(0, Math.floor(part * message.byteLength));
        expect(() => decodeWire(cut)).toThrow(DataError);
      }),
      { numRuns: 300 },
    );
  });

  test('with flipped bits it is a DataError or a payload of the same size, never another failure', () => {
    fc.assert(
      fc.property(payloads, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (payload, flips) => {
        const message = encodeWire(payload);
        for (const flip of flips) {
          const at = Math.floor(flip / 8) % message.byteLength;
          message[at] = (message[at] as number) ^ (1 << (flip % 8));
        }
        try {
          const { arrays: list } = decodeWire(message);
          expect(list.reduce((sum, { data }) => sum + data.byteLength, 0)).toBeLessThanOrEqual(message.byteLength);
        } catch (error) {
          if (!isDataError(error)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('promises larger than the message are refused before memory is taken', () => {
    const header = new TextEncoder().encode(JSON.stringify({ meta: 0, arrays: [{ dtype: 'f8', samples: Number.MAX_SAFE_INTEGER }] }));
    const message = new Uint8Array(8 + Math.ceil(header.byteLength / 8) * 8);
    message.set([0x53, 0x4c, 0x57, 0x31]);
    new DataView(message.buffer).setUint32(4, header.byteLength, true);
    message.set(header, 8);
    expect(() => decodeWire(message)).toThrow(/ends too early/);
    new DataView(message.buffer).setUint32(4, 0xffffffff, true);
    expect(() => decodeWire(message)).toThrow(/4294967295 bytes, the limit/);
  });
});

test('JSON keeps every number and leaves look-alikes alone', () => {
  fc.assert(
    fc.property(facts, (value) => {
      expect(decodeJson(encodeJson(value))).toEqual(value);
    }),
    { numRuns: 500 },
  );
  const numbers = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0];
  expect((decodeJson(encodeJson(numbers)) as number[]).map((value, i) => Object.is(value, numbers[i]))).toEqual([
    true,
    true,
    true,
    true,
    true,
  ]);
});
