import type { Attributes } from '../model/attributes.ts';
import type { DatasetInfo } from '../model/dataset.ts';
import type { Warning } from '../model/warning.ts';
import type { DType } from '../model/dtype.ts';
import type { ErrorRecord } from '../model/data-error.ts';
import type { Cut } from '../model/cut.ts';
import type { BufferInfo, PlaneWindow } from '../model/frames.ts';
import type { OptionSpec } from '../model/option.ts';
import type { Differentiation, TrackSelection } from '../model/track-selection.ts';
import type { Payload } from './payload.ts';

/** Names of datasets opened in a session; never reused. */
export type DatasetId = string;

export interface OptionDescription extends OptionSpec {
  readonly name: string;
}

export interface FormatDescription {
  readonly id: string;
  readonly label: string;
  readonly extensions: readonly string[];
  readonly options: readonly OptionDescription[];
}

export interface ProbeCandidate {
  readonly format: string;
  readonly label: string;
  readonly score: number;
  readonly reason: string;
}

/** Entry of a folder as the project tree shows it. A set (X.set with folder X) is one `dataset` entry. */
export interface ListedEntry {
  readonly name: string;
  readonly path: string;
  readonly kind: 'dataset' | 'folder' | 'file';
  /** Format id, for datasets. */
  readonly format?: string;
  /** Short line such as 'Vectors, 40 buffers'; only what is known without opening. */
  readonly detail?: string;
  readonly content?: 'images' | 'vectors' | 'particles';
  readonly size: number;
}

export interface FolderListing {
  readonly path: string;
  readonly parent?: string;
  readonly entries: readonly ListedEntry[];
  /** Entries of a huge folder that are not listed. */
  readonly leftOut?: number;
}

export interface OpenedDataset {
  readonly id: DatasetId;
  readonly info: DatasetInfo;
  /** Buffer to start at, where a file inside of a set was opened. */
  readonly at?: number;
  /** That file, which can be opened on its own with `format` of a single file. */
  readonly single?: string;
  /** Other datasets among the files of `openBytes`, for `openBeside`. */
  readonly others?: readonly string[];
}

/**
 * Which numbers of a component: raw = as stored; scaled = by slope and offset, u v w with the choice in effect and the sign rule;
 * masked = scaled, NaN where masked, disabled, blank or outside choices 0-5.
 */
export type ValueMode = 'raw' | 'scaled' | 'masked';

/**
 * A component of a frame: a stored name, or a derived one: u v w, mask (MASK or ones), valid (mask and enabled), x y z
 * (coordinates), speed (length of u v w), state (u1: 0 valid, 1 masked, 2 disabled, 3 outside choices, 4 blank or missing).
 * u v w speed state with '@' and a number from 0 to 5 are those of one choice, whatever is stored as active.
 */
export interface FieldRequest {
  readonly component: string;
  readonly mode: ValueMode;
  /** f4 halves what travels; for drawing only. */
  readonly as?: 'f4';
  /** With a window step > 1: 'mean' averages each block (NaN and masked samples left out); absent = the first sample of a block. */
  readonly reduce?: 'mean';
  /** States that are all 0 may come as an empty array: mostly they are, and need not travel. */
  readonly brief?: true;
}

/** A look in passing, for a small picture: what is read does not stay in memory for it and is not taken for what is looked at. */
export interface Glance {
  readonly glance?: true;
}

export interface PlanesRequest extends Glance {
  readonly dataset: DatasetId;
  readonly buffer: number;
  readonly frame: number;
  readonly plane: number;
  /** Present = the volume cut across: `plane` counts along the axis that was exchanged with z, the window is in samples of the cut. */
  readonly cut?: Cut;
  readonly fields: readonly FieldRequest[];
  /** Absent = the whole plane. */
  readonly window?: PlaneWindow;
}

/** One array per requested field, row 0 first, in the order of the request. */
export interface PlanesReply {
  /** The window read, clipped to the plane. */
  readonly window: PlaneWindow;
  /** Samples per row and rows of each array: ceil(window size / step). */
  readonly width: number;
  readonly height: number;
}

