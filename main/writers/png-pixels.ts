import type { ColorMapName } from '../../shared/colors/color-map.ts';
import { colorIndex, prepareScale } from '../../shared/draw/color-scale.ts';
import { bytesOf } from '../../shared/model/dtype.ts';
import type { Plane } from '../../shared/model/frames.ts';
import { swapBytes } from '../codecs/sample-type.ts';
import type { PngPicture } from './png-file.ts';

type Pixels = Pick<PngPicture, 'kind' | 'bytes'>;

export interface Levels {
  readonly low: number;
  readonly high: number;
}

const WHITE = 65535;

/** Unsigned samples of 8 and 16 bits as they are; undefined for all others. */
export function storedGrey({ dtype, data }: Plane): Pixels | undefined {
  if (dtype === 'u1' || dtype === 'b1') return { kind: 'grey8', bytes: bytesOf(data) };
  return dtype === 'u2' ? { kind: 'grey16', bytes: bigEndian(data as Uint16Array) } : undefined;
}

/** Red, green and blue of one type beside each other, as they are; undefined where they are no unsigned samples of 8 or 16 bits. */
export function storedColors(planes: readonly Plane[]): Pixels | undefined {
  const [first] = planes;
  const dtype = first?.dtype;
  if (!first || (dtype !== 'u1' && dtype !== 'u2') || planes.some((plane) => plane.dtype !== dtype)) return undefined;
  const all = dtype === 'u1' ? new Uint8Array(planes.length * first.data.length) : new Uint16Array(planes.length * first.data.length);
  for (const [k, { data }] of planes.entries()) for (let i = 0; i < data.length; i++) all[i * planes.length + k] = data[i] as number;
  return all instanceof Uint8Array ? { kind: 'rgb8', bytes: all } : { kind: 'rgb16', bytes: bigEndian(all) };
}

function bigEndian(samples: Uint16Array): Uint8Array {
  const bytes = bytesOf(samples).slice();
  swapBytes(bytes, 2);
  return bytes;
}

/** The given levels, or the smallest and largest number. */
export function levelsOf(values: Float64Array, low: number | undefined, high: number | undefined): Levels {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least && value > Number.NEGATIVE_INFINITY) least = value;
    if (value > most && value < Number.POSITIVE_INFINITY) most = value;
  }
  return { low: low ?? (least <= most ? least : 0), high: high ?? (least <= most ? most : 1) };
}

/** low becomes 0 and high 65,535; beyond stays there, and what is no number is black. */
export function greyLevels(values: Float64Array, { low, high }: Levels): Pixels {
  const grey = new Uint16Array(values.length);
  const factor = high > low ? WHITE / (high - low) : 0;
  for (let i = 0; i < grey.length; i++) {
    const level = ((values[i] as number) - low) * factor;
    grey[i] = level > 0 ? Math.min(WHITE, Math.round(level)) : 0;
  }
  return { kind: 'grey16', bytes: bigEndian(grey) };
}

/** Colours as the window shows them; what is no number is transparent. */
export function coloured(values: Float64Array, { low, high }: Levels, map: ColorMapName): Pixels {
  const scale = prepareScale({ map, reversed: false, low, high, transfer: 'linear', gamma: 1, notANumber: 0 });
  const packed = new Uint32Array(values.length);
  for (let i = 0; i < packed.length; i++) packed[i] = scale.colors[colorIndex(scale, values[i] as number)] as number;
  return { kind: 'rgba8', bytes: bytesOf(packed) };
}
