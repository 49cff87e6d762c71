import type { OpenedDataset } from '../../shared/contract/methods.ts';
import type { WireArray } from '../../shared/contract/payload.ts';
import { DataError, isDataError, type ErrorRecord } from '../../shared/model/data-error.ts';
import { isFrameDataset } from '../../shared/model/dataset.ts';
import type { Folder } from '../sources/byte-source.ts';
import { memoryFolder } from '../sources/memory-folder.ts';
import { resolveParts } from '../sources/relative-path.ts';
import { subFolder } from '../sources/sub-folder.ts';
import type { DatasetNews } from './dataset-news.ts';
import { datasetService, type DatasetService } from './dataset-service.ts';
import { openEntry, openPath, type OpenedPath } from './open-path.ts';
import { particleService } from './particle-service.ts';

/** What to open: a path, or named bytes. */
export type OpenRequest = { readonly format?: string; readonly options?: Readonly<Record<string, unknown>> } & (
  | { readonly path: string }
  | { readonly names: readonly string[]; readonly arrays: readonly WireArray[] }
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
  const { dataset, at, single } =
    'path' in request ? await openPath(request.path, { ...how, root }) : await openNamed(request.names, request.arrays, how);
  return {
    opened: { info: dataset.info, ...(at === undefined ? {} : { at }), ...(single === undefined ? {} : { single }) },
    service: isFrameDataset(dataset) ? datasetService(dataset, { budget, ...news }) : particleService(dataset, { budget, ...news }),
  };
};

/** The first of the named files that is a dataset, those nearer to the top first. */
async function openNamed(
  names: readonly string[],
  arrays: readonly WireArray[],
  how: Parameters<typeof openEntry>[2],
): Promise<OpenedPath> {
  if (names.length !== arrays.length)
    throw new DataError('invalid-option', `${names.length} names came with ${arrays.length} arrays.`, { field: 'names' });
  const files = new Map(names.map((name, i) => [resolveParts([], name, '').join('/'), fileBytes(name, arrays[i])]));
  const root = memoryFolder('', files);
  const ordered = [...files.keys()].sort((a, b) => a.split('/').length - b.split('/').length);
  let refused: unknown;
  for (const name of ordered) {
    try {
      return await openMember(root, name, how);
    } catch (error) {
      if (!isDataError(error, 'unknown-format')) throw error;
      refused ??= error;
    }
  }
  throw refused;
}

async function openMember(root: Folder, path: string, how: Parameters<typeof openEntry>[2]): Promise<OpenedPath> {
  const folder = subFolder(root, path.split('/').slice(0, -1).join('/'));
  const entry = await root.stat(path);
  if (!entry) throw new DataError('not-found', `${path} is not among the files.`, { path });
  return openEntry(folder, entry, how);
}

function fileBytes(name: string, array: WireArray | undefined): Uint8Array {
  if (array?.dtype === 'u1' && array.data instanceof Uint8Array) return array.data;
  throw new DataError('invalid-option', `The content of ${name} did not come as bytes (u1).`, { field: 'arrays' });
}
