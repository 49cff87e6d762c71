import type { ErrorRecord } from '../model/data-error.ts';
import type { Differentiation, TrackSelection } from '../model/track-selection.ts';
import type { FormatDescription } from './listing.ts';
import type { DatasetId } from './opened.ts';

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
