/** Where the letters of a query were found in a text; more is better. */
export interface FuzzyMatch {
  readonly score: number;
  /** Half-open ranges of matched letters, ascending. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

const WORD_START = 8;
const IN_A_ROW = 6;
const WHOLE_WORDS = 40;

/**
 * The query as a part of the text, or its letters as beginnings of words. An empty query matches everything equally; undefined where
 * nothing fits.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | undefined {
  const wanted = query.trim().toLowerCase();
  const searched = text.toLowerCase();
  if (wanted === '') return { score: 0, ranges: [] };
  const at = searched.indexOf(wanted);
  if (at >= 0)
    return {
      score: WHOLE_WORDS + wanted.length * IN_A_ROW + (isWordStart(text, at) ? WORD_START : 0) - at * 0.01,
      ranges: [[at, at + wanted.length]],
    };
  return wordLetters(wanted.replace(/\s+/g, ''), text, searched);
}

/** Letters that begin words or go on from the letter before: 'opf' finds 'Open files'. */
function wordLetters(letters: string, text: string, searched: string): FuzzyMatch | undefined {
  const places = placesOf(letters, text, searched, 0, -1);
  if (!places) return undefined;
  const ranges: [number, number][] = [];
  for (const at of places) {
    const last = ranges.at(-1);
    if (last && last[1] === at) last[1] = at + 1;
    else ranges.push([at, at + 1]);
  }
  return { score: ranges.length * WORD_START + (letters.length - ranges.length) * IN_A_ROW - text.length * 0.01, ranges };
}

function placesOf(letters: string, text: string, searched: string, from: number, before: number): number[] | undefined {
  if (letters === '') return [];
  const rest = letters.slice(1);
  for (let at = searched.indexOf(letters[0] ?? '', from); at >= 0; at = searched.indexOf(letters[0] ?? '', at + 1)) {
    if (at !== before + 1 && !isWordStart(text, at)) continue;
    const places = placesOf(rest, text, searched, at + 1, at);
    if (places) return [at, ...places];
  }
  return undefined;
}

function isWordStart(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text[at - 1] ?? '';
  const here = text[at] ?? '';
  return /[\s_.:/\\-]/.test(before) || (/[a-z]/.test(before) && /[A-Z]/.test(here));
}
