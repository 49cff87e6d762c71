import '../main/host/node-inflate.ts';
import { openFrames } from '../main/host/open-path.ts';
import { fieldPlane } from '../shared/compute/derived-plane.ts';
import { planeStatistics } from '../shared/compute/statistics.ts';
import type { ValueMode } from '../shared/contract/planes.ts';
import type { FrameDataset } from '../shared/model/dataset.ts';
import type { Plane } from '../shared/model/frames.ts';
import { clock, DISTINCT, lazily } from './row.ts';
import type { BenchData, Row } from './row.ts';

const SCALARS = ['Uncertainty V', 'Uncertainty Vx', 'Uncertainty Vy', 'Uncertainty Vz', 'Correlation value', 'Peak ratio'];

async function readPixels(dataset: FrameDataset, index: number): Promise<Plane> {
  const buffer = await dataset.buffer(index);
  return buffer.plane({ frame: 0, component: 'PIXEL', plane: 0 });
}

async function readVectors(dataset: FrameDataset, index: number): Promise<void> {
  const buffer = await dataset.buffer(index);
  const read = (mode: ValueMode) => (name: string) => fieldPlane(buffer, { frame: 0, plane: 0 }, name, mode);
  // All fields at once, as windows ask for them.
  await Promise.all([...['u', 'v', 'w'].map(read('masked')), ...SCALARS.map((name) => `TS:${name}`).map(read('scaled'))]);
}

/** A place far from the one before, in a set of `count` buffers. */
function jump(turn: number, count: number): number {
  return (turn * 389) % count;
}

/** The readers alone, in one thread, data in the system's file cache. */
export function readerRows(data: BenchData): { readonly rows: readonly Row[]; readonly pixels: () => Promise<Plane> } {
  const open = (path: string) => lazily(async () => (await openFrames(path)).dataset);
  const [images, raw, vectors] = [open(data.images), open(data.raw), open(data.vectors)];
  const pixels = lazily(async () => readPixels(await images(), 0));
  const rows: readonly Row[] = [
    {
      label: 'compressed image to pixels, 2048 x 2048 u16',
      run: async (turn) => {
        const set = await images();
        return clock(() => readPixels(set, jump(turn, 1000)));
      },
      reference: (turn) => ['image', data.images, jump(turn, 1000)],
      ratio: 3,
    },
    {
      label: 'uncompressed image to pixels, 2048 x 2048 u16',
      run: async (turn) => {
        const set = await raw();
        return clock(() => readPixels(set, turn % DISTINCT));
      },
      reference: (turn) => ['image', data.raw, turn % DISTINCT],
      ratio: 3,
    },
    {
      label: 'vectors 256 x 256: u, v, w masked and 6 scalars',
      run: async (turn) => {
        const set = await vectors();
        return clock(() => readVectors(set, turn % DISTINCT));
      },
      reference: (turn) => ['vectors', data.vectors, turn % DISTINCT],
      ratio: 3,
    },
    {
      label: 'percentiles of 4 Mpx u16',
      run: async () => {
        const plane = await pixels();
        return clock(() => planeStatistics(plane));
      },
      reference: () => ['percentiles', data.images],
      ratio: 5,
    },
  ];
  return { rows: [...rows, ...packingRows(data)], pixels };
}

/** Sets of 64 names that lead to a few files, by what they hold. */
const PACKINGS: readonly (readonly [label: string, set: (data: BenchData) => string | undefined])[] = [
  ['u16 image 2048 x 2048, zlib', (data) => data.images],
  ['12-bit image 2048 x 2048', ({ packings }) => packings['bits12']],
  ['byte image 2048 x 2048, raw', ({ packings }) => packings['bytes']],
  ['float image 1024 x 1024, zlib', ({ packings }) => packings['floats']],
  ['double image 1024 x 1024, zlib', ({ packings }) => packings['doubles']],
  ['2C vectors 256 x 256', ({ packings }) => packings['plain2c']],
  ['3C vectors 256 x 256', ({ packings }) => packings['plain3c']],
  ['3C vectors of four choices 256 x 256', ({ packings }) => packings['choices']],
  ['2C vectors 64 x 64', ({ packings }) => packings['small']],
];

/** Buffers of a row that reads in order, and names to jump among. */
const IN_ORDER = 8;
const NAMES = 64;

/** Pixels, or masked vectors, of every packing: several buffers in order, and one that is far from the one before. */
function packingRows(data: BenchData): readonly Row[] {
  return PACKINGS.flatMap(([label, of]): readonly Row[] => {
    const path = of(data) ?? '';
    const open = lazily(async () => (await openFrames(path)).dataset);
    const inOrder = async (set: FrameDataset): Promise<void> => {
      for (let index = 0; index < IN_ORDER; index++) await readSamples(set, index);
    };
    return [
      {
        label: `${IN_ORDER} in order: ${label}`,
        run: async () => {
          const set = await open();
          return clock(() => inOrder(set));
        },
        reference: () => ['in_order', path, IN_ORDER],
        ratio: 1,
        turns: 5,
      },
      {
        label: `one at random: ${label}`,
        run: async (turn) => {
          const set = await open();
          return clock(() => readSamples(set, jump(turn, NAMES)));
        },
        reference: (turn) => ['one_buffer', path, jump(turn, NAMES)],
        ratio: 1,
      },
    ];
  });
}

async function readSamples(dataset: FrameDataset, index: number): Promise<void> {
  const buffer = await dataset.buffer(index);
  const [frame] = buffer.info.frames;
  if (frame?.kind === 'image') await buffer.plane({ frame: 0, component: 'PIXEL', plane: 0 });
  else for (const name of ['u', 'v', 'w'].slice(0, frame?.dimensions)) await fieldPlane(buffer, { frame: 0, plane: 0 }, name, 'masked');
}
