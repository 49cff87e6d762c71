import type { Attributes } from './attributes.ts';
import type { DType } from './dtype.ts';
import type { BufferInfo, Plane, PlaneRef } from './frames.ts';
import type { ParticleInstants, ParticleSet, ParticleTimes, TrackSet, TrackTable } from './particles.ts';
import type { FrameScales, Scale } from './scale.ts';
import type { Warning } from './warning.ts';

/** A table of a dataset; its content is a Table (shared/model/table). */
export interface TableInfo {
  readonly name: string;
  /** Absent where only the content tells, and where every buffer has a table of its own. */
  readonly rows?: number;
  readonly columns: readonly { readonly name: string; readonly dtype: DType | 'text'; readonly unit: string }[];
}

/** A dataset inside this one (member of a multi-set, data set of an HDF5 file); opened on its own by `path` and `options`. */
export interface ChildRef {
  readonly title: string;
  readonly path: string;
  readonly format: string;
  /** Reader options that choose it, where several lie in one file. */
  readonly options?: Readonly<Record<string, string>>;
}

/** A navigation axis. `values` only where the positions are not linear (omega, time). */
export interface Axis {
  readonly name: string;
  readonly size: number;
  readonly scale: Scale;
  readonly values?: readonly number[];
}

/** Frame count and shapes of an image stack with the four numbers of its frame order (shared/model/frame-order). */
export interface StackShape {
  readonly nav: readonly number[];
  readonly sig: readonly number[];
  readonly imageCount: number;
  readonly syncOffset: number;
  readonly skippedStart: number;
  readonly ignoredEnd: number;
  readonly insertedStart: number;
  readonly insertedEnd: number;
}

interface DatasetBase {
  readonly format: string;
  readonly title: string;
  readonly path: string;
  /** One line for people, in the words of the format's own tools where they exist: `<Image set 'T' with 3 buffers>`. */
  readonly summary: string;
  readonly attributes: Attributes;
  readonly warnings: readonly Warning[];
  readonly tables: readonly TableInfo[];
  readonly children: readonly ChildRef[];
}

export interface FrameDatasetInfo extends DatasetBase {
  readonly kind: 'frames';
  /** Slowest first; at least one. The number of buffers is the product of the sizes. */
  readonly nav: readonly Axis[];
  /** True where all buffers are known to have the same frames; false where buffers may differ (sets). */
  readonly uniform: boolean;
  /** Sample type on disk with byte order, such as '<u2'; empty where only an opened buffer tells. */
  readonly rawDtype: string;
  readonly shape?: StackShape;
  /** Options whose values were guessed, not read. */
  readonly guessed: readonly string[];
  readonly diagnostics: readonly { readonly name: string; readonly value: string }[];
  readonly typeId?: string;
  readonly isMultiset?: boolean;
  /** 1 where the format's own users count buffers from 1 (DaVis), else 0. Display only. */
  readonly firstNumber: 0 | 1;
  /** True where more buffers may come while it is open. */
  readonly mayGrow?: boolean;
  /** Flat indices without data, as half-open ranges in ascending order. */
  readonly missing: readonly (readonly [from: number, to: number])[];
}

export interface ParticleDatasetInfo extends DatasetBase {
  readonly kind: 'particles';
  readonly typeId: string;
  readonly steps: number;
  /** Instants of one step: 1, 2 or 4. */
  readonly pulses: number;
  /** 0 where particles were only found, not followed. */
  readonly tracks: number;
  /** Of all steps and pulses together. */
  readonly particles: number;
  /** Absolute time of the first pulse in seconds, as stored. */
  readonly startTime: number;
  readonly scales: FrameScales;
  /** Smallest x, y, z, then largest x, y, z; stored numbers. */
  readonly bounds: readonly number[];
  /** A second box of DaVis sets, whose meaning is not known; absent where it is the empty one that sets have. Only written again. */
  readonly secondBox?: readonly number[];
  readonly scalars: readonly { readonly name: string; readonly scale: Scale }[];
  /** 1 where the format's own users count steps from 1 (DaVis), else 0. Display only. */
  readonly firstNumber: 0 | 1;
}

