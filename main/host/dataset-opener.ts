import type { OpenedDataset } from '../../shared/contract/opened.ts';
import type { ErrorRecord } from '../../shared/model/data-error.ts';
import { isFrameDataset } from '../../shared/model/dataset.ts';
import type { DatasetNews } from './dataset-news.ts';
import { datasetService, type DatasetService } from './dataset-service.ts';
import { openDropped, type DroppedFiles, type OpenedDrop } from './dropped-files.ts';
import { openPath } from './open-path.ts';
import { particleService } from './particle-service.ts';

/** What to open: a path, or named bytes. */
export type OpenRequest = { readonly format?: string; readonly options?: Readonly<Record<string, unknown>> } & (
  | { readonly path: string }
  | DroppedFiles
);

export interface OpenContext extends DatasetNews {
  readonly root: string | undefined;
  readonly budget: number;
  readonly signal: AbortSignal;
  readonly onUsage: () => void;
  /** The dataset's worker had ended and the dataset is open again; `error` says why it ended. */
  readonly onRestart: (error: ErrorRecord) => void;
}

export interface OpenedService {
  readonly opened: Omit<OpenedDataset, 'id'>;
  readonly service: DatasetService;
}

export type DatasetOpener = (request: OpenRequest, context: OpenContext) => Promise<OpenedService>;

/** Opens a dataset in this thread. */
export const openHere: DatasetOpener = async (request, { root, budget, signal, ...news }) => {
  const how = { format: request.format, options: request.options, signal };
  const { dataset, at, single, others }: OpenedDrop =
    'path' in request ? await openPath(request.path, { ...how, root }) : await openDropped(request, how);
  return {
    opened: {
      info: dataset.info,
      ...(at === undefined ? {} : { at }),
      ...(single === undefined ? {} : { single }),
      ...(others === undefined ? {} : { others }),
    },
    service: isFrameDataset(dataset) ? datasetService(dataset, { budget, ...news }) : particleService(dataset, { budget, ...news }),
  };
};
