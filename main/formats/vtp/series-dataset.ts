import type { ParticleDataset, ReadOptions } from '../../../shared/model/dataset.ts';
import type { ParticleDescription } from '../../codecs/particle-description.ts';
import { describedTimes } from '../particles/described-info.ts';
import { placeChecks } from '../particles/place-checks.ts';
import { startsOf } from '../particles/track-points.ts';
import { openSeries, type SeriesPlace } from './open-series.ts';
import { readSnapshot, readTracks } from './read-snapshot.ts';
import type { SnapshotFiles } from './snapshot-files.ts';

/** Particles of which every snapshot is a file of its own; only what is asked for is read. Closing it closes the files. */
export async function seriesDataset(
  files: SnapshotFiles,
  description: ParticleDescription,
  place: SeriesPlace,
  options: ReadOptions,
): Promise<ParticleDataset> {
  const series = await openSeries(files, description, place, options);
  const { info } = series;
  const times = describedTimes(description);
  const check = placeChecks(info);
  return {
    info,
    times: async () => times.slice(),
    counts: async () => series.counts.slice(),
    step: async (step, pulse, how = {}) => readSnapshot(series, check.snapshot(step, pulse), how),
    stepAttributes: async (step) => {
      check.snapshot(step, 0);
      return description.stepAttributes[step] ?? {};
    },
    tracks: async (from, to, how = {}) => {
      check.tracks(from, to);
      return readTracks(series, from, to, how);
    },
    track: async (id, how = {}) => {
      check.tracks(id, id + 1);
      return readTracks(series, id, id + 1, how);
    },
    checkTracks: async () => {
      check.open();
      return [];
    },
    trackTable: async (from, to, how = {}) => {
      check.tracks(from, to);
      const { start, length } = await series.tracks.list(how);
      return { from, length: length.slice(from, to), ...startsOf(start.subarray(from, to), info.pulses) };
    },
    [Symbol.asyncDispose]: async () => {
      check.close();
      series.tracks.stop();
      await files[Symbol.asyncDispose]();
    },
  };
}
