/** Samples that are numbers with a sign, an exponent and a fraction. */
export type FloatArray = Float32Array | Float64Array;

const WORDS = 65536;
/** Below this many samples a sort is cheaper than a table of words. */
const SORT_LIMIT = 4096;

/**
 * The finite samples of `values` at `ranks` (0-based, ascending), exact, without sorting them all: bit patterns of floats order like
 * the numbers (backwards below zero), so samples are counted by their leading 16 bits, and only those that share them with a wanted
 * one are looked at by the next 16 bits, and so on. Small arrays may be reordered. Platforms are little-endian.
 */
export function selectRanks(values: FloatArray, ranks: readonly number[], level = 0): number[] {
  const first = values[0];
  if (first === undefined || ranks.length === 0) return [];
  if (values.every((value) => value === first)) return ranks.map(() => first);
  if (values.length <= SORT_LIMIT) {
    values.sort();
    return ranks.map((rank) => values[rank]!);
  }
  const stride = values.BYTES_PER_ELEMENT / 2;
  const shift = stride - 1 - level;
  const words = new Uint16Array(values.buffer, values.byteOffset, values.length * stride);
  const counts = new Uint32Array(WORDS);
  for (let i = shift; i < words.length; i += stride) counts[words[i]!]!++;
  const wordAt = wordOrder(level, first);
  return locateRanks(counts, ranks, wordAt).flatMap(({ word, ranks: inside }) => {
    const sharing = values.filter((_, i) => words[i * stride + shift] === word);
    return selectRanks(sharing, inside, level + 1);
  });
}

/** The word at a place of the ascending order; below the leading word the sign is that of all samples. */
function wordOrder(level: number, sample: number): (place: number) => number {
  if (level === 0) return (place) => (place < WORDS / 2 ? WORDS - 1 - place : place - WORDS / 2);
  return sample < 0 ? (place) => WORDS - 1 - place : (place) => place;
}

/** The words that hold wanted ranks, with these ranks counted from the first sample of the word. */
function locateRanks(
  counts: Uint32Array,
  ranks: readonly number[],
  wordAt: (place: number) => number,
): { word: number; ranks: number[] }[] {
  const found: { word: number; ranks: number[] }[] = [];
  let before = 0;
  let next = 0;
  for (let place = 0; place < WORDS && next < ranks.length; place++) {
    const word = wordAt(place);
    const after = before + counts[word]!;
    const inside: number[] = [];
    while (next < ranks.length && ranks[next]! < after) inside.push(ranks[next++]! - before);
    if (inside.length > 0) found.push({ word, ranks: inside });
    before = after;
  }
  return found;
}
