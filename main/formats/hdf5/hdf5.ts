import { DataError } from '../../../shared/model/data-error.ts';
import type { ChildRef, FrameDataset } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import type { Hdf5Array } from '../../codecs/hdf5/array-facts.ts';
import { MAX_READ_BYTES, openHdf5, type Hdf5File } from '../../codecs/hdf5/file.ts';
import { checkFilters, filterText } from '../../codecs/hdf5/filters.ts';
import { hasHdf5Plugins } from '../../codecs/hdf5/library.ts';
import type { ObjectList } from '../../codecs/hdf5/object-list.ts';
import { ARRAY_OPTIONS, arrayStack } from '../array-stack.ts';
import { frameBoxes } from '../frame-boxes.ts';
import type { Candidate, Format, OpenInput, ProbeAnswer } from '../format.ts';
import { isFrameTree, openTree } from '../tree/open-tree.ts';
import { hdf5Tree } from './hdf5-tree.ts';

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const EXTENSIONS = ['h5', 'hdf5', 'hdf', 'hspy', 'nxs', 'emd'];
/** Before the signature there may be a block of the user's own, of 512 bytes times a power of two; a probe looks at the first places. */
const SIGNATURE_PLACES = [0, 512, 1024, 2048];
const LEAST_DIMS = 3;
const LISTED = 30;

/** HDF5: files of ours with everything they know, and any data set of other files as a series of frames. docs/formats/hdf5.md. */
export const hdf5: Format = {
  id: 'hdf5',
  label: 'HDF5',
  extensions: EXTENSIONS,
  options: {
    ds_path: {
      type: 'text',
      label: 'Data set',
      help: 'Path of a data set inside the file; the largest of 3 or more dimensions where nothing is given.',
    },
    ...ARRAY_OPTIONS,
  },
  probe,
  open: async (input) => ({ dataset: await openDataset(input) }),
};

async function probe({ entry, extension, head }: Candidate): Promise<ProbeAnswer> {
  if (entry.kind !== 'file') return { score: 0, reason: 'a folder' };
  const bytes = await head();
  const at = SIGNATURE_PLACES.find((place) => SIGNATURE.every((byte, i) => bytes[place + i] === byte));
  if (at !== undefined) return { score: 0.9, reason: `the HDF5 signature at byte ${at}` };
  return EXTENSIONS.includes(extension)
    ? { score: 0.1, reason: `named .${extension}, but without the HDF5 signature` }
    : { score: 0, reason: 'no HDF5 signature' };
}

async function openDataset(input: OpenInput): Promise<FrameDataset> {
  await using source = await input.folder.open(input.entry.name, input);
  const localPath = source.localPath ?? (await source.localFile?.());
  if (localPath === undefined) {
    throw new DataError('unsupported', `${source.name} is not on a disk, where the HDF5 library needs it.`, {
      path: source.name,
      hint: 'Save the file and open it from there.',
    });
  }
  const file = await openHdf5(localPath, source.name);
  try {
    if (input.options.ds_path === undefined && isFrameTree(file.attributes('/'))) {
      return await openTree(hdf5Tree(file), { format: hdf5.id, kind: 'HDF5 file', title: input.entry.name, path: source.name });
    }
    return openArray(file, input);
  } catch (error) {
    file.close();
    throw error;
  }
}

function openArray(file: Hdf5File, input: OpenInput): FrameDataset {
  const { list, array } = chooseArray(file, input.options.ds_path);
  const { kind } = array;
  const place = { path: file.name, field: array.path };
  if (typeof kind === 'string') throw new DataError('unsupported', `${array.path} in ${file.name} holds ${kind}, not numbers.`, place);
  checkFilters(array.filters, hasHdf5Plugins(), place);
  return arrayStack({
    format: hdf5.id,
    path: file.name,
    title: input.options.ds_path === undefined ? input.entry.name : array.path,
    what: 'HDF5 data set',
    type: kind,
    shape: array.shape ?? [],
    attributes: collectAttributes(file, array.path),
    children: list ? childRefs(file, list) : [],
    warnings: warningsOf(file, array, list),
    diagnostics: [
      { name: 'ds_path', value: array.path },
      { name: 'shape', value: `(${array.shape?.join(', ') ?? ''})` },
      { name: 'chunks', value: array.chunks ? `(${array.chunks.join(', ')})` : 'none' },
      { name: 'compression', value: filterText(array.filters) || 'none' },
    ],
    options: input.options,
    maxFrameBytes: MAX_READ_BYTES,
    frames: (sigDims) =>
      frameBoxes({
        shape: array.shape ?? [],
        chunk: array.chunks ?? undefined,
        dtype: kind.dtype,
        sigDims,
        read: (start, count) => file.read(array, start, count),
      }),
    close: async () => file.close(),
  });
}

