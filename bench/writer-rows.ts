import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { convert } from '../main/host/convert.ts';
import { openFrames } from '../main/host/open-path.ts';
import { davisSetWriter } from '../main/writers/davis/set-writer.ts';
import type { FrameDataset } from '../shared/model/dataset.ts';
import { clock, lazily } from './row.ts';
import type { BenchData, Row } from './row.ts';

/** Buffers that are written or converted in one turn. */
const FEW = 4;
const MANY = 32;

/** The first buffers of a set with all of their samples decoded, so that nothing but the writing is timed. */
async function inMemory(path: string, count: number): Promise<FrameDataset> {
  const { dataset } = await openFrames(path);
  const buffers = await Promise.all(Array.from({ length: count }, (_, index) => dataset.buffer(index)));
  for (const buffer of buffers)
    for (const [frame, { components }] of buffer.info.frames.entries())
      for (const { name } of components) await buffer.plane({ frame, component: name, plane: 0 });
  const nav = dataset.info.nav.map((axis) => ({ ...axis, size: count, ...(axis.values ? { values: axis.values.slice(0, count) } : {}) }));
  return { ...dataset, info: { ...dataset.info, nav, missing: [] }, buffer: async (index) => buffers[index] as (typeof buffers)[number] };
}

interface WriteRow {
  readonly label: string;
  readonly path: string;
  readonly count: number;
  readonly pack: 'zlib' | 'raw';
}

/** Buffers in memory to a set on disk. lvpyio writes zlib only, so that raw ones are compared with that. */
function writeRow(data: BenchData, { label, path, count, pack }: WriteRow): Row {
  const load = lazily(() => inMemory(path, count));
  return {
    label: `write ${count} ${label}`,
    run: async () => {
      const dataset = await load();
      const target = join(data.scratch, 'written.set');
      await rm(target, { force: true });
      await rm(join(data.scratch, 'written'), { recursive: true, force: true });
      return clock(() => davisSetWriter.write({ dataset, target, options: { pack }, force: false, resume: false }));
    },
    reference: () => ['write_buffers', path, count, join(data.scratch, 'reference')],
    ratio: 3,
    // What is quick needs many turns before the engine has optimised it.
    turns: count === MANY ? undefined : 5,
  };
}

/** A set on disk to another file, from opening to closing. */
function convertRow(data: BenchData, label: string, path: string, count: number, extension: 'h5' | 'tif'): Row {
  const target = join(data.scratch, `converted.${extension}`);
  return {
    label: `${label} to ${extension === 'h5' ? 'HDF5' : 'TIFF'}`,
    run: () =>
      clock(() => convert({ paths: [path], target, open: {}, options: {}, range: `0:${count}`, set: [], force: true, resume: false })),
    reference: () => [extension === 'h5' ? 'to_hdf5' : 'to_tiff', path, count, join(data.scratch, `reference.${extension}`)],
    ratio: 1,
    turns: 5,
  };
}

/** What is written, and what sets become, beside lvpyio with h5py and tifffile. */
export function writerRows(data: BenchData): readonly Row[] {
  const { small = '' } = data.packings;
  const [images, vectors] = ['u16 images 2048 x 2048', '3C vectors 256 x 256 with 6 scalars'];
  return [
    writeRow(data, { label: `${images}, zlib`, path: data.images, count: FEW, pack: 'zlib' }),
    writeRow(data, { label: `${images}, raw`, path: data.images, count: FEW, pack: 'raw' }),
    writeRow(data, { label: `${vectors}, zlib`, path: data.vectors, count: FEW, pack: 'zlib' }),
    writeRow(data, { label: `${vectors}, raw`, path: data.vectors, count: FEW, pack: 'raw' }),
    writeRow(data, { label: '2C vectors 64 x 64, zlib', path: small, count: MANY, pack: 'zlib' }),
    writeRow(data, { label: '2C vectors 64 x 64, raw', path: small, count: MANY, pack: 'raw' }),
    convertRow(data, `${FEW} ${images}`, data.images, FEW, 'h5'),
    convertRow(data, `${FEW} ${vectors}`, data.vectors, FEW, 'h5'),
    convertRow(data, `${FEW} ${images}`, data.images, FEW, 'tif'),
  ];
}
