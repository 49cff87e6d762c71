import { promises as fs } from 'node:fs';
import { basename, join } from 'node:path';
import { throwIfAborted } from '../../../../shared/model/data-error.ts';
import type { ParticleDataset, ParticleDatasetInfo } from '../../../../shared/model/dataset.ts';
import { bytesOf } from '../../../../shared/model/dtype.ts';
import { NO_TRACK, type ParticleSet } from '../../../../shared/model/particles.ts';
import {
  FILES,
  scalarsFile,
  snapshotsFile,
  TRACK_BYTES,
  TRACKS_HEADER_BYTES,
  TRACKS_VERSION,
} from '../../../formats/davis-particles/layout.ts';
import { createAtomicFile, type AtomicFile } from '../../atomic-file.ts';
import { beginSet, setPaths } from '../../davis/set-place.ts';
import { setText } from '../../davis/set-text.ts';
import { Losses } from '../../losses.ts';
import { STREAKLINE_VERSION, VERSION_ATTRIBUTE } from '../../version.ts';
import type { WriteResult } from '../../writer.ts';
import { readStepAttributes } from '../each-snapshot.ts';
import { particleInstants } from '../instants.ts';
import type { ParticleWriteJob, ParticleWriter } from '../particle-writer.ts';
import { tellSourceWarnings } from '../source-warnings.ts';
import { beginAttributeFile } from './attribute-file.ts';
import { infoBytes, scalesBytes } from './info-files.ts';
import { beginSnapshots, linkSnapshots, noLinks, type SnapshotFiles } from './snapshot-files.ts';

/** SetType of particle sets, as lvpyio 1.5 writes it. */
const SET_TYPE = 32_768;
const PULSES = [1, 2, 4];
const MAX_SCALARS = 256;
/** Files of a particle set, which may be replaced together with their folder. */
const OWN_FILE = /^((info|snapshotpositions|shapes|(snapshots|tracks)(_\d+)?|scalars_\d+)\.bin|scales\.xml|attributes(blocks)?\.attr)$/i;

/** DaVis particle sets in the present layout: NAME.set and the folder NAME. Byte layout: docs/formats/davis-particles.md. */
export const davisParticlesWriter: ParticleWriter = {
  id: 'davis-particles',
  label: 'DaVis particle set (.set)',
  extensions: ['set'],
  options: {
    coordinates: {
      type: 'choice',
      label: 'Coordinates',
      choices: ['stored', 'scaled'],
      help: 'What x, y, z of a table are: stored (default) as they stand in the set, in voxels; scaled in the units of the scales, so that (value - offset) / slope is stored.',
    },
  },
  accepts: ({ steps, pulses, scalars }) => {
    if (steps === 0) return 'it has no steps';
    if (!PULSES.includes(pulses)) return `a step has ${pulses} pulses, DaVis has 1, 2 and 4`;
    return scalars.length <= MAX_SCALARS || `it has ${scalars.length} scalars, at most ${MAX_SCALARS} are written`;
  },
  write,
};

async function write(job: ParticleWriteJob): Promise<WriteResult> {
  const { dataset, target } = job;
  const losses = new Losses();
  const pending = await beginSet(target, { force: job.force, resume: false, identity: '', own: OWN_FILE });
  try {
    await writeFiles(job, pending.folder, losses);
    const { name } = setPaths(target);
    const entries = { SetIdentifier: 'ParticleField', SetTitle: titleOf(dataset.info) };
    await fs.writeFile(pending.textPath, setText({ name, attributes: entries, type: SET_TYPE, wasStream: false }, losses));
    await pending.commit();
    return { target: pending.target, buffers: dataset.info.steps, losses: losses.list() };
  } finally {
    await pending.discard();
  }
}

/** Sets without a title of their own are called by their name, which may be another one now. */
function titleOf({ title, path }: ParticleDatasetInfo): string {
  const name = basename(path);
  return title === name || title === name.replace(/\.[^.]*$/, '') ? '' : title;
}

async function writeFiles(job: ParticleWriteJob, folder: string, losses: Losses): Promise<void> {
  const { dataset } = job;
  const { info } = dataset;
  const opened: AtomicFile[] = [];
  const create = async (name: string): Promise<AtomicFile> => {
    const file = await createAtomicFile(join(folder, name), { force: true });
    opened.push(file);
    return file;
  };
  try {
    const scalars: AtomicFile[] = [];
    for (let k = 0; k < info.scalars.length; k++) scalars.push(await create(scalarsFile(k)));
    const files = {
      snapshots: await create(snapshotsFile(0)),
      positions: await create(FILES.positions),
      shapes: await create(FILES.shapes),
      scalars,
    };
    const written = await writeSnapshots(job, files, losses);
    await writeTracks(job, await create(FILES.tracks), written, losses);
    await writeAttributes(dataset, await create(FILES.attributes), await create(FILES.blockAttributes), job, losses);
    await (await create(FILES.scales)).write(scalesBytes(info, losses));
    await (await create(FILES.info)).write(infoBytes(info));
    for (const file of opened) await file.commit();
  } finally {
    for (const file of opened) await file.discard();
  }
}

