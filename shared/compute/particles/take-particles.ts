import { NO_TRACK, type ParticleSet } from '../../model/particles.ts';

/** The particles whose track number is a multiple of `every`, and every n-th of those without track. */
export function thinned(set: ParticleSet, every: number): ParticleSet {
  return every === 1 ? set : takeParticles(set, thinnedPlaces(set.track, every));
}

/** The track numbers that `thinned` leaves. */
export function thinnedTracks(track: Uint32Array, every: number): Uint32Array {
  if (every === 1) return track;
  const places = thinnedPlaces(track, every);
  for (let i = 0; i < places.length; i++) places[i] = track[places[i] as number] as number;
  return places;
}

function thinnedPlaces(track: Uint32Array, every: number): Uint32Array {
  const places = new Uint32Array(track.length);
  let [taken, free] = [0, 0];
  for (let i = 0; i < track.length; i++) {
    const id = track[i] as number;
    if ((id === NO_TRACK ? free++ : id) % every === 0) places[taken++] = i;
  }
  return places.subarray(0, taken);
}

/** The particles at these places in this order. */
export function takeParticles(set: ParticleSet, places: Uint32Array): ParticleSet {
  const count = places.length;
  const xyz = new Float32Array(3 * count);
  const track = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const place = places[i] as number;
    track[i] = set.track[place] as number;
    xyz[3 * i] = set.xyz[3 * place] as number;
    xyz[3 * i + 1] = set.xyz[3 * place + 1] as number;
    xyz[3 * i + 2] = set.xyz[3 * place + 2] as number;
  }
  const taken = (values: Float32Array): Float32Array => {
    const out = new Float32Array(count);
    for (let i = 0; i < count; i++) out[i] = values[places[i] as number] as number;
    return out;
  };
  return { count, xyz, intensity: taken(set.intensity), track, scalars: set.scalars.map(taken), warnings: set.warnings };
}
