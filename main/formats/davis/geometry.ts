import { DataError } from '../../../shared/model/data-error.ts';
import { sampleBytes } from '../../../shared/model/dtype.ts';
import type { BufferFormat } from './layout.ts';
import { MAX_FRAMES } from './layout.ts';

/** Sizes of a buffer: all frames have the same. */
export interface Geometry {
  readonly format: BufferFormat;
  readonly width: number;
  readonly height: number;
  readonly planes: number;
  readonly frames: number;
  /** Pixels between vectors in x, y, z. */
  readonly grid: readonly [x: number, y: number, z: number];
}

/** Samples of one plane. */
export function planeSamples(geometry: Geometry): number {
  return geometry.width * geometry.height;
}

/** Samples of one component over all planes and frames. */
export function componentSamples(geometry: Geometry): number {
  return planeSamples(geometry) * geometry.planes * geometry.frames;
}

/** Samples of the data section: all frames, stored planes, z planes, rows and columns (slowest first). */
export function storedSamples(geometry: Geometry): number {
  return componentSamples(geometry) * geometry.format.stored.length;
}

/** Bytes of the unpacked data section. */
export function storedBytes(geometry: Geometry): number {
  return storedSamples(geometry) * sampleBytes(geometry.format.dtype);
}

/** Refuses sizes that no file can have. */
export function checkGeometry(geometry: Geometry, path: string): void {
  const { width, height, planes, frames } = geometry;
  const sizes = `${width} x ${height} samples, ${planes} planes, ${frames} frames`;
  if (width === 0 || height === 0 || planes === 0 || frames === 0) {
    throw new DataError('malformed', `Frame size invalid: the header says ${sizes}.`, { path, offset: 8 });
  }
  if (width < 0 || height < 0 || planes < 0 || frames < 0) {
    throw new DataError('malformed', `The header says ${sizes}; a size cannot be negative.`, { path, offset: 8 });
  }
  if (frames > MAX_FRAMES || !Number.isSafeInteger(storedBytes(geometry))) {
    throw new DataError('malformed', `The header says ${sizes}; at most ${MAX_FRAMES} frames are believed.`, { path, offset: 8 });
  }
}