export type DatasetInfo = FrameDatasetInfo | ParticleDatasetInfo;

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Of reading that may take long. */
export interface LongReadOptions extends ReadOptions {
  /** After every part of the work. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

/** One buffer, opened: its facts and access to its stored planes. */
export interface FrameBuffer {
  readonly info: BufferInfo;
  readonly warnings: readonly Warning[];
  /** Bytes of memory that this object holds; what the cache counts. */
  readonly bytes: number;
  /** The plane (or its window) as stored; `out-of-range` names the bad index. The data belong to the buffer: read only. */
  plane(ref: PlaneRef, options?: ReadOptions): Promise<Plane>;
}

/** A buffer without its planes. */
export type BufferFacts = Pick<FrameBuffer, 'info' | 'warnings'>;

/** How a dataset that another program still writes is kept up to date. */
export interface Growth {
  /** The folder or file whose changes mean that there may be more. */
  readonly path: string;
  /** Looks again and replaces `info` where something changed. */
  refresh(options?: ReadOptions): Promise<GrowthChange>;
}

export interface GrowthChange {
  /** True where `info` is a new one. */
  readonly changed: boolean;
  /** Buffers whose content is another one than before: what is known of them is out of date. */
  readonly rewritten: readonly number[];
  /** True where something is being written now: worth looking again soon. */
  readonly pending: boolean;
}

/**
 * Frames by flat navigation index (C order, last axis fastest). Opening reads no buffer; `buffer` reads one and nothing else.
 * Errors are DataErrors of that buffer alone.
 */
export interface FrameDataset extends AsyncDisposable {
  /** Replaced as a whole when the dataset grows (see `growth`), constant otherwise. */
  readonly info: FrameDatasetInfo;
  /** Opens one buffer: `out-of-range`, or the DataError of the damaged or missing file. Where it is computed first, that tells its progress. */
  buffer(index: number, options?: LongReadOptions): Promise<FrameBuffer>;
  /** What `buffer` would tell, without decoding samples; present where that is cheaper. */
  facts?(index: number, options?: ReadOptions): Promise<BufferFacts>;
  /** Present where buffers may be added or rewritten while the dataset is open. */
  readonly growth?: Growth;
  /** Neighbouring buffers that are decoded together (1 where absent). */
  readonly group?: number;
}

/**
 * Particles by step and pulse, and the tracks that they make up. Opening reads no particle; every call reads what it needs and keeps nothing.
 * Errors are DataErrors of that step or track alone.
 */
export interface ParticleDataset extends AsyncDisposable {
  readonly info: ParticleDatasetInfo;
  times(options?: ReadOptions): Promise<ParticleTimes>;
  /** Seconds since the first pulse of the same step, [step, pulse], exact where stored times are too large for that; of sets with several pulses a step. */
  delays?(options?: ReadOptions): Promise<ParticleTimes>;
  /** Absolute times as stored, present where that is more exact than `times`. */
  instants?(options?: ReadOptions): Promise<ParticleInstants>;
  /** Particles of every pulse, [step, pulse], as the index of the dataset has them. */
  counts(options?: ReadOptions): Promise<Uint32Array>;
  /** `out-of-range` names the bad index. */
  step(step: number, pulse: number, options?: ReadOptions): Promise<ParticleSet>;
  stepAttributes(step: number, options?: ReadOptions): Promise<Attributes>;
  /** The tracks from ... to - 1 in one pass over the steps that they cross; `too-large` where their points would not fit into memory. */
  tracks(from: number, to: number, options?: ReadOptions): Promise<TrackSet>;
  /** One track, for about as many small reads as it has points. */
  track(id: number, options?: ReadOptions): Promise<TrackSet>;
  /** Looks through the records of all tracks: what opening did not tell of them. A track whose record leaves the set has no points. */
  checkTracks(options?: ReadOptions): Promise<readonly Warning[]>;
  trackTable(from: number, to: number, options?: ReadOptions): Promise<TrackTable>;
}

export type Dataset = FrameDataset | ParticleDataset;

export function isFrameDataset(dataset: Dataset): dataset is FrameDataset {
  return dataset.info.kind === 'frames';
}

/** Number of buffers: product of the navigation sizes. */
export function bufferCount(info: FrameDatasetInfo): number {
  return info.nav.reduce((product, axis) => product * axis.size, 1);
}
