import { planColumns, type ColumnPlan, type StoredPlan } from '../../shared/compute/particles/column-plan.ts';
import { motionUnit, scalarNames } from '../../shared/compute/particles/columns.ts';
import { axisFactors, axisUnits } from '../../shared/compute/particles/length-units.ts';
import { differentiationText } from '../../shared/compute/particles/differentiation.ts';
import { layerColumns } from '../../shared/compute/particles/layer-columns.ts';
import { motionTimes } from '../../shared/compute/particles/motion-times.ts';
import { recentSets } from '../../shared/compute/particles/recent-sets.ts';
import { readTrackFacts } from '../../shared/compute/particles/track-facts.ts';
import { neededFacts, passingTracks } from '../../shared/compute/particles/track-selection.ts';
import { reachOf } from '../../shared/compute/particles/stencil.ts';
import { takeWindow } from '../../shared/compute/plane-window.ts';
import { DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import type { FrameBuffer, FrameDataset, FrameDatasetInfo, ParticleDataset, ReadOptions } from '../../shared/model/dataset.ts';
import type { Warning } from '../../shared/model/warning.ts';
import type { TypedArray } from '../../shared/model/dtype.ts';
import type { BufferInfo, ComponentInfo, FrameInfo } from '../../shared/model/frames.ts';
import { unitScale, type Scale } from '../../shared/model/scale.ts';
import type { Differentiation, TrackSelection } from '../../shared/model/track-selection.ts';
import { binCells, type BinCells } from './bin-cells.ts';
import { addParticles, emptySums, sumBytes, type Averaged, type BinSums } from './bin-sums.ts';

export interface BinOptions {
  /** Cells along x, y, z. */
  readonly bin: readonly number[];
  /** Steps that make up a buffer; absent = all of them. */
  readonly steps?: number | undefined;
  /** Particles that a cell needs to count. */
  readonly minCount?: number | undefined;
  readonly differentiation: Differentiation;
  /** Absent = all tracks count. */
  readonly selection?: TrackSelection | undefined;
}

const MAX_BYTES = 1 << 30;

/**
 * Mean velocity of the particles on tracks in equal cells, as vectors: one frame, planes along z. Row 0 has the largest y, as in vector sets
 * of DaVis, so that the slope of y is negative and V is stored with the other sign. MASK = at least `minCount` particles; cells without a
 * particle are NaN. Scalars: number of particles, RMS of u, v, w (root of the mean square deviation from the mean), mean intensity and means
 * of the scalars. A buffer is one pass over its steps, after one over all steps where tracks are selected by more than start and length.
 * Closing it closes the particles.
 */
export function binnedParticles(dataset: ParticleDataset, options: BinOptions): FrameDataset {
  const { info } = dataset;
  const { minCount = 1, differentiation, selection } = options;
  if (info.tracks === 0)
    throw new DataError('unsupported', `${info.title} has no tracks, so its particles have no velocity to put into cells.`, {
      path: info.path,
      field: 'bin',
    });
  const cells = binCells(info, options.bin);
  const perBuffer = options.steps ?? Math.max(1, info.steps);
  if (perBuffer < 1)
    throw new DataError('invalid-option', `bin_steps must be 1 or more, got ${perBuffer}.`, { path: info.path, field: 'bin_steps' });
  if (minCount < 1)
    throw new DataError('invalid-option', `min_count must be 1 or more, got ${minCount}.`, { path: info.path, field: 'min_count' });
  // Cells hold vectors, whose parts have one unit.
  if (!axisFactors(info.scales))
    throw new DataError('unsupported', `${info.title} cannot be put into cells: ${axisUnits(info.scales)}, which have no common unit.`, {
      path: info.path,
      field: 'bin',
    });
  const names = ['intensity', ...scalarNames(info.scalars)];
  const bytes = cells.total * (sumBytes(names.length) + 4 * (8 + names.length));
  if (bytes > MAX_BYTES) {
    throw new DataError('too-large', `${cells.counts.join(' x ')} cells need ${bytes} bytes; at most ${MAX_BYTES} are used.`, {
      path: info.path,
      field: 'bin',
      hint: 'Take fewer cells.',
    });
  }
  const averaged = planColumns(info, names) as readonly Averaged[];
  const frame = {
    ...binnedFrame(dataset, cells, names, averaged),
    attributes: { _StreaklineDifferentiation: differentiationText(differentiation) },
  };
  const buffers = Math.ceil(info.steps / perBuffer);
  const factsAt = async (index: number, how: ReadOptions): Promise<BufferInfo> => {
    if (!(Number.isInteger(index) && index >= 0 && index < buffers)) {
      throw new DataError(
        'out-of-range',
        `There is no buffer ${index}: ${info.title} has ${buffers}${buffers > 0 ? ` (0 to ${buffers - 1})` : ''}.`,
        { path: info.path, field: 'buffer' },
      );
    }
    const [from, to] = [index * perBuffer, Math.min(info.steps, (index + 1) * perBuffer)];
    const seconds = (await dataset.times(how))[from * info.pulses] ?? Number.NaN;
    return {
      index,
      state: 'present',
      name: from + 1 === to ? `step ${from}` : `steps ${from} to ${to - 1}`,
      time: { seconds, source: 'times' },
      frames: [frame],
      attributes: {},
    };
  };
  if (selection)
    planColumns(
      info,
      selection.filters.map(({ column }) => column),
    );
  const collect = collector(dataset, cells, averaged, options);
  return {
    info: binnedInfo(dataset, cells, { buffers, perBuffer, minCount }),
    facts: async (index, how = {}) => ({ info: await factsAt(index, how), warnings: [] }),
    buffer: async (index, how = {}) => {
      const facts = await factsAt(index, how);
      const sums = await collect(index * perBuffer, Math.min(info.steps, (index + 1) * perBuffer), how);
      const outside: readonly Warning[] =
        sums.outside === 0
          ? []
          : [
              {
                code: 'out-of-bounds',
                message: `${sums.outside} particles lie outside of the bounds of the set and are in no cell.`,
                path: info.path,
              },
            ];
      return binnedBuffer(facts, frame, cells, binnedPlanes(sums, cells, minCount, names), outside);
    },
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}

type Collect = (from: number, to: number, options: ReadOptions) => Promise<BinSums>;

/** Adds up the steps from ... to - 1. Neighbours in time beyond them have a say in velocities. */
function collector(
  dataset: ParticleDataset,
  cells: BinCells,
  averaged: readonly Averaged[],
  { differentiation, selection }: BinOptions,
): Collect {
  const { info } = dataset;
  const velocity = (['u', 'v', 'w'] as const).map((name): ColumnPlan => ({ from: 'motion', name }));
  const axes = planColumns(info, ['x', 'y', 'z']) as readonly StoredPlan[];
  let mask: Uint8Array | undefined;
  const passingNow = async (options: ReadOptions): Promise<Uint8Array | undefined> => {
    if (selection)
      mask ??= passingTracks(await readTrackFacts(dataset, { ...neededFacts(selection), differentiation }, options), selection).mask;
    return mask;
  };
  return async (from, to, options) => {
    const work = { cells, axes, averaged, passing: await passingNow(options) };
    const recent = recentSets(dataset, 2 * reachOf(differentiation, false) + 2);
    const lengths = async (): Promise<Float32Array> => new Float32Array(0);
    const columns = layerColumns(
      { info, times: await motionTimes(dataset, options), neighbour: recent, lengths },
      velocity,
      differentiation,
    );
    const sums = emptySums(cells.total, averaged.length);
    for (let s = from * info.pulses; s < to * info.pulses; s++) {
      throwIfAborted(options.signal);
      const set = await recent(s, options);
      addParticles(sums, work, set, await columns(s, set, options));
    }
    return sums;
  };
}

const RMS = ['TS:RMS u', 'TS:RMS v', 'TS:RMS w'];
const COUNT = 'TS:Count';

function meanName(name: string): string {
  return `TS:Mean ${name}`;
}

function binnedFrame(
  { info }: ParticleDataset,
  { counts: [width, height, planes], low, size }: BinCells,
  names: readonly string[],
  averaged: readonly Averaged[],
): FrameInfo {
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
    kind: 'vector',
    shape: [height, width],
    planes,
    grid: [1, 1, 1],
    choices: 1,
    dimensions: 3,
    attributes: {},
    scales: {
      x: { slope: size[0], offset: low[0] + size[0] / 2, unit: length, description: 'x' },
      y: { slope: -size[1], offset: low[1] + size[1] * (height - 0.5), unit: info.scales.y.unit, description: 'y' },
      z: { slope: size[2], offset: low[2] + size[2] / 2, unit: info.scales.z.unit, description: 'z' },
      i: speed,
    },
    components: [
      ...['U0', 'V0', 'W0'].map((name) => component(name, 'velocity', speed)),
      component('MASK', 'mask', unitScale('Valid', 'Mask'), 'u1'),
      component(COUNT, 'scalar', unitScale('', 'particles'), 'i4'),
      ...RMS.map((name) => component(name, 'scalar', unitScale(speed.unit, name.slice(3)))),
      ...names.map((name, k) =>
        component(meanName(name), 'scalar', unitScale(averaged[k]?.scale.unit ?? '', averaged[k]?.scale.description ?? '')),
      ),
    ],
  };
}

/** All planes of every component, [z, y, x] with the rows of y turned round. */
function binnedPlanes(sums: BinSums, cells: BinCells, minCount: number, names: readonly string[]): ReadonlyMap<string, TypedArray> {
  const { count } = sums;
  const planes = new Map<string, TypedArray>();
  const add = (name: string, out: Float32Array | Int32Array | Uint8Array, value: (cell: number) => number): void => {
    planes.set(name, fillCells(out, cells, value));
  };
  ['U0', 'V0', 'W0'].forEach((name, k) => {
    const [sum, squares, sign] = [sums.velocity[k] as Float64Array, sums.squares[k] as Float64Array, k === 1 ? -1 : 1];
    add(name, new Float32Array(cells.total), (cell) => (sign * (sum[cell] as number)) / (count[cell] as number));
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

function binnedBuffer(
  info: BufferInfo,
  frame: FrameInfo,
  { total }: BinCells,
  planes: ReadonlyMap<string, TypedArray>,
  warnings: readonly Warning[],
): FrameBuffer {
  const samples = total / frame.planes;
  return {
    info,
    warnings,
    bytes: [...planes.values()].reduce((sum, data) => sum + data.byteLength, 0),
    plane: async (ref, options = {}) => {
      throwIfAborted(options.signal);
      const component = frame.components.find(({ name }) => name === ref.component);
      const data = planes.get(ref.component);
      if (!component || !data)
        throw new DataError('out-of-range', `There is no component '${ref.component}': stored are ${[...planes.keys()].join(', ')}.`, {
          field: 'component',
        });
      if (ref.frame !== 0) throw new DataError('out-of-range', `There is no frame ${ref.frame}: the buffer has 1.`, { field: 'frame' });
      if (!Number.isInteger(ref.plane) || ref.plane < 0 || ref.plane >= frame.planes) {
        throw new DataError('out-of-range', `There is no plane ${ref.plane}: the frame has ${frame.planes} (0 to ${frame.planes - 1}).`, {
          field: 'plane',
        });
      }
      return takeWindow(component.dtype, data.subarray(samples * ref.plane, samples * (ref.plane + 1)), frame.shape, ref.window);
    },
  };
}

function binnedInfo(
  { info }: ParticleDataset,
  { counts }: BinCells,
  o: { readonly buffers: number; readonly perBuffer: number; readonly minCount: number },
): FrameDatasetInfo {
  const { format, title, path, attributes, warnings, firstNumber } = info;
  const cells = counts.join(' x ');
  return {
    kind: 'frames',
    format,
    title,
    path,
    warnings,
    firstNumber,
    summary: `<Velocity of '${title}' in ${cells} cells, ${o.buffers} buffer${o.buffers === 1 ? '' : 's'}>`,
    attributes,
    tables: [],
    children: [],
    nav: [{ name: 'buffer', size: o.buffers, scale: unitScale('') }],
    uniform: true,
    rawDtype: '<f4',
    guessed: [],
    missing: [],
    diagnostics: [
      { name: 'cells', value: cells },
      { name: 'steps per buffer', value: String(o.perBuffer) },
      { name: 'least particles', value: String(o.minCount) },
    ],
  };
}
