import { takeParticles } from '../../../../shared/compute/particles/take-particles.ts';
import type { ParticleDataset, ReadOptions } from '../../../../shared/model/dataset.ts';
import { NO_TRACK, type ParticleSet } from '../../../../shared/model/particles.ts';

/** Some tracks of a dataset, or parts of them, under new numbers, which ascend with the old ones. */
export interface TrackMap {
  /** New number by old one; NO_TRACK = gone. */
  readonly ids: Uint32Array;
  /** By new number: the old one, the first snapshot and the number of points, counted as in the result. */
  readonly old: Uint32Array;
  readonly start: Uint32Array;
  readonly length: Uint32Array;
}

/** What becomes of a track: its first snapshot and its points in the result; fewer than 2 points are no track. */
export type TrackPart = (start: number, length: number, id: number) => readonly [start: number, length: number];

/** Goes through the whole track table: 16 bytes a track. */
export async function mapTracks(dataset: ParticleDataset, part: TrackPart, options: ReadOptions): Promise<TrackMap> {
  const { tracks, pulses } = dataset.info;
  const { startStep, startPulse, length } = await dataset.trackTable(0, tracks, options);
  const ids = new Uint32Array(tracks).fill(NO_TRACK);
  const [old, starts, lengths] = [new Uint32Array(tracks), new Uint32Array(tracks), new Uint32Array(tracks)];
  let count = 0;
  for (let id = 0; id < tracks; id++) {
    const [start, points] = part((startStep[id] as number) * pulses + (startPulse[id] as number), length[id] as number, id);
    if (points < 2) continue;
    ids[id] = count;
    old[count] = id;
    starts[count] = start;
    lengths[count] = points;
    count += 1;
  }
  return { ids, old: old.slice(0, count), start: starts.slice(0, count), length: lengths.slice(0, count) };
}

/**
 * The particles of a snapshot under new track numbers. Those whose track is gone become particles without track (`released`), or go with it;
 * `kept` says by place which of those without track stay.
 */
export function renumberTracks(set: ParticleSet, ids: Uint32Array, released: boolean, kept?: (place: number) => boolean): ParticleSet {
  const { count, track } = set;
  const [places, numbers] = [new Uint32Array(count), new Uint32Array(count)];
  let [taken, same] = [0, true];
  for (let i = 0; i < count; i++) {
    const id = track[i] as number;
    const number = id === NO_TRACK ? NO_TRACK : (ids[id] as number);
    same &&= number === id && id !== NO_TRACK;
    if (number === NO_TRACK) continue;
    places[taken] = i;
    numbers[taken++] = number;
  }
  if (same) return set;
  for (let i = 0; i < count; i++) {
    const id = track[i] as number;
    const stays = id === NO_TRACK ? (kept?.(i) ?? true) : ids[id] === NO_TRACK && released;
    if (!stays) continue;
    places[taken] = i;
    numbers[taken++] = NO_TRACK;
  }
  return { ...takeParticles(set, places.subarray(0, taken)), track: numbers.slice(0, taken) };
}
