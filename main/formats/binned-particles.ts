import { planColumns, type ColumnPlan, type StoredPlan } from '../../shared/compute/particles/column-plan.ts';
import { scalarNames } from '../../shared/compute/particles/columns.ts';
import { axisFactors, axisUnits } from '../../shared/compute/particles/length-units.ts';
import { differentiationText } from '../../shared/compute/particles/differentiation.ts';
import { layerColumns } from '../../shared/compute/particles/layer-columns.ts';
import { motionTimes } from '../../shared/compute/particles/motion-times.ts';
import { readableSet, recentSets, setOrDamage } from '../../shared/compute/particles/recent-sets.ts';
import { leftOut, readTrackFacts } from '../../shared/compute/particles/track-facts.ts';
import { neededFacts, passingTracks } from '../../shared/compute/particles/track-selection.ts';
import { reachOf } from '../../shared/compute/particles/stencil.ts';
import { takeWindow } from '../../shared/compute/plane-window.ts';
import { DataError, isDataError, throwIfAborted } from '../../shared/model/data-error.ts';
import type {
  FrameBuffer,
  FrameDataset,
  FrameDatasetInfo,
  LongReadOptions,
  ParticleDataset,
  ReadOptions,
} from '../../shared/model/dataset.ts';
import type { Warning } from '../../shared/model/warning.ts';
import type { TypedArray } from '../../shared/model/dtype.ts';
import type { BufferInfo, FrameInfo } from '../../shared/model/frames.ts';
import type { ParticleSet } from '../../shared/model/particles.ts';
import { unitScale } from '../../shared/model/scale.ts';
import type { Differentiation, TrackSelection } from '../../shared/model/track-selection.ts';
import { binCells, type BinCells } from './bin-cells.ts';
import { binnedFrame, binnedPlanes } from './binned-frame.ts';
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
 * of the scalars. A set without tracks has no velocity: its frame is a picture of the number of particles, with the means. A buffer is one
 * pass over its steps, after one over all steps where tracks are selected by more than start and length. Closing it closes the particles.
 */
export function binnedParticles(dataset: ParticleDataset, options: BinOptions): FrameDataset {
  const { info } = dataset;
  const { minCount = 1, differentiation, selection } = options;
  const hasVelocity = info.tracks > 0;
  const cells = binCells(info, options.bin);
  const perBuffer = options.steps ?? Math.max(1, info.steps);
  if (perBuffer < 1)
    throw new DataError('invalid-option', `bin_steps must be 1 or more, got ${perBuffer}.`, { path: info.path, field: 'bin_steps' });
  if (minCount < 1)
    throw new DataError('invalid-option', `min_count must be 1 or more, got ${minCount}.`, { path: info.path, field: 'min_count' });
  // Cells hold vectors, whose parts have one unit.
  if (hasVelocity && !axisFactors(info.scales))
    throw new DataError('unsupported', `${info.title} cannot be put into cells: ${axisUnits(info.scales)}, which have no common unit.`, {
      path: info.path,
      field: 'bin',
    });
  const names = ['intensity', ...scalarNames(info.scalars)];
  const bytes = cells.total * (sumBytes(names.length, hasVelocity) + 4 * ((hasVelocity ? 8 : 2) + names.length));
  if (bytes > MAX_BYTES) {
    throw new DataError('too-large', `${cells.counts.join(' x ')} cells need ${bytes} bytes; at most ${MAX_BYTES} are used.`, {
      path: info.path,
      field: 'bin',
      hint: 'Take fewer cells.',
    });
  }
  const averaged = planColumns(info, names) as readonly Averaged[];
  const frame = {
    ...binnedFrame(info, cells, names, averaged),
    attributes: hasVelocity ? { _StreaklineDifferentiation: differentiationText(differentiation) } : {},
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
      const { sums, warnings } = await collect(index * perBuffer, Math.min(info.steps, (index + 1) * perBuffer), how);
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
      return binnedBuffer(facts, frame, cells, binnedPlanes(sums, cells, minCount, names), [...warnings, ...outside]);
    },
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}

type Collect = (
  from: number,
  to: number,
  options: LongReadOptions,
) => Promise<{ readonly sums: BinSums; readonly warnings: readonly Warning[] }>;

/** Adds up the steps from ... to - 1; damaged ones are left out, with a warning. Neighbours in time beyond them have a say in velocities. */
function collector(
  dataset: ParticleDataset,
  cells: BinCells,
  averaged: readonly Averaged[],
  { differentiation, selection }: BinOptions,
): Collect {
  const { info } = dataset;
  const velocity = (info.tracks > 0 ? (['u', 'v', 'w'] as const) : []).map((name): ColumnPlan => ({ from: 'motion', name }));
  const axes = planColumns(info, ['x', 'y', 'z']) as readonly StoredPlan[];
  let passing: { readonly mask: Uint8Array; readonly warnings: readonly Warning[] } | undefined;
  const passingNow = async (options: LongReadOptions): Promise<typeof passing> => {
    if (!selection) return undefined;
    if (passing) return passing;
    const facts = await readTrackFacts(dataset, { ...neededFacts(selection), differentiation }, options);
    passing = { mask: passingTracks(facts, selection).mask, warnings: facts.warnings };
    return passing;
  };
  return async (from, to, options) => {
    const snapshots = (to - from) * info.pulses;
    let before = 0;
    const chosen = await passingNow({
      ...options,
      progress: (done, total) => {
        before = total;
        options.progress?.(done, total + snapshots);
      },
    });
    const work = { cells, axes, averaged, passing: chosen?.mask };
    const recent = recentSets(dataset, 2 * reachOf(differentiation, false) + 2);
    const neighbour = (s: number, how: ReadOptions): Promise<ParticleSet | undefined> => readableSet(recent(s, how));
    const lengths = async (): Promise<Float32Array> => new Float32Array(0);
    const columns = layerColumns({ info, times: await motionTimes(dataset, options), neighbour, lengths }, velocity, differentiation);
    const sums = emptySums(cells.total, averaged.length, info.tracks > 0);
    const damages: DataError[] = [];
    for (let done = 0; done < snapshots; done++) {
      throwIfAborted(options.signal);
      const s = from * info.pulses + done;
      const set = await setOrDamage(recent(s, options));
      if (isDataError(set)) damages.push(set);
      else addParticles(sums, work, set, await columns(s, set, options));
      options.progress?.(before + done + 1, before + snapshots);
    }
    const [first] = damages;
    // Nothing at all is no result.
    if (first && damages.length === snapshots) throw first;
    const left = first ? [leftOut('Cells', damages.length, snapshots, first)] : [];
    return { sums, warnings: [...(chosen?.warnings ?? []), ...left] };
  };
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
    summary: `<${info.tracks > 0 ? 'Velocity' : 'Particles'} of '${title}' in ${cells} cells, ${o.buffers} buffer${o.buffers === 1 ? '' : 's'}>`,
    attributes,
    tables: [],
    children: [],
    nav: [{ name: 'buffer', size: o.buffers, scale: unitScale('') }],
    uniform: true,
    rawDtype: info.tracks > 0 ? '<f4' : '<i4',
    guessed: [],
    missing: [],
    diagnostics: [
      { name: 'cells', value: cells },
      { name: 'steps per buffer', value: String(o.perBuffer) },
      { name: 'least particles', value: String(o.minCount) },
    ],
  };
}
