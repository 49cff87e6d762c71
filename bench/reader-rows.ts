import '../main/host/node-inflate.ts';
import { openFrames } from '../main/host/open-path.ts';
import { fieldPlane } from '../shared/compute/derived-plane.ts';
import { planeStatistics } from '../shared/compute/statistics.ts';
import type { FrameDataset } from '../shared/model/dataset.ts';
import type { Plane } from '../shared/model/frames.ts';
import { clock, DISTINCT } from './row.ts';
import type { BenchData, Row } from './row.ts';

const SCALARS = ['Uncertainty V', 'Uncertainty Vx', 'Uncertainty Vy', 'Uncertainty Vz', 'Correlation value', 'Peak ratio'];

async function readPixels(dataset: FrameDataset, index: number): Promise<Plane> {
  const buffer = await dataset.buffer(index);
  return buffer.plane({ frame: 0, component: 'PIXEL', plane: 0 });
}

async function readVectors(dataset: FrameDataset, index: number): Promise<void> {
  const buffer = await dataset.buffer(index);
  for (const name of ['u', 'v', 'w']) await fieldPlane(buffer, { frame: 0, plane: 0 }, name, 'masked');
  for (const name of SCALARS) await fieldPlane(buffer, { frame: 0, plane: 0 }, `TS:${name}`, 'scaled');
}

/** A place far from the one before, in a set of `count` buffers. */
function jump(turn: number, count: number): number {
  return (turn * 389) % count;
}

/** The readers alone, in one thread, data in the system's file cache. */
export async function readerRows(data: BenchData): Promise<{ readonly rows: readonly Row[]; readonly pixels: Plane }> {
  const open = async (path: string): Promise<FrameDataset> => (await openFrames(path)).dataset;
  const [images, raw, vectors] = [await open(data.images), await open(data.raw), await open(data.vectors)];
  const pixels = await readPixels(images, 0);
  const rows: readonly Row[] = [
    {
      label: 'compressed image to pixels, 2048 x 2048 u16',
      run: (turn) => clock(() => readPixels(images, jump(turn, 1000))),
      reference: (turn) => ['image', data.images, jump(turn, 1000)],
      ratio: 3,
    },
    {
      label: 'uncompressed image to pixels, 2048 x 2048 u16',
      run: (turn) => clock(() => readPixels(raw, turn % DISTINCT)),
      reference: (turn) => ['image', data.raw, turn % DISTINCT],
      ratio: 3,
    },
    {
      label: 'vectors 256 x 256: u, v, w masked and 6 scalars',
      run: (turn) => clock(() => readVectors(vectors, turn % DISTINCT)),
      reference: (turn) => ['vectors', data.vectors, turn % DISTINCT],
      ratio: 3,
    },
    {
      label: 'percentiles of 4 Mpx u16',
      run: () => clock(() => planeStatistics(pixels)),
      reference: () => ['percentiles', data.images],
      ratio: 5,
    },
  ];
  return { rows, pixels };
}
