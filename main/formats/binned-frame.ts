import { motionUnit } from '../../shared/compute/particles/columns.ts';
import type { ParticleDatasetInfo } from '../../shared/model/dataset.ts';
import type { TypedArray } from '../../shared/model/dtype.ts';
import type { ComponentInfo, FrameInfo } from '../../shared/model/frames.ts';
import { unitScale, type Scale } from '../../shared/model/scale.ts';
import type { BinCells } from './bin-cells.ts';
import type { Averaged, BinSums } from './bin-sums.ts';

const VELOCITY = ['U0', 'V0', 'W0'];
const RMS = ['TS:RMS u', 'TS:RMS v', 'TS:RMS w'];
const COUNT = 'TS:Count';
const COUNTED: Scale = unitScale('', 'particles');

function meanName(name: string): string {
  return `TS:Mean ${name}`;
}

/** The frame of a buffer: vectors where particles have tracks, else counts as a picture. `averaged` are the columns called `names`. */
export function binnedFrame(
  info: ParticleDatasetInfo,
  { counts: [width, height, planes], low, size }: BinCells,
  names: readonly string[],
  averaged: readonly Averaged[],
): FrameInfo {
  const isVector = info.tracks > 0;
  const length = info.scales.x.unit;
  const speed: Scale = unitScale(motionUnit('u', info.scales), 'velocity');
  const component = (name: string, role: ComponentInfo['role'], scale: Scale, dtype: ComponentInfo['dtype'] = 'f4'): ComponentInfo => ({
    name,
    role,
    dtype,
    planes,
    scale,
    stored: true,
  });
  return {
    kind: isVector ? 'vector' : 'image',
    shape: [height, width],
    planes,
    grid: [1, 1, 1],
    choices: isVector ? 1 : 0,
    dimensions: isVector ? 3 : 0,
    attributes: {},
    scales: {
      x: { slope: size[0], offset: low[0] + size[0] / 2, unit: length, description: 'x' },
      y: { slope: -size[1], offset: low[1] + size[1] * (height - 0.5), unit: info.scales.y.unit, description: 'y' },
      z: { slope: size[2], offset: low[2] + size[2] / 2, unit: info.scales.z.unit, description: 'z' },
      i: isVector ? speed : COUNTED,
    },
    components: [
      ...(isVector ? VELOCITY : []).map((name) => component(name, 'velocity', speed)),
      component('MASK', 'mask', unitScale('Valid', 'Mask'), 'u1'),
      component(COUNT, isVector ? 'scalar' : 'intensity', COUNTED, 'i4'),
      ...(isVector ? RMS : []).map((name) => component(name, 'scalar', unitScale(speed.unit, name.slice(3)))),
      ...names.map((name, k) =>
        component(meanName(name), 'scalar', unitScale(averaged[k]?.scale.unit ?? '', averaged[k]?.scale.description ?? '')),
      ),
    ],
  };
}

/** All planes of every component, [z, y, x] with the rows of y turned round. */
export function binnedPlanes(sums: BinSums, cells: BinCells, minCount: number, names: readonly string[]): ReadonlyMap<string, TypedArray> {
  const { count } = sums;
  const planes = new Map<string, TypedArray>();
  const add = (name: string, out: Float32Array | Int32Array | Uint8Array, value: (cell: number) => number): void => {
    planes.set(name, fillCells(out, cells, value));
  };
  sums.velocity.forEach((sum, k) => {
    const [squares, sign] = [sums.squares[k] as Float64Array, k === 1 ? -1 : 1];
    add(VELOCITY[k] as string, new Float32Array(cells.total), (cell) => (sign * (sum[cell] as number)) / (count[cell] as number));
    add(RMS[k] as string, new Float32Array(cells.total), (cell) =>
      deviation(sum[cell] as number, squares[cell] as number, count[cell] as number),
    );
  });
  add('MASK', new Uint8Array(cells.total), (cell) => ((count[cell] as number) >= minCount ? 1 : 0));
  add(COUNT, new Int32Array(cells.total), (cell) => count[cell] as number);
  names.forEach((name, k) => {
    const values = sums.values[k] as BinSums['values'][number];
    add(meanName(name), new Float32Array(cells.total), (cell) => (values.sum[cell] as number) / (values.count[cell] as number));
  });
  return planes;
}

function deviation(sum: number, squares: number, count: number): number {
  const mean = sum / count;
  return Math.sqrt(Math.max(0, squares / count - mean * mean));
}

function fillCells<A extends Float32Array | Int32Array | Uint8Array>(
  out: A,
  { counts: [width, height] }: BinCells,
  value: (cell: number) => number,
): A {
  let at = 0;
  for (let row = 0; at < out.length; row++) {
    const plane = Math.floor(row / height);
    const first = (plane * height + (height - 1 - (row % height))) * width;
    for (let i = 0; i < width; i++) out[at++] = value(first + i);
  }
  return out;
}
