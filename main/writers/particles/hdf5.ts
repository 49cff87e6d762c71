import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { Attributes } from '../../../shared/model/attributes.ts';
import { throwIfAborted } from '../../../shared/model/data-error.ts';
import { allocateSamples, bytesOf, sampleBytes, type DType, type TypedArray } from '../../../shared/model/dtype.ts';
import { buildHdf5, type Hdf5Builder } from '../../codecs/hdf5/file-builder.ts';
import { treeName } from '../../codecs/frame-tree.ts';
import { PARTICLE_DESCRIPTION_KIND } from '../../codecs/particle-description.ts';
import { HDF5_KIND, HDF5_PARTICLES, ROW_COLUMNS } from '../../codecs/particle-layout.ts';
import { shuffleBytes } from '../../codecs/shuffle.ts';
import { writeAtomically } from '../atomic-file.ts';
import { levelOption } from '../level-option.ts';
import { Losses } from '../losses.ts';
import { STREAKLINE_VERSION, VERSION_ATTRIBUTE } from '../version.ts';
import type { WriteResult } from '../writer.ts';
import { describeColumns, MODE_OPTION } from './column-writers.ts';
import { tellUnheld } from './instants.ts';
import { eachSnapshot } from './each-snapshot.ts';
import { particleColumnSpecs, pointColumns, snapshotPoints, valueScales } from './particle-columns.ts';
import type { ParticleWriteJob, ParticleWriter } from './particle-writer.ts';

const SHUFFLE = 2;
const DEFLATE = 1;
const CHUNK_ROWS = 1 << 16;
const TRACKS_AT_ONCE = 1 << 18;
const compress = promisify(deflate);

/** HDF5: an array a column, where each step begins, the track table, and the description by which it opens again. Layout: docs/formats/hdf5.md. */
export const particleHdf5: ParticleWriter = {
  id: 'hdf5',
  label: 'HDF5',
  extensions: ['h5', 'hdf5'],
  options: {
    ...MODE_OPTION,
    level: {
      type: 'integer',
      label: 'Compression',
      help: 'gzip level 0 (none, default) to 9; positions are mostly noise and shrink little.',
    },
  },
  accepts: () => true,
  write,
};

async function write(job: ParticleWriteJob): Promise<WriteResult> {
  const { dataset, target, force, options } = job;
  const { info } = dataset;
  const losses = new Losses();
  await tellUnheld(dataset, losses, { signal: job.signal });
  const level = options['level'] === undefined ? 0 : levelOption(options['level']);
  await writeAtomically(target, { force }, async (file) => {
    const builder = await buildHdf5(file);
    const kind = new TextEncoder().encode(PARTICLE_DESCRIPTION_KIND);
    // The first data of the file, by which a reader knows it.
    await builder.values(HDF5_KIND, 'u1', [kind.length], kind, {});
    builder.group('/', {
      ...info.attributes,
      bounds: { dtype: 'f8', shape: [2, 3], values: info.bounds },
      [VERSION_ATTRIBUTE]: STREAKLINE_VERSION,
    });
    await writeRows(builder, job, level, losses);
    await writeTracks(builder, job, level);
    await builder.finish();
  });
  return { target, buffers: info.steps, losses: losses.list() };
}

