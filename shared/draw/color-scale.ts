import { colorTable } from '../colors/color-table.ts';
import type { ColorScale, Rgba, SampledField, Transfer } from './scene.ts';

/** Decades below `high` where a logarithmic scale begins if `low` is not positive. */
const LOG_DECADES = 5;

/** Places behind the 256 colours of a map. */
const UNDER = 256;
const OVER = 257;
const NOT_A_NUMBER = 258;

/** A scale ready for many values: 256 colours of the map, then those for under, over and NaN. */
export interface PreparedScale {
  readonly colors: Uint32Array;
  readonly transfer: Transfer;
  readonly gamma: number;
  readonly low: number;
  readonly high: number;
  /** Where the colours begin: `low`, or the positive floor of a logarithmic scale. */
  readonly start: number;
  /** Colours per unit of what the transfer gives: value - start, or log(value / start). */
  readonly factor: number;
}

export function prepareScale(scale: ColorScale): PreparedScale {
  const { low, high, under, over } = scale;
  const colors = new Uint32Array(259);
  colors.set(colorTable(scale.map, scale.reversed));
  colors[UNDER] = under ?? colors[0]!;
  colors[OVER] = over ?? colors[255]!;
  colors[NOT_A_NUMBER] = scale.notANumber;
  const start = scaleStart(scale);
  const transfer = scale.transfer === 'log' && !(start > 0 && high > start) ? 'linear' : scale.transfer;
  const span = transfer === 'log' ? Math.log(high / start) : high - start;
  const perUnit = transfer === 'linear' || transfer === 'log' ? 256 / span : 1 / span;
  return { colors, transfer, gamma: scale.gamma, low, high, start, factor: perUnit };
}

/** Where the colours begin: `low`; LOG_DECADES below `high` for a logarithmic scale from zero or below. */
export function scaleStart({ transfer, low, high }: Pick<ColorScale, 'transfer' | 'low' | 'high'>): number {
  return transfer === 'log' && low <= 0 && high > 0 ? high / 10 ** LOG_DECADES : low;
}

/**
 * Place of a value in `colors`. Inside [low, high] fraction f of the way (after the transfer) has colour floor(256 f), `high` itself the
 * last one; the one value of an empty range has the middle colour.
 */
export function colorIndex(scale: PreparedScale, value: number): number {
  if (!(value >= scale.low)) return value < scale.low ? UNDER : NOT_A_NUMBER;
  if (!(value <= scale.high)) return value > scale.high ? OVER : NOT_A_NUMBER;
  if (value < scale.start) return 0;
  const place = transferred(scale, value);
  return place < 255 ? place | 0 : place >= 255 ? 255 : 128;
}

function transferred({ transfer, gamma, start, factor }: PreparedScale, value: number): number {
  switch (transfer) {
    case 'linear':
      return (value - start) * factor;
    case 'log':
      return Math.log(value / start) * factor;
    case 'sqrt':
      return 256 * Math.sqrt((value - start) * factor);
    case 'gamma':
      return 256 * ((value - start) * factor) ** gamma;
  }
}

export function colorOf(scale: PreparedScale, value: number): Rgba {
  return scale.colors[colorIndex(scale, value)]!;
}

/** The part of a scale that spreads values over the colours. */
export type Limits = Pick<ColorScale, 'low' | 'high' | 'transfer' | 'gamma'>;

/** How far up the colours a value stands, 0 at the start and 1 at `high`; outside of them beyond 0 and 1. For colour bars. */
export function fractionOf(scale: Limits, value: number): number {
  const { low, high, transfer, gamma } = scale;
  const start = scaleStart(scale);
  if (transfer === 'log' && start > 0 && high > start)
    return value > 0 ? Math.log(value / start) / Math.log(high / start) : Number.NEGATIVE_INFINITY;
  const linear = (value - low) / (high - low);
  const exponent = transfer === 'sqrt' ? 0.5 : transfer === 'gamma' ? gamma : 1;
  return linear < 0 ? linear : linear ** exponent;
}

/** The value at a fraction: inverse of `fractionOf`. */
export function valueAtFraction(scale: Limits, fraction: number): number {
  const { low, high, transfer, gamma } = scale;
  const start = scaleStart(scale);
  if (transfer === 'log' && start > 0 && high > start) return start * (high / start) ** fraction;
  const exponent = transfer === 'sqrt' ? 2 : transfer === 'gamma' ? 1 / gamma : 1;
  return low + (high - low) * (fraction < 0 ? fraction : fraction ** exponent);
}

/** Colours of slope * value + offset of the unscaled `values` into as many `pixels`. */
export function colorValues(
  scale: PreparedScale,
  values: Float32Array | Float64Array,
  { slope, offset }: Pick<SampledField, 'slope' | 'offset'>,
  pixels: Uint32Array,
): void {
  const { colors, low, high, start, factor, transfer } = scale;
  if (transfer === 'linear' && high > low) colorLinear(scale, values, Float64Array.of(slope, offset, start, factor), pixels);
  else for (let i = 0; i < pixels.length; i++) pixels[i] = colors[colorIndex(scale, slope * values[i]! + offset)]!;
}

/**
 * The numbers are doubles for certain: those that may be integers the engine looks at again for every pixel. Arrays it looks at once a round:
 * hence two pixels a round.
 */
function colorLinear(scale: PreparedScale, values: Float32Array | Float64Array, numbers: Float64Array, pixels: Uint32Array): void {
  const { colors } = scale;
  const [slope, offset, start, factor] = [numbers[0]!, numbers[1]!, numbers[2]!, numbers[3]!];
  const even = pixels.length & ~1;
  for (let i = 0; i < even; i += 2) {
    const one = slope * values[i]! + offset;
    const two = slope * values[i + 1]! + offset;
    pixels[i] = colors[indexAt(scale, one, (one - start) * factor)]!;
    pixels[i + 1] = colors[indexAt(scale, two, (two - start) * factor)]!;
  }
  if (even < pixels.length) pixels[even] = colorOf(scale, slope * values[even]! + offset);
}

/** One test, which most values pass: edges, NaN and what lies outside are rare. */
function indexAt(scale: PreparedScale, value: number, place: number): number {
  return place >= 0 && place < 256 ? place | 0 : colorIndex(scale, value);
}

const codeTables = new Map<string, Uint32Array>();
const CODE_TABLES_KEPT = 8;

/**
 * The colour of each bit pattern of 8- or 16-bit integer samples, the scale of the field included; undefined for other samples.
 * Kept for the last few scales: a table costs as much as a small picture.
 */
export function codeColors({ data, slope, offset }: SampledField, scale: ColorScale): Uint32Array | undefined {
  const narrow = data instanceof Uint8Array || data instanceof Uint16Array;
  const signed = data instanceof Int8Array || data instanceof Int16Array;
  if (!narrow && !signed) return undefined;
  const key = JSON.stringify([data.BYTES_PER_ELEMENT, signed, slope, offset, scale]);
  const known = codeTables.get(key);
  if (known) return known;
  const table = new Uint32Array(256 ** data.BYTES_PER_ELEMENT);
  const prepared = prepareScale(scale);
  const values = new Float64Array(table.length);
  const wrap = signed ? table.length / 2 : table.length;
  for (let code = 0; code < table.length; code++) values[code] = code < wrap ? code : code - table.length;
  colorValues(prepared, values, { slope, offset }, table);
  if (codeTables.size >= CODE_TABLES_KEPT) codeTables.clear();
  codeTables.set(key, table);
  return table;
}
