import type { ConvertRequest } from '../../shared/contract/conversions.ts';

/** What a conversion is asked for, without the dataset. */
export type WriteRequest = Omit<ConvertRequest, 'dataset'>;
export type TrialRequest = Omit<WriteRequest, 'force' | 'resume'>;

export interface WriteWork {
  /** Folder that is never left. */
  readonly root?: string | undefined;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}
