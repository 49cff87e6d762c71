import { describe, expect, it } from 'vitest';
import { helveticaWidth, winAnsi } from '../../../main/writers/plot/helvetica.ts';
import { textStrokes } from '../../../main/writers/plot/stroke-font.ts';

const ASCII = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i));

describe('letters of strokes', () => {
  it('are all there and all different', () => {
    const unknown = JSON.stringify(textStrokes('\u4e2d'));
    const letters = new Map(ASCII.map((letter) => [letter, JSON.stringify(textStrokes(letter).strokes)]));
    const missing = ASCII.filter((letter) => JSON.stringify(textStrokes(letter)) === unknown);
    expect(missing).toEqual(['$', '@', '`']);
    expect(new Set(letters.values()).size).toBe(ASCII.length - missing.length + 1);
  });

  it('have accents, and stand one after the other', () => {
    expect(textStrokes('\u00e4').strokes).toHaveLength(textStrokes('a').strokes.length + 2);
    expect(textStrokes('\u00e4').width).toBe(textStrokes('a').width);
    expect(textStrokes('11').width).toBeGreaterThan(2 * textStrokes('1').width);
    expect(textStrokes('')).toEqual({ strokes: [], width: 0 });
    for (const { points } of textStrokes(`${ASCII.join('')}\u00c4\u00b5\u00b2`).strokes)
      for (const [, y] of points) expect(y >= -0.25 && y <= 1.2).toBe(true);
  });
});

describe('Helvetica', () => {
  it('has widths of its letters; what WinAnsi has not is a question mark', () => {
    expect(helveticaWidth('iW')).toBeCloseTo(0.222 + 0.944, 9);
    expect([...winAnsi('\u2212\u00b5\u4e2d')]).toEqual([0x96, 0xb5, 0x3f]);
    expect(ASCII.map((letter) => helveticaWidth(letter)).every((width) => width > 0.15 && width < 1.1)).toBe(true);
  });
});