export interface StatisticsRequest extends Glance {
  readonly dataset: DatasetId;
  readonly buffer: number;
  readonly frame: number;
  readonly plane: number;
  readonly cut?: Cut;
  readonly component: string;
  readonly mode: ValueMode;
  /** Of all planes of the frame together, of large volumes from samples evenly spread; `plane` and `cut` then mean nothing. */
  readonly whole?: true;
  readonly filter?: SampleFilter;
}

/** Samples whose `component` is above a value are left out. */
export interface SampleFilter {
  readonly component: string;
  readonly above: number;
}

/** Facts of one plane (or the whole volume) over its valid, finite samples; arrays[0] is the histogram (u4 counts over [min, max], equal bins). */
export interface StatisticsReply {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly std: number;
  readonly count: number;
  /** Samples left out: masked or disabled, and not finite. */
  readonly masked: number;
  readonly notFinite: number;
  /** Values at these percents, linear interpolation inside a histogram bin (exact for 8- and 16-bit integers). */
  readonly percentiles: readonly (readonly [percent: number, value: number])[];
}

/** Values of all components at one sample. */
export interface SampleReply {
  readonly x: number;
  readonly y: number;
  readonly state: 'valid' | 'masked' | 'disabled' | 'outside-choices' | 'blank';
  readonly values: readonly { readonly component: string; readonly raw: string; readonly scaled: number; readonly unit: string }[];
}

export interface TableRequest {
  readonly dataset: DatasetId;
  readonly name: string;
  /** For tables that every buffer has of its own. */
  readonly buffer?: number;
  /** First row; 0 where absent. */
  readonly from?: number;
}

/** The head of a table. A column of texts brings them along, one of numbers has `width` of them a row in its array. */
export interface TableReply {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly (
    | { readonly name: string; readonly unit: string; readonly dtype: 'text'; readonly values: readonly string[] }
    | { readonly name: string; readonly unit: string; readonly dtype: DType; readonly width: number }
  )[];
}

/** What belongs to the particles of a pulse. */
export interface StepReply {
  readonly count: number;
  readonly warnings: readonly Warning[];
  /** Of the step, all pulses together. */
  readonly attributes: Attributes;
}

export interface TrackWindow {
  readonly dataset: DatasetId;
  readonly from: number;
  readonly to: number;
}

/** The particles of one pulse of one step as pictures and filters need them. */
export interface LayerRequest {
  readonly dataset: DatasetId;
  readonly step: number;
  readonly pulse: number;
  /** Names of shared/compute/particles/columns. */
  readonly columns: readonly string[];
  readonly differentiation: Differentiation;
  /** Present = only tracks whose number is a multiple of it, and every n-th of the particles without track. */
  readonly every?: number;
}

/** Facts of all tracks, computed in one pass over the set; told in `tableProgress` as 'trackFacts'. */
export interface TrackFactsRequest {
  readonly dataset: DatasetId;
  /** Columns whose mean along each track is wanted; without any (and without `box`) no particle is read. */
  readonly columns: readonly string[];
  readonly box: boolean;
  readonly differentiation: Differentiation;
}

export interface TrackPointsRequest {
  readonly dataset: DatasetId;
  readonly track: number;
  readonly columns: readonly string[];
  readonly differentiation: Differentiation;
}

