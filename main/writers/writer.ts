import type { ChildRef, FrameDataset, FrameDatasetInfo } from '../../shared/model/dataset.ts';
import type { OptionSpec, OptionValues } from '../../shared/model/option.ts';

/**
 * One conversion: every buffer of `dataset`, in its order. Ranges, expressions and collected files are wrappers of the dataset
 * (main/host/chain), so that a writer never selects.
 */
export interface WriteJob {
  readonly dataset: FrameDataset;
  /** File or folder that appears whole at the end, or not at all. */
  readonly target: string;
  readonly options: OptionValues;
  /** Sources, and what was chosen and computed of them, in one text: unfinished work of another origin is never gone on with. */
  readonly origin?: string | undefined;
  /** Replaces what stands at the target; otherwise `exists`. */
  readonly force: boolean;
  /** Goes on with the unfinished work of an earlier job of the same target, where the writer `resumes`. */
  readonly resume: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Opens a dataset inside of this one (member of a multi-set), for writers that keep them; the writer closes it. */
  readonly openChild?: ((child: ChildRef) => Promise<FrameDataset>) | undefined;
  /** After every buffer. */
  readonly progress?: (done: number, total: number) => void;
}

export interface WriteResult {
  readonly target: string;
  readonly buffers: number;
  /** What the output cannot hold, one sentence each, without repetitions: 'MASK: PNG has no masks.' */
  readonly losses: readonly string[];
}

/** An output format for whole datasets. Adding one is one file or folder here and one line in the registry. */
export interface Writer {
  readonly id: string;
  readonly label: string;
  /** Lower case, without dots; [] where the target is a folder without extension. */
  readonly extensions: readonly string[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** True where such an output keeps finished buffers for `resume`; absent where it is always begun anew. */
  resumes?(job: Pick<WriteJob, 'target' | 'options'>): boolean;
  /** True, or in one sentence why datasets like this do not fit. */
  accepts(info: FrameDatasetInfo): true | string;
  write(job: WriteJob): Promise<WriteResult>;
}
