/**
 * `runs` looks for runs of one byte only. Pixels of cameras and measured vectors repeat nothing longer, so that it is two to three times as
 * fast as level 1 and hardly ever larger; computed fields do.
 */
export type Effort = 'runs' | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** So much from the middle is looked at; zlib itself looks back twice as far. */
const SAMPLE_BYTES = 1 << 14;
const SLOTS = 1 << 12;
/** Of the numbers looked at: where fewer return, searching for them finds nothing that runs do not. */
const WORTH_SEARCHING = 1 / 16;

/**
 * What packs numbers of four or eight bytes quickest without a larger result: searching for repetitions where numbers return, else only runs.
 * Measured noise hides every repetition from zlib, which takes three times as long to find none.
 */
export function quickestEffort(bytes: Uint8Array): Effort {
  const size = Math.min(SAMPLE_BYTES, bytes.byteLength) & ~3;
  const from = ((bytes.byteLength - size) >> 3) << 2;
  const words = new Uint32Array(bytes.slice(from, from + size).buffer);
  const seen = new Uint32Array(SLOTS);
  let returned = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number;
    // Runs of one byte are found anyway.
    if (word === (word & 0xff) * 0x01010101) continue;
    const slot = Math.imul(word, 0x9e3779b1) >>> 20;
    if (seen[slot] === word) returned++;
    seen[slot] = word;
  }
  return returned > words.length * WORTH_SEARCHING ? 1 : 'runs';
}
