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
 * Matches all letters of the query in order: substrings first, then letters that begin words or follow each other.
 * An empty query matches everything equally; undefined where a letter is missing.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | undefined {
  const wanted = query.trim().toLowerCase();
  const searched = text.toLowerCase();
  if (wanted === '') return { score: 0, ranges: [] };
  const at = searched.indexOf(wanted);
  if (at >= 0) return { score: WHOLE_WORDS + wanted.length * IN_A_ROW + (isWordStart(text, at) ? WORD_START : 0) - at * 0.01, ranges: [[at, at + wanted.length]] };
  const letters = wanted.replace(/\s+/g, '');
  // Preferring word beginnings may run past a letter that is needed later.
  return scattered(letters, text, searched, true) ?? scattered(letters, text, searched, false);
}

function scattered(wanted: string, text: string, searched: string, preferWords: boolean): FuzzyMatch | undefined {
  const ranges: [number, number][] = [];
  let score = 0;
  let from = 0;
  for (const letter of wanted) {
    const at = preferWords ? bestPlace(letter, text, searched, from, ranges.at(-1)?.[1]) : searched.indexOf(letter, from);
    if (at < 0) return undefined;
    const last = ranges.at(-1);
    if (last && last[1] === at) {
      last[1] = at + 1;
      score += IN_A_ROW;
    } else {
      ranges.push([at, at + 1]);
      score += isWordStart(text, at) ? WORD_START : 1;
    }
    from = at + 1;
  }
  return { score: score - text.length * 0.01, ranges };
}

/** The next letter in a row, else the next one that begins a word, else the next one. */
function bestPlace(letter: string, text: string, searched: string, from: number, after: number | undefined): number {
  if (after !== undefined && searched[after] === letter) return after;
  const first = searched.indexOf(letter, from);
  for (let at = first; at >= 0; at = searched.indexOf(letter, at + 1)) if (isWordStart(text, at)) return at;
  return first;
}

function isWordStart(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text[at - 1] ?? '';
  const here = text[at] ?? '';
  return /[\s_.:/\\-]/.test(before) || (/[a-z]/.test(before) && /[A-Z]/.test(here));
}