function chooseArray(file: Hdf5File, given: unknown): { readonly list?: ObjectList; readonly array: Hdf5Array } {
  if (typeof given === 'string') {
    const path = `/${given.replace(/^\/+|\/+$/g, '')}`;
    if (file.kind(path) === 'dataset') return { array: file.array(path) };
    const found = file.list();
    throw new DataError('not-found', `There is no data set ${path} in ${file.name}.`, {
      path: file.name,
      field: 'ds_path',
      hint: listHint(found),
    });
  }
  const list = file.list();
  const candidates = list.arrays.filter((array) => typeof array.kind !== 'string' && (array.shape?.length ?? 0) >= LEAST_DIMS);
  const [largest] = [...candidates].sort((a, b) => sampleCount(b) - sampleCount(a));
  if (largest) return { list, array: largest };
  throw new DataError('unsupported', `${file.name} has no data set of numbers with ${LEAST_DIMS} or more dimensions.`, {
    path: file.name,
    field: 'ds_path',
    hint: listHint(list),
  });
}

function sampleCount({ shape }: Hdf5Array): number {
  return shape?.reduce((product, size) => product * size, 1) ?? 0;
}

/** What the user can give as ds_path. */
function listHint(list: ObjectList): string {
  if (list.arrays.length === 0) return 'The file has no data sets.';
  const named = list.arrays.slice(0, LISTED).map((array) => `${array.path} (${shapeText(array)})`);
  const more = list.arrays.length > LISTED ? `, and ${list.arrays.length - LISTED} more` : '';
  return `Choose one with ds_path: ${named.join(', ')}${more}.`;
}

function shapeText({ shape, kind }: Hdf5Array): string {
  const type = typeof kind === 'string' ? kind : kind.dtype;
  return shape === null || shape.length === 0 ? type : `${shape.join(' x ')} ${type}`;
}

/** Every other data set of numbers that has an axis. */
function childRefs(file: Hdf5File, list: ObjectList): readonly ChildRef[] {
  return list.arrays
    .filter((array) => typeof array.kind !== 'string' && (array.shape?.length ?? 0) >= 1)
    .map((array) => ({ title: `${array.path} (${shapeText(array)})`, path: file.name, format: hdf5.id, options: { ds_path: array.path } }));
}

/** Attributes of the data set and, under their paths, of the groups above it. */
function collectAttributes(file: Hdf5File, path: string): Record<string, ReturnType<Hdf5File['attributes']>[string]> {
  const all: Record<string, ReturnType<Hdf5File['attributes']>[string]> = { ...file.attributes(path) };
  const parts = path.split('/').filter(Boolean);
  for (let depth = parts.length - 1; depth >= 0; depth--) {
    const group = `/${parts.slice(0, depth).join('/')}`;
    for (const [name, value] of Object.entries(file.attributes(group))) all[`${group}@${name}`] = value;
  }
  return all;
}

function warningsOf(file: Hdf5File, array: Hdf5Array, list: ObjectList | undefined): readonly Warning[] {
  const warnings: Warning[] = [];
  if (array.sources.length > 0) {
    const message = `${array.path} is put together from ${array.sources.length} pieces (${[...new Set(array.sources)].slice(0, 5).join(', ')}); pieces that are not there are shown as the fill value.`;
    warnings.push({ code: 'virtual-data', message, path: file.name });
  }
  if (list && list.broken.length > 0) {
    const message = `${list.broken.length} links lead nowhere or to damaged objects: ${list.broken.slice(0, 5).join(', ')}.`;
    warnings.push({ code: 'broken-links', message, path: file.name });
  }
  if (list && !list.complete)
    warnings.push({ code: 'list-cut', message: 'The file has more objects than could be listed in time.', path: file.name });
  return warnings;
}