/** The columns of all particles in the order of time, and the row at which each snapshot begins. */
async function writeRows(builder: Hdf5Builder, job: ParticleWriteJob, level: number, losses: Losses): Promise<void> {
  const { dataset, options, signal } = job;
  const { info } = dataset;
  const isScaled = options['mode'] === 'scaled';
  const counts = await dataset.counts({ signal });
  const first = new Float64Array(counts.length + 1);
  for (let s = 0; s < counts.length; s++) first[s + 1] = (first[s] as number) + (counts[s] as number);
  const rows = first[counts.length] as number;
  const specs = particleColumnSpecs(info, isScaled).map((spec) => ({ ...spec, name: treeName(spec.name) }));
  const scales = valueScales(info);
  const columns = specs.map(({ name, dtype }, i) => {
    const scale = scales[i < 4 ? i : i - ROW_COLUMNS.length + 4];
    const isValue = i < 4 || i >= ROW_COLUMNS.length;
    const attributes: Attributes =
      scale && isValue
        ? {
            unit: scale.unit,
            description: scale.description,
            ...(isScaled ? {} : { scale_slope: scale.slope, scale_offset: scale.offset }),
          }
        : {};
    return growingArray(builder, `${HDF5_PARTICLES.columns}/${name}`, { dtype, rows, attributes, level });
  });
  await eachSnapshot(job, losses, counts, async (set, step, pulse) => {
    const pieces = pointColumns(snapshotPoints(set, step, pulse), isScaled ? scales : undefined);
    for (const [i, column] of columns.entries()) await column.append(pieces[i] as TypedArray);
  });
  for (const column of columns) await column.finish();
  const { steps, pulses, startTime } = info;
  await builder.values(`${HDF5_PARTICLES.steps}/time`, 'f8', [steps, pulses], await dataset.times({ signal }), {
    unit: 's',
    start_time: startTime,
  });
  await builder.values(`${HDF5_PARTICLES.steps}/first`, 'i8', [first.length], BigInt64Array.from(first, BigInt), {
    description: 'row of the first particle of snapshot step * pulses + pulse; the last number is the number of rows',
  });
  builder.text(
    HDF5_PARTICLES.description,
    await describeColumns(
      job,
      specs.map(({ name }) => name),
      losses,
    ),
  );
}

async function writeTracks(builder: Hdf5Builder, { dataset, signal }: ParticleWriteJob, level: number): Promise<void> {
  const { tracks } = dataset.info;
  const array = (name: string, dtype: DType): GrowingArray =>
    growingArray(builder, `${HDF5_PARTICLES.tracks}/${name}`, { dtype, rows: tracks, attributes: {}, level });
  const [starts, pulses, lengths] = [array('start_step', 'u4'), array('start_pulse', 'u1'), array('length', 'u4')];
  for (let from = 0; from < tracks; from += TRACKS_AT_ONCE) {
    throwIfAborted(signal);
    const { startStep, startPulse, length } = await dataset.trackTable(from, Math.min(tracks, from + TRACKS_AT_ONCE), { signal });
    await starts.append(startStep);
    await pulses.append(startPulse);
    await lengths.append(length);
  }
  for (const one of [starts, pulses, lengths]) await one.finish();
}

interface GrowingArray {
  append(values: TypedArray): Promise<void>;
  finish(): Promise<void>;
}

/** An array of one axis that is written in chunks as its values come. */
function growingArray(
  builder: Hdf5Builder,
  path: string,
  {
    dtype,
    rows,
    attributes,
    level,
  }: { readonly dtype: DType; readonly rows: number; readonly attributes: Attributes; readonly level: number },
): GrowingArray {
  if (rows === 0) {
    return { append: async () => undefined, finish: () => builder.values(path, dtype, [0], allocateSamples(dtype, 0), attributes) };
  }
  const unit = sampleBytes(dtype);
  const filters = level === 0 ? [] : [...(unit > 1 ? [[SHUFFLE, [unit]] as const] : []), [DEFLATE, [level]] as const];
  const size = Math.min(CHUNK_ROWS, rows);
  const array = builder.chunked(path, { dtype, shape: [rows], chunk: [size], attributes, filters });
  const chunk = new Uint8Array(size * unit);
  let [filled, start] = [0, 0];
  const flush = async (): Promise<void> => {
    await array.writeChunk([start], level === 0 ? chunk.slice() : await compress(shuffleBytes(chunk, unit), { level }));
    start += size;
    filled = 0;
    chunk.fill(0);
  };
  return {
    append: async (values) => {
      const bytes = bytesOf(values);
      for (let at = 0; at < bytes.byteLength; ) {
        const part = bytes.subarray(at, at + chunk.byteLength - filled);
        chunk.set(part, filled);
        filled += part.byteLength;
        at += part.byteLength;
        if (filled === chunk.byteLength) await flush();
      }
    },
    finish: async () => {
      if (filled > 0) await flush();
    },
  };
}
