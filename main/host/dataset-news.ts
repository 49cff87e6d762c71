import type { Events } from '../../shared/contract/methods.ts';

/** What an open dataset tells unasked, wherever it runs. */
export interface DatasetNews {
  readonly onUsage: () => void;
  readonly onChanged: (change: Omit<Events['changed'], 'dataset'>) => void;
  readonly onBufferWork: (work: Omit<Events['bufferWork'], 'dataset'>) => void;
  readonly onTableProgress: (progress: Omit<Events['tableProgress'], 'dataset'>) => void;
}
