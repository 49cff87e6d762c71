import type { DType, NumberArray, TypedArray } from '../model/dtype.ts';
import { halfTable } from './plane-numbers.ts';
import { percentRanks, percentilesOf } from './percentiles.ts';
import { CHUNK_SAMPLES, emptyStatistics, HISTOGRAM_BINS } from './plane-statistics.ts';
import type { PlaneStatistics } from './plane-statistics.ts';

/** Samples of 8 or 16 bits with the value of each bit pattern. */
export interface Codes {
  readonly data: Uint8Array | Uint16Array;
  readonly values: NumberArray;
}

/** The value of each pattern, made once a type. */
const tables = new Map<DType, NumberArray>();

function codeValues(dtype: DType, make: () => NumberArray): NumberArray {
  const known = tables.get(dtype) ?? make();
  tables.set(dtype, known);
  return known;
}

/** The samples as codes, without a copy, or undefined where they are wider than 16 bits. */
export function codesOf(dtype: DType, data: TypedArray): Codes | undefined {
  const words = (): Uint16Array => new Uint16Array(data.buffer, data.byteOffset, data.length);
  switch (dtype) {
    case 'b1':
    case 'u1':
      return { data: data as Uint8Array, values: codeValues('u1', () => Uint8Array.from({ length: 256 }, (_, code) => code)) };
    case 'i1':
      return {
        data: new Uint8Array(data.buffer, data.byteOffset, data.length),
        values: codeValues(dtype, () => Int8Array.from({ length: 256 }, (_, code) => code)),
      };
    case 'u2':
      return { data: data as Uint16Array, values: codeValues(dtype, () => Uint16Array.from({ length: 65536 }, (_, code) => code)) };
    case 'i2':
      return { data: words(), values: codeValues(dtype, () => Int16Array.from({ length: 65536 }, (_, code) => code)) };
    case 'f2':
      return { data: words(), values: halfTable() };
    default:
      return undefined;
  }
}

/** One pass counts the codes; everything else follows from the counts and is exact. */
export function narrowStatistics({ data, values }: Codes, state: Uint8Array | undefined): PlaneStatistics {
  const counts = countCodes(data, values.length, state);
  const codes: number[] = [];
  let taking = 0;
  let count = 0;
  let sum = 0;
  for (let code = 0; code < counts.length; code++) {
    const amount = counts[code]!;
    if (amount === 0) continue;
    taking += amount;
    if (!Number.isFinite(values[code])) continue;
    codes.push(code);
    count += amount;
    sum += amount * values[code]!;
  }
  const left = { masked: data.length - taking, notFinite: taking - count };
  if (count === 0) return emptyStatistics(left);
  // Codes of unsigned samples are in order already.
  if (!(values instanceof Uint8Array || values instanceof Uint16Array)) codes.sort((a, b) => values[a]! - values[b]!);
  const min = values[codes[0]!]! + 0;
  const max = values[codes.at(-1)!]! + 0;
  const mean = sum / count;
  const histogram = new Uint32Array(HISTOGRAM_BINS);
  const binsPerUnit = max > min ? HISTOGRAM_BINS / (max - min) : 0;
  let squares = 0;
  for (const code of codes) {
    squares += counts[code]! * (values[code]! - mean) ** 2;
    histogram[Math.min(HISTOGRAM_BINS - 1, Math.floor((values[code]! - min) * binsPerUnit))]! += counts[code]!;
  }
  const percentiles = percentilesOf(count, rankCodes(codes, counts, values, percentRanks(count)));
  return { reply: { min, max, mean, std: Math.sqrt(squares / count), count, ...left, percentiles }, histogram };
}

function countCodes(data: Codes['data'], codes: number, state: Uint8Array | undefined): Uint32Array {
  const counts = new Uint32Array(codes);
  const twins = new Uint32Array(codes);
  for (let from = 0; from < data.length; from += CHUNK_SAMPLES) {
    const to = Math.min(data.length, from + CHUNK_SAMPLES);
    if (state === undefined) countChunk(data, from, to, counts, twins);
    else countValid(data, from, to, counts, state);
  }
  for (let code = 0; code < codes; code++) counts[code]! += twins[code]!;
  return counts;
}

/**
 * Two tables in turn keep equal neighbours (background of camera images) from waiting for each other's count; four samples a round share
 * what the engine checks in every round.
 */
function countChunk(data: Codes['data'], from: number, to: number, counts: Uint32Array, twins: Uint32Array): void {
  const rounds = to - ((to - from) & 3);
  for (let i = from; i < rounds; i += 4) {
    counts[data[i]!]!++;
    twins[data[i + 1]!]!++;
    counts[data[i + 2]!]!++;
    twins[data[i + 3]!]!++;
  }
  for (let i = rounds; i < to; i++) counts[data[i]!]!++;
}

function countValid(data: Codes['data'], from: number, to: number, counts: Uint32Array, state: Uint8Array): void {
  for (let i = from; i < to; i++) if (state[i] === 0) counts[data[i]!]!++;
}

/** Values at `ranks` (ascending) of the counted codes, which stand in ascending order of value. */
function rankCodes(codes: readonly number[], counts: Uint32Array, values: NumberArray, ranks: readonly number[]): Map<number, number> {
  const found = new Map<number, number>();
  let place = 0;
  let reached = counts[codes[0]!]!;
  for (const rank of ranks) {
    while (rank >= reached) reached += counts[codes[++place]!]!;
    found.set(rank, values[codes[place]!]! + 0);
  }
  return found;
}
