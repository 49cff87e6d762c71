import { DataError } from './data-error.ts';
import type { StackShape } from './dataset.ts';

/**
 * Which recorded frame a navigation position shows. Pure numbers; undefined = blank.
 * Rule (LiberTEM): flat position i shows frame i + syncOffset where that is in [0, imageCount).
 */
export interface FrameOrder {
  readonly count: number;
  at(position: number): number | undefined;
}

/** Product of a shape, or an error when it is not a safe integer or an axis is not a positive whole number. */
export function shapeProduct(shape: readonly number[], field: string): number {
  let product = 1;
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || size < 1)
      throw new DataError('invalid-option', `${field} must hold positive whole numbers, got ${shape.join(', ')}.`, { field });
    product *= size;
  }
  if (!Number.isSafeInteger(product))
    throw new DataError('too-large', `${field} ${shape.join(' x ')} has more than 2^53 elements.`, { field });
  return product;
}

/** Blank positions may be at most this many times the recorded frames: beyond, the shape is a mistake. */
const MAX_PADDING = 100;

/** The order of a stack of `imageCount` frames shown as `nav` from `syncOffset` on; `sig` is carried along for info. */
export function orderStack(
  imageCount: number,
  nav: readonly number[],
  sig: readonly number[],
  syncOffset: number,
): { order: FrameOrder; shape: StackShape } {
  const count = shapeProduct(nav, 'nav_shape');
  if (!Number.isInteger(syncOffset) || Math.abs(syncOffset) >= imageCount) {
    throw new DataError('invalid-option', `sync_offset should be in (-${imageCount}, ${imageCount}), got ${syncOffset}.`, {
      field: 'sync_offset',
    });
  }
  if (count > (MAX_PADDING + 1) * imageCount) {
    throw new DataError('invalid-option', `nav_shape ${nav.join(' x ')} has ${count} positions for ${imageCount} recorded frames.`, {
      field: 'nav_shape',
    });
  }
  const at = (position: number): number | undefined => {
    const frame = position + syncOffset;
    return position >= 0 && position < count && frame >= 0 && frame < imageCount ? frame : undefined;
  };
  const shape: StackShape = {
    nav: [...nav],
    sig: [...sig],
    imageCount,
    syncOffset,
    skippedStart: Math.max(0, syncOffset),
    ignoredEnd: Math.max(0, imageCount - count - syncOffset),
    insertedStart: Math.max(0, -syncOffset),
    insertedEnd: Math.max(0, count - imageCount + syncOffset),
  };
  return { order: { count, at }, shape };
}