interface WrittenTracks {
  /** Where in its snapshot each track begins. */
  readonly firsts: Uint32Array;
  /** Points of all tracks that have a particle. */
  readonly points: number;
}

/** Every snapshot, with one read ahead for the links. */
async function writeSnapshots(
  { dataset, signal, progress }: ParticleWriteJob,
  files: SnapshotFiles,
  losses: Losses,
): Promise<WrittenTracks> {
  const { steps, pulses, tracks } = dataset.info;
  const total = steps * pulses;
  const read = (s: number): Promise<ParticleSet> => dataset.step(Math.floor(s / pulses), s % pulses, { signal });
  const firsts = new Uint32Array(tracks).fill(NO_TRACK);
  const writer = await beginSnapshots(files, total, await particleInstants(dataset, { signal }));
  let current = await read(0);
  let previous = noLinks(current.count);
  let without = 0;
  let points = 0;
  for (let s = 0; s < total; s++) {
    throwIfAborted(signal);
    const following = s + 1 < total ? await read(s + 1) : undefined;
    // Tracks stay inside of a step where it has several pulses.
    const isLinked = following !== undefined && (pulses === 1 || (s + 1) % pulses !== 0);
    const links = isLinked
      ? linkSnapshots(current.track, following.track)
      : { next: noLinks(current.count), previous: noLinks(following?.count ?? 0) };
    await writer.put(current, { previous, next: links.next });
    without += noteFirsts(current, firsts);
    points += distinctTracks(current.track);
    tellSourceWarnings(current.warnings, losses);
    if (!following) break;
    if ((s + 1) % pulses === 0) progress?.((s + 1) / pulses, steps);
    previous = links.previous;
    current = following;
  }
  await writer.finish();
  progress?.(steps, steps);
  if (tracks > 0 && without > 0)
    losses.add(`${without} particles belong to no track; lvpyio counts them to those with one, since the set has tracks.`);
  return { firsts, points };
}

/** Ascending numbers without repetitions. */
function distinctTracks(track: Uint32Array): number {
  let count = 0;
  for (let i = 0; i < track.length && track[i] !== NO_TRACK; i++) if (i === 0 || track[i] !== track[i - 1]) count += 1;
  return count;
}

/** Remembers the first particle of tracks that begin here; of two in one snapshot the last one. The number of particles without track. */
function noteFirsts({ track, count }: ParticleSet, firsts: Uint32Array): number {
  let without = 0;
  for (let i = count - 1; i >= 0; i--) {
    const id = track[i] as number;
    if (id === NO_TRACK) without += 1;
    else if (firsts[id] === NO_TRACK) firsts[id] = i;
  }
  return without;
}

const TRACKS_AT_ONCE = 1 << 18;

async function writeTracks(
  { dataset, signal }: ParticleWriteJob,
  file: AtomicFile,
  { firsts, points }: WrittenTracks,
  losses: Losses,
): Promise<void> {
  const { tracks, pulses } = dataset.info;
  await file.write(bytesOf(Uint32Array.of(TRACKS_VERSION, tracks, 0, TRACK_BYTES)).subarray(0, TRACKS_HEADER_BYTES));
  let short = 0;
  let promised = 0;
  for (let from = 0; from < tracks; from += TRACKS_AT_ONCE) {
    throwIfAborted(signal);
    const { startStep, startPulse, length } = await dataset.trackTable(from, Math.min(tracks, from + TRACKS_AT_ONCE), { signal });
    const words = new Uint32Array(3 * length.length);
    for (let i = 0; i < length.length; i++) {
      words[3 * i] = (startStep[i] as number) * pulses + (startPulse[i] as number);
      // A track whose first particle is missing has none to name.
      words[3 * i + 1] = firsts[from + i] === NO_TRACK ? 0 : (firsts[from + i] as number);
      words[3 * i + 2] = length[i] as number;
      promised += length[i] as number;
      if ((length[i] as number) < 2) short += 1;
    }
    await file.write(bytesOf(words));
  }
  if (promised > points) losses.add(`Tracks have gaps, ${promised - points} in all: they stay, and lvpyio reads zeros there.`);
  if (short > 0) losses.add(`${short} tracks have a single particle, or none; tracks of DaVis have at least 2.`);
}

async function writeAttributes(
  dataset: ParticleDataset,
  set: AtomicFile,
  blocks: AtomicFile,
  { signal }: ParticleWriteJob,
  losses: Losses,
): Promise<void> {
  const whole = await beginAttributeFile(set, losses);
  await whole.add({ ...dataset.info.attributes, [VERSION_ATTRIBUTE]: STREAKLINE_VERSION }, 'end');
  await whole.finish();
  const each = await beginAttributeFile(blocks, losses);
  for (let step = 0; step < dataset.info.steps; step++) {
    throwIfAborted(signal);
    await each.add(await readStepAttributes(dataset, step, signal, losses), 'endOfBlock');
  }
  await each.add({}, 'end');
  await each.finish();
}
