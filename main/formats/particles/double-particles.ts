import { NO_TRACK } from '../../../shared/model/particles.ts';
import type { Warning } from '../../../shared/model/warning.ts';

/** A warning where tracks have several particles in a snapshot, of which the last counts along the track. `track` ascends. */
export function doubleParticles(
  track: Uint32Array,
  { snapshot: s, pulses }: { readonly snapshot: number; readonly pulses: number },
  place: Pick<Warning, 'path' | 'offset'>,
): readonly Warning[] {
  let count = 0;
  let first = 0;
  for (let i = 1; i < track.length && track[i] !== NO_TRACK; i++) {
    if (track[i] !== track[i - 1]) continue;
    if (count++ === 0) first = track[i] as number;
  }
  if (count === 0) return [];
  const more = count === 1 ? '' : `, and so it is ${count - 1} more times`;
  const where = pulses === 1 ? `step ${s}` : `pulse ${s % pulses} of step ${Math.floor(s / pulses)}`;
  return [
    {
      code: 'double-particle',
      message: `Track ${first} has two particles in ${where}${more}; along the track the last one counts.`,
      ...place,
    },
  ];
}
