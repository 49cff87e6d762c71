import type { ErrorRecord } from '../model/data-error.ts';
import type { DatasetInfo } from '../model/dataset.ts';
import type { BufferInfo } from '../model/frames.ts';
import type { Warning } from '../model/warning.ts';
import type { ConvertRequest, JobId, JobState, WriterDescription } from './conversions.ts';
import type { FolderListing, FormatDescription, ProbeCandidate } from './listing.ts';
import type { CacheUsage, DatasetId, OpenedDataset } from './opened.ts';
import type { LayerRequest, StepReply, TrackFactsRequest, TrackPointsRequest, TrackWindow } from './particles.ts';
import type { Payload } from './payload.ts';
import type { Glance, PlanesReply, PlanesRequest, SampleReply, StatisticsReply, StatisticsRequest } from './planes.ts';
import type { TableReply, TableRequest } from './tables.ts';

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
