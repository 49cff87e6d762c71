import { NO_TRACK } from '../../model/particles.ts';

/**
 * For every particle of `here` the index of the particle of the same track in `there`, or NO_TRACK. Both are in ascending track number; where
 * a number stands twice in `there` its last particle counts, as for the readers.
 */
export function matchTracks(here: Uint32Array, there: Uint32Array): Uint32Array {
  const found = new Uint32Array(here.length).fill(NO_TRACK);
  const end = there.length;
  let at = 0;
  for (let i = 0; i < here.length; i++) {
    const id = here[i] as number;
    if (id === NO_TRACK) break;
    while (at < end && (there[at] as number) < id) at++;
    if (at === end) break;
    if (there[at] !== id) continue;
    let last = at;
    while (last + 1 < end && there[last + 1] === id) last++;
    found[i] = last;
  }
  return found;
}
