import { DataError } from '../../shared/model/data-error.ts';
import type { FrameDatasetInfo } from '../../shared/model/dataset.ts';
import { parseIndex } from './given-options.ts';

/** `I` or `I,J...` with one number per navigation axis as a flat index. */
export function parseBufferIndex(info: FrameDatasetInfo, text: string): number {
  const numbers = text.split(',').map((part) => parseIndex(part, 'buffer'));
  const sizes = info.nav.map((axis) => axis.size);
  if (numbers.length !== sizes.length) {
    throw new DataError(
      'invalid-option',
      `--buffer must have ${sizes.length === 1 ? '1 number' : `${sizes.length} numbers`}, one per navigation axis (${sizes.join(' x ')}), got '${text}'.`,
      { path: info.path, field: 'buffer' },
    );
  }
  let flat = 0;
  for (const [axis, size] of sizes.entries()) {
    const at = numbers[axis] as number;
    if (at >= size)
      throw new DataError('out-of-range', `There is no buffer ${text}: axis ${axis} has ${size} (0 to ${size - 1}).`, {
        path: info.path,
        field: 'buffer',
      });
    flat = flat * size + at;
  }
  return flat;
}

/** The index of each navigation axis. */
export function bufferPosition(info: FrameDatasetInfo, flat: number): readonly number[] {
  const position: number[] = [];
  let rest = flat;
  for (const axis of [...info.nav].reverse()) {
    position.unshift(rest % axis.size);
    rest = Math.floor(rest / axis.size);
  }
  return position;
}