export interface CacheUsage {
  readonly dataset: DatasetId;
  readonly bytes: number;
  readonly budget: number;
  /** Buffers in memory, as half-open ranges in ascending order. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** An output as the export dialog shows it. */
export interface WriterDescription extends FormatDescription {
  /** Why the dataset that was asked about does not fit. */
  readonly refused?: string;
}

/** Which buffers of a dataset go where, and how. */
export interface ConvertRequest {
  readonly dataset: DatasetId;
  readonly writer: string;
  /** Full path; a file, or the folder or .set of outputs that have several files. */
  readonly target: string;
  /** 'A:B' or 'A:B:S', half-open over the flat navigation; absent = all buffers. */
  readonly range?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Replaces what stands at the target; otherwise `exists`. */
  readonly force?: boolean;
  /** Goes on with what an unfinished job of the same target has left. */
  readonly resume?: boolean;
  /** Of particle sets, whose `range` is one of steps. */
  readonly particles?: ParticleChoice;
}

/** Which particles of a set are written, and what is computed for them. */
export interface ParticleChoice {
  readonly selection?: TrackSelection;
  /** Motion columns that are written as scalars. */
  readonly add?: readonly string[];
  readonly differentiation?: Differentiation;
}

/** What was written, and what the output could not hold, one sentence each. */
export interface ConvertResult {
  readonly target: string;
  readonly buffers: number;
  readonly losses: readonly string[];
}

/** Names of jobs in a session; never reused. */
export type JobId = string;

/** A conversion at work or ended. */
export interface JobState {
  readonly id: JobId;
  /** Title of its dataset, which may be closed meanwhile. */
  readonly title: string;
  readonly request: ConvertRequest;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  /** Buffers written, of so many. */
  readonly done: number;
  readonly total: number;
  readonly result?: ConvertResult;
  readonly error?: ErrorRecord;
}

/** Every call between renderer and host: parameters, then reply. Adding a method here makes both sides fail to compile until served. */
export interface Methods {
  formats: { params: Record<string, never>; reply: { readonly formats: readonly FormatDescription[] } };
  probe: { params: { readonly path: string }; reply: { readonly path: string; readonly candidates: readonly ProbeCandidate[] } };
  list: { params: { readonly path?: string }; reply: FolderListing };
  open: {
    params: { readonly path: string; readonly format?: string; readonly options?: Readonly<Record<string, unknown>> };
    reply: OpenedDataset;
  };
  /** Files dropped on a page that has no paths: names here, bytes in the request's arrays (u1, one per name). `member`, or the first dataset found, opens. */
  openBytes: {
    params: {
      readonly names: readonly string[];
      readonly member?: string;
      readonly format?: string;
      readonly options?: Readonly<Record<string, unknown>>;
    };
    reply: OpenedDataset;
  };
  /** Another of the files that came with an open dataset. */
  openBeside: { params: { readonly dataset: DatasetId; readonly name: string }; reply: OpenedDataset };
  close: { params: { readonly dataset: DatasetId }; reply: Record<string, never> };
  buffer: {
    params: { readonly dataset: DatasetId; readonly buffer: number } & Glance;
    reply: { readonly info: BufferInfo; readonly warnings: readonly Warning[] };
  };
  planes: { params: PlanesRequest; reply: PlanesReply };
  statistics: { params: StatisticsRequest; reply: StatisticsReply };
  sample: {
    params: {
      readonly dataset: DatasetId;
      readonly buffer: number;
      readonly frame: number;
      readonly plane: number;
      readonly x: number;
      readonly y: number;
    };
    reply: SampleReply;
  };
  /**
   * A table of the dataset: `devices` of one buffer, `times` of all buffers from row `from` on. arrays: the columns of numbers, in order.
   * Long ones tell how far they are in `tableProgress`.
   */
  table: { params: TableRequest; reply: TableReply };
  /** Looks now whether the dataset has grown; `changed` tells it as always. For drives that tell nothing of themselves. */
  refresh: { params: { readonly dataset: DatasetId }; reply: { readonly changed: boolean } };
  /** Replaces the dataset's plan of buffers to have in memory soon, most wanted first; [] stops prefetching. */
  prefetch: { params: { readonly dataset: DatasetId; readonly buffers: readonly number[] }; reply: Record<string, never> };
  /** One pulse of one step. arrays: xyz, intensity (f4), track numbers (u4), then the scalars of the dataset (f4); as in ParticleSet. */
  step: { params: { readonly dataset: DatasetId; readonly step: number; readonly pulse: number }; reply: StepReply };
  /** Tracks from ... to - 1. arrays: first, start steps (u4), start pulses (u1), xyz, intensity, scalars (f4); as in TrackSet. */
  tracks: { params: TrackWindow; reply: { readonly from: number } };
  /** The track table from ... to - 1. arrays: start steps (u4), start pulses (u1), lengths (u4). */
  trackTable: { params: TrackWindow; reply: { readonly from: number } };
  /**
   * arrays: stored xyz (f4), track numbers (u4), index of the same track's particle in the next pulse's layer of the same `every` (u4, NO_TRACK =
   * none), then the columns as scaled values (f4, NaN where a particle has none). Ascending track numbers, particles without track last.
   */
  layer: { params: LayerRequest; reply: { readonly count: number; readonly total: number } };
  /** arrays: start steps (u4), start pulses (u1), lengths (u4), boxes where asked for (f4, low xyz then high xyz, scaled), then the means (f4). */
  trackFacts: { params: TrackFactsRequest; reply: { readonly tracks: number; readonly warnings: readonly Warning[] } };
  /** arrays: steps (u4), pulses (u1), times in seconds (f8), then the columns as scaled values (f8); a gap is NaN. */
  trackPoints: { params: TrackPointsRequest; reply: { readonly points: number } };
  usage: { params: Record<string, never>; reply: { readonly datasets: readonly CacheUsage[]; readonly budget: number } };
  /** All outputs; for a dataset (and a range of it) with the reasons of those that do not take it. */
  writers: { params: { readonly dataset?: DatasetId; readonly range?: string }; reply: { readonly writers: readonly WriterDescription[] } };
  /** Starts a job; what is wrong with the request, or in its way at the target, is told at once. */
  convert: { params: ConvertRequest; reply: JobState };
  /** What the output would not hold, found out by writing the first buffer of the range to a temporary place. */
  convertLosses: { params: Omit<ConvertRequest, 'force' | 'resume'>; reply: { readonly losses: readonly string[] } };
  /** Ends the reading of a buffer for all who wait for it. */
  cancelBuffer: { params: { readonly dataset: DatasetId; readonly buffer: number }; reply: Record<string, never> };
  cancelJob: { params: { readonly job: JobId }; reply: Record<string, never> };
  /** The jobs at work and the last ones that ended, oldest first. */
  jobs: { params: Record<string, never>; reply: { readonly jobs: readonly JobState[] } };
}

export type Method = keyof Methods;
export type Params<M extends Method> = Methods[M]['params'];
export type Reply<M extends Method> = Methods[M]['reply'];

interface Progress {
  readonly done: number;
  readonly total: number;
}

/** What the host tells unasked. */
export interface Events {
  cache: CacheUsage;
  /** A dataset whose worker ended unexpectedly: the session reopens it; `error` says what happened. */
  restarted: { readonly dataset: DatasetId; readonly error: ErrorRecord };
  /** More buffers are there, or some were written again (`rewritten`): what is known of those is out of date. */
  changed: { readonly dataset: DatasetId; readonly info: DatasetInfo; readonly rewritten: readonly number[] };
  /** How many rows of a table are read. */
  tableProgress: Progress & { readonly dataset: DatasetId; readonly name: string };
  /** How far a buffer is that is computed before it can be read, once that takes a while; `ended` is true with the last of these. */
  bufferWork: Progress & { readonly dataset: DatasetId; readonly buffer: number; readonly ended: boolean };
  /** A job has come further, or ended. */
  job: JobState;
}

export type EventName = keyof Events;

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Arrays of the request (openBytes). */
  readonly arrays?: Payload['arrays'];
}

/** The one way to a host: over a message port, over HTTP, or directly. Rejects with DataError; `aborted` when the signal fires. */
export interface Transport {
  call<M extends Method>(method: M, params: Params<M>, options?: CallOptions): Promise<Payload<Reply<M>>>;
  on<E extends EventName>(event: E, listener: (value: Events[E]) => void): () => void;
  close(): void;
}

/** The served side: one handler per method; a forgotten one does not compile. */
export type Handlers = {
  readonly [M in Method]: (
    params: Params<M>,
    call: { readonly signal: AbortSignal; readonly arrays: Payload['arrays'] },
  ) => Promise<Payload<Reply<M>>>;
};
