import { decodeJson } from '../../../shared/contract/json.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { FrameDataset, ReadOptions } from '../../../shared/model/dataset.ts';
import { allocateSamples, type TypedArray } from '../../../shared/model/dtype.ts';
import { parseDescription, type BufferDescription } from '../../codecs/frame-description.ts';
import { TREE_FORMAT, TREE_LAYOUT, treeName, type TreeSource } from '../../codecs/frame-tree.ts';
import { describedDataset, describedInfo, type DescribedBuffer, type StoredPlaneRef } from '../described-dataset.ts';
import { missingRanges, parseTreeList, type ListedBuffer } from './tree-list.ts';

/** Descriptions that are kept parsed: neighbours mostly share one. */
const DESCRIPTIONS_KEPT = 8;

export interface TreeFacts {
  readonly format: string;
  /** 'HDF5 file', 'Zarr group'. */
  readonly kind: string;
  readonly title: string;
  readonly path: string;
}

/** True for the root attributes of a tree of ours. */
export function isFrameTree(attributes: Readonly<Record<string, unknown>>): boolean {
  return attributes.format === TREE_FORMAT;
}

/** Opens a tree of ours (codecs/frame-tree) with everything that its writer knew. No plane is read. */
export async function openTree(source: TreeSource, facts: TreeFacts): Promise<FrameDataset> {
  const { path } = facts;
  const root = await source.attributes('/');
  if (Number(root.layout) > TREE_LAYOUT) {
    throw new DataError('unsupported', `${path} has layout ${String(root.layout)}; this program knows ${TREE_LAYOUT}.`, {
      path,
      field: 'layout',
      hint: 'Open it with a newer version.',
    });
  }
  const described = parseDescription(await source.text('/description'), { path })?.dataset;
  if (!described) throw new DataError('malformed', `${path} has no description of its dataset.`, { path, field: '/description' });
  const list = parseTreeList(decodeList(await source.text('/buffers/list'), path), path);
  const descriptions = descriptionCache(source, path);
  return describedDataset({
    info: { ...describedInfo({ ...facts, buffers: list.length }, described), missing: missingRanges(list) },
    openBuffer: async (index) => openBuffer({ source, path, list, descriptions }, index),
    close: () => source.close(),
  });
}

interface Tree {
  readonly source: TreeSource;
  readonly path: string;
  readonly list: readonly ListedBuffer[];
  readonly descriptions: (number: number) => Promise<BufferDescription>;
}

async function openBuffer(tree: Tree, index: number): Promise<DescribedBuffer> {
  const { path, list } = tree;
  const listed = list[index];
  if (listed?.description === undefined) {
    throw new DataError('not-found', `Buffer ${index} was missing when ${path} was written.`, { path, field: 'buffer' });
  }
  const { frames, attributes } = await tree.descriptions(listed.description);
  const { state, name, time } = listed;
  return {
    description: { state, name, ...(time ? { time } : {}), frames, attributes },
    plane: (ref, options) => {
      const shape = frames[ref.frame]?.shape ?? [0, 0];
      // Blank buffers are not in the file.
      if (state !== 'present') return Promise.resolve(allocateSamples(ref.component.dtype, shape[0] * shape[1]));
      return readPlane(tree, { ...ref, index, shape, apart: listed.apart?.includes(ref.frame) === true }, options);
    },
  };
}

interface PlanePlace extends StoredPlaneRef {
  readonly index: number;
  readonly shape: readonly [height: number, width: number];
  /** True where the frame stands in /apart. */
  readonly apart: boolean;
}

async function readPlane(tree: Tree, place: PlanePlace, options: ReadOptions): Promise<TypedArray> {
  const { component, frame, index, apart } = place;
  const field = `${apart ? `/apart/${index}` : ''}/frame${frame}/${treeName(component.name)}`;
  const array = await tree.source.array(field);
  const shape = [apart ? 1 : tree.list.length, component.planes, ...place.shape];
  const same = array.shape.length === shape.length && shape.every((size, axis) => size === array.shape[axis]);
  if (!same || array.dtype !== component.dtype) {
    const found = `${array.dtype} [${array.shape.join(', ')}]`;
    const message = `${field} in ${tree.path} holds ${found}; the description promises ${component.dtype} [${shape.join(', ')}].`;
    throw new DataError('malformed', message, { path: tree.path, field });
  }
  return array.plane(apart ? 0 : index, place.plane, options);
}

function decodeList(text: string, path: string): unknown {
  try {
    return decodeJson(text);
  } catch (error) {
    throw new DataError('malformed', `The list of buffers in ${path} is no JSON.`, { path, field: '/buffers/list', cause: error });
  }
}

function descriptionCache(source: TreeSource, path: string): (number: number) => Promise<BufferDescription> {
  const kept = new Map<number, BufferDescription>();
  return async (number) => {
    const field = `/descriptions/${number}`;
    const known = kept.get(number) ?? parseDescription(await source.text(field), { path })?.buffers?.[0];
    if (!known) throw new DataError('malformed', `${field} in ${path} describes no buffer.`, { path, field });
    kept.delete(number);
    kept.set(number, known);
    const [oldest] = kept.keys();
    if (kept.size > DESCRIPTIONS_KEPT && oldest !== undefined) kept.delete(oldest);
    return known;
  };
}
