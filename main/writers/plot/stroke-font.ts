/**
 * Letters of straight strokes, drawn for this program. A letter is strokes separated by blanks, a stroke is points of two digits: x from
 * 0 to 4, y from 0 to 8 upwards, with the baseline at 2, the height of x at 6 and that of capitals at 8. A single point is a dot.
 */
const LETTERS: Readonly<Record<string, string>> = {
  A: '022842 1434',
  B: '02083847463505 3544433202',
  C: '4738180703123243',
  D: '02082847433202',
  E: '48080242 0535',
  F: '480802 0535',
  G: '47381807031232434525',
  H: '0802 4842 0545',
  I: '0828 0222 1812',
  J: '3833221203',
  K: '0802 4804 1542',
  L: '080242',
  M: '0208254842',
  N: '02084248',
  O: '180703123243473818',
  P: '02083847463505',
  Q: '180703123243473818 2442',
  R: '02083847463505 2542',
  S: '473818070615354443321203',
  T: '0848 2822',
  U: '080312324348',
  V: '082248',
  W: '0812263248',
  X: '0842 4802',
  Y: '082548 2522',
  Z: '08480242',
  a: '4536160503123243 4642',
  b: '0802 0516364543321203',
  c: '4536160503123243',
  d: '4842 4536160503123243',
  e: '04444536160503123243',
  f: '38281712 0626',
  g: '4641301001 4536160503123243',
  h: '0802 0516364542',
  i: '0602 08',
  j: '161100 18',
  k: '0802 3604 1532',
  l: '0802',
  m: '0602 05162522 25364542',
  n: '0602 0516364542',
  o: '160503123243453616',
  p: '0600 0516364543321203',
  q: '4640 4536160503123243',
  r: '0602 051626',
  s: '45361605143443321203',
  t: '18132232 0626',
  u: '0603123243 4642',
  v: '062246',
  w: '0612253246',
  x: '0642 4602',
  y: '0622 4610',
  z: '06460242',
  0: '180703122233372818',
  1: '072822 1232',
  2: '07183847460242',
  3: '07183847463515 354443321203',
  4: '32380444',
  5: '480805354443321203',
  6: '473818070312324344351504',
  7: '084812',
  8: '153544433212030415 1506071838474635',
  9: '03123243473818070615 3546',
  '.': '02',
  ',': '1201',
  ':': '02 05',
  ';': '05 1201',
  '!': '0804 02',
  '?': '071838474625 24 22',
  '-': '0535',
  '\u2212': '0545',
  '\u2013': '0545',
  '+': '0545 2723',
  '=': '0646 0444',
  '/': '0248',
  '\\': '0842',
  '(': '18070312',
  ')': '08171302',
  '[': '28080222',
  ']': '08282202',
  '|': '0801',
  '{': '28171605141322',
  '}': '08171625141302',
  _: '0141',
  '*': '2723 0644 0446',
  '°': '1807162718',
  '%': '0248 0818170708 3444423234',
  '<': '460442',
  '>': '064402',
  '#': '1812 3832 0646 0444',
  '&': '42060718283736040312 2244',
  '^': '062846',
  '"': '0806 2826',
  "'": '0806',
  '~': '05163446',
  '²': '0718270525',
  '³': '0828162605',
  '±': '0646 2824 0242',
  '·': '05',
  '×': '0642 4602',
  µ: '0600 0603123243 4642',
  μ: '0600 0603123243 4642',
  ω: '160503122432434536 2524',
  σ: '36160503123243453646',
  Δ: '02284202',
  α: '46231203051642',
  ß: '00071838463544433212',
  β: '00071838463544433212',
  '∞': '15041335443315',
};

/** Combining accents above a letter of the height of x. */
const ACCENTS: Readonly<Record<string, string>> = {
  '\u0300': '1827',
  '\u0301': '2738',
  '\u0302': '172837',
  '\u0303': '07182738',
  '\u0308': '18 38',
  '\u030a': '2738291827',
  '\u030c': '182738',
};

/** What stands for letters that are not there. */
const UNKNOWN = '0208484202';
const SPACE = 3;
const BETWEEN = 1.6;
const BASELINE = 2;
/** A unit of the grid in units of the font's size: capitals are 0.72 high. */
const UNIT = 0.12;

export interface Stroke {
  /** Points in units of the font's size from the start of the text, y upwards from the baseline; a single one is a dot. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** The strokes of a line of text, and its width, in units of the font's size. Letters with accents are drawn as letter and accent. */
export function textStrokes(text: string): { readonly strokes: readonly Stroke[]; readonly width: number } {
  const strokes: Stroke[] = [];
  const put = (lines: Lines, x: number, y: number): void => {
    for (const points of lines) strokes.push({ points: points.map(([px, py]) => [(x + px) * UNIT, (y + py - BASELINE) * UNIT] as const) });
  };
  let [start, end] = [0, 0];
  let height = 0;
  for (const letter of text.normalize('NFD')) {
    const accent = ACCENTS[letter];
    if (accent !== undefined) {
      put(linesOf(accent), start + (end - start - 4) / 2, height - 6);
    } else if (letter === ' ' || letter === '\u00a0') {
      start = end = end + SPACE;
    } else {
      const lines = linesOf((Object.hasOwn(LETTERS, letter) ? LETTERS[letter] : undefined) ?? UNKNOWN);
      start = end === 0 ? 0 : end + BETWEEN;
      put(lines, start, 0);
      end = start + Math.max(...lines.flat().map(([x]) => x));
      height = Math.max(...lines.flat().map(([, y]) => y));
    }
  }
  return { strokes, width: end * UNIT };
}

type Lines = readonly (readonly (readonly [x: number, y: number])[])[];

function linesOf(strokes: string): Lines {
  return strokes.split(' ').map((stroke) => (stroke.match(/\d\d/g) ?? []).map((point) => [Number(point[0]), Number(point[1])] as const));
}
