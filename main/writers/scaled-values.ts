import { fieldPlane } from '../../shared/compute/derived-plane.ts';
import type { Attributes, AttributeValue } from '../../shared/model/attributes.ts';
import { isAttributeArray } from '../../shared/model/attributes.ts';
import type { FrameBuffer, FrameDatasetInfo, ReadOptions } from '../../shared/model/dataset.ts';
import type { BufferInfo, FrameInfo } from '../../shared/model/frames.ts';
import { applyScale } from '../../shared/model/scale.ts';
import { describeBuffer, type BufferDescription } from '../codecs/frame-description.ts';
import { hasFlags, scaledFields, scaledFrame } from '../codecs/scaled-frame.ts';
import type { Losses } from './losses.ts';

/** Values and mask of one plane of a frame, in the order of its scaled fields. */
export interface ScaledPlane {
  readonly values: readonly Float64Array[];
  /** 1 where a sample counts. */
  readonly mask: Uint8Array;
}

export async function readScaledPlane(buffer: FrameBuffer, frame: number, plane: number, options: ReadOptions): Promise<ScaledPlane> {
  const where = { frame, plane };
  const values: Float64Array[] = [];
  for (const { name } of scaledFields(buffer.info.frames[frame] as FrameInfo))
    values.push((await fieldPlane(buffer, where, name, 'masked', options)).data as Float64Array);
  const state = (await fieldPlane(buffer, where, 'state', 'masked', options)).data;
  return { values, mask: Uint8Array.from(state as Uint8Array, (code) => (code === 0 ? 1 : 0)) };
}

/** The buffer as it is read back from an output of scaled values. */
export function describeScaled(info: BufferInfo): BufferDescription {
  return { ...describeBuffer(info), frames: info.frames.map(scaledFrame) };
}

/** What scaled values leave out of the stored ones. */
export function tellScaledLosses(info: BufferInfo, losses: Losses): void {
  for (const frame of info.frames) {
    const dtypes = new Set(frame.components.filter(({ stored }) => stored).map(({ dtype }) => dtype));
    losses.add('Stored numbers and their type: values are written scaled, as float64.');
    if (hasFlags(frame))
      losses.add('Values of masked and disabled samples: they are not a number; mask, enabled and choices become one mask.');
    if (frame.kind === 'vector' && frame.choices > 1) losses.add('Vector choices other than the one in effect.');
    if (dtypes.has('u8') || dtypes.has('i8')) losses.add('8-byte integers above 2^53 are rounded.');
    if (dtypes.has('c8') || dtypes.has('c16')) losses.add('Complex numbers: their magnitude is written.');
  }
}

/** Time of a buffer in seconds: its own, or the position on the first axis; its index where there is neither. */
export function bufferTime(info: BufferInfo, dataset: FrameDatasetInfo): number {
  if (info.time && Number.isFinite(info.time.seconds)) return info.time.seconds;
  const [axis] = dataset.nav;
  if (dataset.nav.length !== 1 || !axis) return info.index;
  const position = axis.values?.[info.index] ?? applyScale(axis.scale, info.index);
  return Number.isFinite(position) ? position : info.index;
}

/** Attributes as name and one-line text each, for people. */
export function attributeLines(attributes: Attributes): readonly (readonly [name: string, text: string])[] {
  return Object.entries(attributes).map(([name, value]) => [oneLine(name), oneLine(valueText(value))]);
}

function valueText(value: AttributeValue): string {
  return isAttributeArray(value) ? `[${value.values.join(', ')}]` : String(value);
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}]+/gu, ' ');
}
