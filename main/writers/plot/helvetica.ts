/** Advance widths of Helvetica from the blank on, in thousandths of the font's size (metrics of the standard fonts of PDF). */
const FIRST = 32;
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278,
  278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
  667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556,
  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const OTHER = 556;

/** Letters of WinAnsiEncoding outside of latin-1 that texts of scales use; a true minus becomes a dash of the same width as a digit. */
const CODES: Readonly<Record<string, number>> = { '\u2212': 0x96, '\u2013': 0x96, μ: 0xb5, '\u2026': 0x85, '\u2022': 0x95 };
const UNKNOWN = 0x3f;

/** Bytes of a text in WinAnsiEncoding; a question mark for what it does not have. */
export function winAnsi(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const code = CODES[letter] ?? letter.codePointAt(0) ?? UNKNOWN;
    return (code >= 32 && code < 127) || (code >= 160 && code < 256) || Object.hasOwn(CODES, letter) ? code : UNKNOWN;
  });
}

/** Width of a text in units of the font's size. */
export function helveticaWidth(text: string): number {
  return winAnsi(text).reduce((sum, code) => sum + (WIDTHS[code - FIRST] ?? OTHER), 0) / 1000;
}
