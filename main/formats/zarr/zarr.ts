import { DataError } from '../../../shared/model/data-error.ts';
import type { ChildRef, FrameDataset } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { openZarrArray } from '../../codecs/zarr/array.ts';
import type { ZarrMetadata } from '../../codecs/zarr/metadata.ts';
import type { Folder, FolderEntry } from '../../sources/byte-source.ts';
import { subFolder } from '../../sources/sub-folder.ts';
import { ARRAY_OPTIONS, arrayStack } from '../array-stack.ts';
import { frameBoxes } from '../frame-boxes.ts';
import type { Candidate, Format, OpenInput, ProbeAnswer } from '../format.ts';
import { isFrameTree, openTree } from '../tree/open-tree.ts';
import { shownAttributes } from './attributes.ts';
import { listArrays, readNode, type ListedArray } from './nodes.ts';
import { zarrTree } from './zarr-tree.ts';

const MARKS = ['zarr.json', '.zgroup', '.zarray'];
const LEAST_DIMS = 3;
const LISTED = 30;
const MAX_FRAME_BYTES = 2 ** 30;

/** Zarr v2 and v3 in local folders: ours with everything they know, and any array of other folders as a series of frames. docs/formats/zarr.md. */
export const zarr: Format = {
  id: 'zarr',
  label: 'Zarr',
  extensions: ['zarr'],
  options: {
    path: {
      type: 'text',
      label: 'Array',
      help: 'Path of an array inside the folder; the largest of 3 or more dimensions where nothing is given.',
    },
    ...ARRAY_OPTIONS,
  },
  probe,
  open: async (input) => ({ dataset: await openDataset(input) }),
};

async function probe({ entry, folder }: Candidate): Promise<ProbeAnswer> {
  if (entry.kind === 'file') {
    return MARKS.includes(entry.name)
      ? { score: 0.9, reason: 'metadata of a Zarr folder' }
      : { score: 0, reason: 'a file, and no Zarr metadata' };
  }
  for (const mark of MARKS) {
    const found = await folder.stat(entry.name === '' ? mark : `${entry.name}/${mark}`);
    if (found?.kind === 'file') return { score: 0.95, reason: `a folder with ${mark}` };
  }
  return { score: 0, reason: 'a folder without Zarr metadata' };
}

async function openDataset(input: OpenInput): Promise<FrameDataset> {
  const folder = zarrFolder(input.folder, input.entry);
  const title = input.entry.kind === 'file' || input.entry.name === '' ? lastName(folder.path) : input.entry.name;
  const given = input.options.path;
  const root = await readNode(folder, '', input);
  if (given === undefined && root?.kind === 'group' && isFrameTree(root.attributes)) {
    return openTree(zarrTree(folder), { format: zarr.id, kind: 'Zarr group', title, path: folder.path });
  }
  const chosen = await chooseArray(folder, given, input);
  return openArray(folder, chosen, { input, title: given === undefined ? title : chosen.array.path });
}

function zarrFolder(folder: Folder, entry: FolderEntry): Folder {
  return entry.kind === 'folder' && entry.name !== '' ? subFolder(folder, entry.name) : folder;
}

interface Chosen {
  readonly array: ListedArray;
  readonly children: readonly ChildRef[];
  readonly warnings: readonly Warning[];
}

async function chooseArray(folder: Folder, given: unknown, input: OpenInput): Promise<Chosen> {
  if (typeof given === 'string') {
    const path = given.replace(/^\/+|\/+$/g, '');
    const node = await readNode(folder, path, input);
    if (node?.kind === 'array') return { array: { path, metadata: node.metadata }, children: [], warnings: [] };
    const { arrays } = await listArrays(folder, input);
    throw new DataError('not-found', `There is no array ${path} in ${folder.path}.`, {
      path: folder.path,
      field: 'path',
      hint: listHint(arrays),
    });
  }
  const { arrays, damaged, complete } = await listArrays(folder, input);
  const [largest] = arrays.filter(({ metadata }) => metadata.shape.length >= LEAST_DIMS).sort((a, b) => sampleCount(b) - sampleCount(a));
  const [only] = arrays;
  const array = largest ?? (arrays.length === 1 ? only : undefined);
  if (!array) {
    throw new DataError('unsupported', `${folder.path} has no array of ${LEAST_DIMS} or more dimensions.`, {
      path: folder.path,
      field: 'path',
      hint: listHint(arrays),
    });
  }
  const children = arrays.map((one) => ({
    title: `${one.path} (${shapeText(one.metadata)})`,
    path: folder.path,
    format: zarr.id,
    options: { path: one.path },
  }));
  return { array, children: arrays.length > 1 ? children : [], warnings: listWarnings(folder, damaged, complete) };
}

function listWarnings(folder: Folder, damaged: readonly string[], complete: boolean): readonly Warning[] {
  const warnings: Warning[] = [];
  if (damaged.length > 0)
    warnings.push({
      code: 'damaged-nodes',
      message: `${damaged.length} groups or arrays have damaged or unsupported metadata: ${damaged.slice(0, 5).join(', ')}.`,
      path: folder.path,
    });
  if (!complete)
    warnings.push({ code: 'list-cut', message: 'The folder has more groups and arrays than could be listed in time.', path: folder.path });
  return warnings;
}

function sampleCount({ metadata }: ListedArray): number {
  return metadata.shape.reduce((product, size) => product * size, 1);
}

function listHint(arrays: readonly ListedArray[]): string {
  if (arrays.length === 0) return 'The folder has no arrays.';
  const named = arrays.slice(0, LISTED).map(({ path, metadata }) => `${path} (${shapeText(metadata)})`);
  return `Choose one with path: ${named.join(', ')}${arrays.length > LISTED ? `, and ${arrays.length - LISTED} more` : ''}.`;
}

function shapeText({ shape, dtype }: ZarrMetadata): string {
  return `${shape.join(' x ')} ${dtype}`;
}

async function openArray(folder: Folder, chosen: Chosen, { input, title }: { input: OpenInput; title: string }): Promise<FrameDataset> {
  const { path, metadata } = chosen.array;
  const array = await openZarrArray(folder, path, metadata);
  return arrayStack({
    format: zarr.id,
    path: folder.path,
    title,
    what: 'Zarr array',
    type: { dtype: metadata.dtype, littleEndian: true },
    shape: metadata.shape,
    attributes: shownAttributes(metadata.attributes),
    children: chosen.children,
    warnings: chosen.warnings,
    diagnostics: [
      { name: 'path', value: path },
      { name: 'shape', value: `(${metadata.shape.join(', ')})` },
      { name: 'chunks', value: `(${array.chunk.join(', ')})` },
      { name: 'compression', value: metadata.compression || 'none' },
    ],
    options: input.options,
    maxFrameBytes: MAX_FRAME_BYTES,
    frames: (sigDims) =>
      frameBoxes({
        shape: metadata.shape,
        chunk: array.chunk,
        dtype: metadata.dtype,
        sigDims,
        read: (start, count, options) => array.read(start, count, options),
      }),
    close: async () => undefined,
  });
}

function lastName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}
