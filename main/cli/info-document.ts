import { derivedComponents } from '../../shared/compute/derived-plane.ts';
import type { FrameBuffer, FrameDatasetInfo } from '../../shared/model/dataset.ts';
import type { Warning } from '../../shared/model/warning.ts';
import type { BufferInfo, ComponentInfo, FrameInfo } from '../../shared/model/frames.ts';
import { positionAt, type Scale } from '../../shared/model/scale.ts';
import { bufferPosition } from './buffer-index.ts';

/** Edges of a frame in the units of its x and y scales; the first row lies at the top. */
export interface Boundaries {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly units: { readonly x: string; readonly y: string };
}

export interface FrameDocument extends FrameInfo {
  readonly derived: readonly string[];
  readonly boundaries: Boundaries;
}

/** What `info --buffer` shows of a buffer. */
export interface BufferDocument extends Omit<BufferInfo, 'frames'> {
  /** One number per navigation axis. */
  readonly position: readonly number[];
  readonly frames: readonly FrameDocument[];
  readonly warnings: readonly Warning[];
}

const MASK_SCALE: Scale = { slope: 1, offset: 0, unit: 'Valid', description: 'Mask' };

export function bufferDocument(info: FrameDatasetInfo, buffer: FrameBuffer): BufferDocument {
  return {
    ...buffer.info,
    position: bufferPosition(info, buffer.info.index),
    frames: buffer.info.frames.map((frame) => ({
      ...frame,
      components: withMask(frame),
      derived: derivedComponents(frame),
      boundaries: boundariesOf(frame),
    })),
    warnings: buffer.warnings,
  };
}

/** A frame without a stored MASK still answers to `mask`, with ones: listed so that nobody takes it for measured. */
function withMask(frame: FrameInfo): readonly ComponentInfo[] {
  if (frame.components.some((component) => component.name === 'MASK' && component.stored)) return frame.components;
  return [...frame.components, { name: 'mask', role: 'mask', dtype: 'u1', planes: frame.planes, scale: MASK_SCALE, stored: false }];
}

/** From the first sample's edge to the edge behind the last one, as the format's users compute them: offset and offset + n * slope * grid. */
function boundariesOf(frame: FrameInfo): Boundaries {
  const { x, y } = frame.scales;
  const [height, width] = frame.shape;
  return {
    left: x.offset,
    right: positionAt(x, frame.grid[0], width),
    top: y.offset,
    bottom: positionAt(y, frame.grid[1], height),
    units: { x: x.unit, y: y.unit },
  };
}
