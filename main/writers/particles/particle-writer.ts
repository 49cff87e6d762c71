import type { ParticleDataset, ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import type { OptionSpec, OptionValues } from '../../../shared/model/option.ts';
import type { WriteResult } from '../writer.ts';

/**
 * One conversion of particles: every step of `dataset`. Ranges of steps, filtered tracks and added scalars are wrappers of the dataset
 * (main/host/chain), so that a writer never selects.
 */
export interface ParticleWriteJob {
  readonly dataset: ParticleDataset;
  /** File or folder that appears whole at the end, or not at all. */
  readonly target: string;
  readonly options: OptionValues;
  /** Replaces what stands at the target; otherwise `exists`. */
  readonly force: boolean;
  readonly signal?: AbortSignal | undefined;
  /** After every step. */
  readonly progress?: (done: number, total: number) => void;
}

/** An output format for particles and tracks. Adding one is one file or folder here and one line in the registry; `buffers` of the result are steps. */
export interface ParticleWriter {
  readonly id: string;
  readonly label: string;
  /** Lower case, without dots; the first one is proposed. */
  readonly extensions: readonly string[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** True, or in one sentence why datasets like this do not fit. */
  accepts(info: ParticleDatasetInfo): true | string;
  write(job: ParticleWriteJob): Promise<WriteResult>;
}
