import { fixedText } from '../../../shared/draw/number-text.ts';
import type { Box } from '../../../shared/draw/glyphs.ts';
import { spaceTicks } from '../../../shared/draw/space-box.ts';

/** Letters of a number that axes have room for in any case. */
const USUAL_LETTERS = 5;
const LETTER_PIXELS = 6.8;

/** Pixels that the longest number along the axes of a box needs beyond the usual ones. */
export function axisRoom(box: Box): number {
  const letters = ([0, 1, 2] as const).flatMap((axis) => {
    const { values, decimals } = spaceTicks(box, axis);
    return values.map((value) => fixedText(value, decimals).length);
  });
  return Math.ceil(LETTER_PIXELS * Math.max(0, ...letters.map((count) => count - USUAL_LETTERS)));
}
