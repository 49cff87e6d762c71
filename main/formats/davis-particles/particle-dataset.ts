import { particleSummary } from '../../../shared/compute/particles/particle-summary.ts';
import { unitWarnings } from '../../../shared/compute/particles/length-units.ts';
import { particleTables } from '../../../shared/compute/particle-tables.ts';
import type { Attributes } from '../../../shared/model/attributes.ts';
import { isDataError } from '../../../shared/model/data-error.ts';
import type { ParticleDataset, ParticleDatasetInfo, ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { ALL_RECORDS, checkAttributeFile, findAttributes, readAttributeRecord } from './attribute-file.ts';
import { placeChecks } from '../particles/place-checks.ts';
import { readInfoFile, type InfoFile } from './info-file.ts';
import { FILES, SNAPSHOT } from './layout.ts';
import { lostTracks } from './lost-tracks.ts';
import { walkSnapshots, walkTracks } from './old-layout.ts';
import { openParticleFiles, type ParticleFiles } from './particle-files.ts';
import type { ParticlePlace } from './place.ts';
import { readSnapshot } from './read-snapshot.ts';
import { readTrack, readTracks, readTrackTable, type TrackStore } from './read-tracks.ts';
import { readScalesFile } from './scales-file.ts';
import { absoluteSeconds, pulseDelays, snapshotTimes } from './snapshot-times.ts';
import { checkIndex, readSnapshotIndex, readSnapshotsHeader, type SnapshotIndex } from './snapshot-index.ts';
import { endingWith, openTrackIndex, type TrackIndex } from './track-index.ts';

export const PARTICLES_FORMAT = 'davis-particles';

/** Tables up to so many tracks are looked through when a set is opened, larger ones where they are used. */
const LOOKED_THROUGH_AT_ONCE = 1 << 20;

/** Opens a set: everything but particles, tracks and the attributes of steps is read and checked against each other. */
export async function openParticles(
  place: ParticlePlace,
  title: string,
  warnings: readonly Warning[],
  options: ReadOptions,
): Promise<ParticleDataset> {
  const files = openParticleFiles(place);
  try {
    return await openFiles(files, place, title, warnings, options);
  } catch (error) {
    await files[Symbol.asyncDispose]();
    throw error;
  }
}

async function openFiles(
  files: ParticleFiles,
  place: ParticlePlace,
  title: string,
  before: readonly Warning[],
  options: ReadOptions,
): Promise<ParticleDataset> {
  const infoFile = await readInfoFile(files, options);
  const { index, table, bounds, warnings } = await (infoFile.clock
    ? openOld(files, infoFile, options)
    : openPresent(files, infoFile, options));
  const scales = await readScalesFile(files, infoFile.scalars, options);
  const set = await findAttributes(files, FILES.attributes, options);
  const { pulses } = infoFile;
  const steps = index.snapshots / pulses;
  const lost = lostTracks({ table, index, pulses });
  if (table.count <= LOOKED_THROUGH_AT_ONCE) await lost.find(0, table.count, options);
  const info: ParticleDatasetInfo = {
    kind: 'particles',
    format: PARTICLES_FORMAT,
    title,
    path: place.textPath,
    summary: particleSummary({ pulses, steps, tracks: table.count }),
    typeId: TYPE_IDS[pulses] ?? '',
    attributes: set.attributes,
    warnings: [
      ...before,
      ...infoFile.warnings,
      ...warnings,
      ...lost.warnings(),
      ...scales.warnings,
      ...(table.count > 0 ? unitWarnings(scales.scales, files.pathOf(FILES.scales)) : []),
      ...set.warnings,
      ...(await missingFiles(files, infoFile, options)),
    ],
    tables: particleTables(steps * pulses, table.count),
    children: [],
    steps,
    pulses,
    tracks: table.count,
    particles: index.count.reduce((sum, count) => sum + count, 0),
    startTime: index.snapshots > 0 ? absoluteSeconds(index, 0) : 0,
    scales: scales.scales,
    bounds,
    ...(infoFile.secondBox ? { secondBox: infoFile.secondBox } : {}),
    scalars: scales.scalars,
    firstNumber: 1,
  };
  return particleDataset(info, { files, index, pulses, table, tracks: table.count, lost, scalars: infoFile.scalars });
}

interface Parts {
  readonly index: SnapshotIndex;
  readonly table: TrackIndex;
  readonly bounds: readonly number[];
  readonly warnings: readonly Warning[];
}

async function openPresent(files: ParticleFiles, { steps, pulses, scalars, bounds = [] }: InfoFile, options: ReadOptions): Promise<Parts> {
  const { source, snapshots } = await readSnapshotsHeader(files, SNAPSHOT, options);
  const { index, warnings } = await readSnapshotIndex(files, steps, pulses, options);
  const table = endingWith(index, steps * pulses, await openTrackIndex(files, options));
  const unequal =
    snapshots === steps * pulses
      ? []
      : [
          {
            code: 'count',
            message: `${source.name} promises ${snapshots} snapshots, info.bin ${steps * pulses}.`,
            path: source.name,
            offset: 4,
          },
        ];
  return {
    index,
    table,
    bounds,
    warnings: [...unequal, ...warnings, ...table.warnings, ...(await checkIndex(files, index, { scalars, pulses }))],
  };
}

async function openOld(files: ParticleFiles, infoFile: InfoFile, options: ReadOptions): Promise<Parts> {
  const { index, warnings } = await walkSnapshots(files, infoFile, options);
  const { tracks, bounds } = await walkTracks(files, options);
  return {
    index,
    table: endingWith(index, infoFile.steps, tracks),
    bounds: infoFile.bounds ?? bounds,
    warnings: [...warnings, ...tracks.warnings, ...(await checkIndex(files, index, { scalars: 0, pulses: 1 }))],
  };
}

/** Files that a set should have and that nothing shown depends on; that of the attributes may be cut. */
async function missingFiles(files: ParticleFiles, { clock }: InfoFile, options: ReadOptions): Promise<readonly Warning[]> {
  const warnings: Warning[] = [];
  for (const [name, loss] of clock
    ? []
    : ([
        [FILES.shapes, 'nothing else depends on it'],
        [FILES.blockAttributes, 'the attributes of the steps are lost'],
      ] as const)) {
    const path = files.pathOf(name);
    const source = await files.find(name);
    if (source && name === FILES.blockAttributes) warnings.push(...(await checkAttributeFile(source, options)));
    if (!source) warnings.push({ code: 'missing-companion', message: `${path} is missing: ${loss}.`, path });
  }
  return warnings;
}

const TYPE_IDS: Readonly<Record<number, string>> = { 1: 'TIME_RESOLVED', 2: 'DOUBLE_PULSE', 4: 'FOUR_PULSE' };

function particleDataset(info: ParticleDatasetInfo, store: TrackStore): ParticleDataset {
  const { index, files } = store;
  const check = placeChecks(info);
  return {
    info,
    times: async () => snapshotTimes(index, info.pulses),
    instants: async () => ({ seconds: index.seconds.slice(), picoseconds: index.picoseconds.slice() }),
    ...(info.pulses > 1 ? { delays: async () => pulseDelays(index, info.pulses) } : {}),
    counts: async () => index.count.slice(),
    step: async (step, pulse, options = {}) => readSnapshot(store, check.snapshot(step, pulse), options),
    stepAttributes: async (step, options = {}) => {
      check.snapshot(step, 0);
      return stepAttributes(files, step, options);
    },
    tracks: async (from, to, options = {}) => {
      check.tracks(from, to);
      return readTracks(store, from, to, options);
    },
    track: async (id, options = {}) => {
      check.tracks(id, id + 1);
      return readTrack(store, id, options);
    },
    checkTracks: async (options = {}) => {
      check.open();
      if (info.tracks <= LOOKED_THROUGH_AT_ONCE) return [];
      await store.lost.find(0, info.tracks, options);
      return store.lost.warnings();
    },
    trackTable: async (from, to, options = {}) => {
      check.tracks(from, to);
      return readTrackTable(store, from, to, options);
    },
    [Symbol.asyncDispose]: async () => {
      check.close();
      await files[Symbol.asyncDispose]();
    },
  };
}

/** Sets of the old layout have none; a set whose file is missing or cut has been told about. */
async function stepAttributes(files: ParticleFiles, step: number, options: ReadOptions): Promise<Attributes> {
  try {
    return (await readAttributeRecord(files, FILES.blockAttributes, step, options)).attributes;
  } catch (error) {
    if (isDataError(error, 'missing-companion') || (isDataError(error) && error.field === ALL_RECORDS)) return {};
    throw error;
  }
}
