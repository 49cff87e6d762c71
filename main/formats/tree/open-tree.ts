import { decodeJson } from '../../../shared/contract/json.ts';
import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import {
  bufferCount,
  type FrameBuffer,
  type FrameDataset,
  type FrameDatasetInfo,
  type ReadOptions,
} from '../../../shared/model/dataset.ts';
import type { BufferInfo } from '../../../shared/model/frames.ts';
import { parseDescription, type BufferDescription } from '../../codecs/frame-description.ts';
import { TREE_FORMAT, TREE_LAYOUT, type TreeSource } from '../../codecs/frame-tree.ts';
import { treeBuffer } from './tree-buffer.ts';
import { parseTreeList, type ListedBuffer } from './tree-list.ts';

/** Descriptions that are kept parsed: neighbours mostly share one. */
const DESCRIPTIONS_KEPT = 8;

export interface TreeFacts {
  readonly format: string;
  /** 'HDF5 file', 'Zarr group'. */
  readonly what: string;
  readonly title: string;
  readonly path: string;
}

/** True for the root attributes of a tree of ours. */
export function isFrameTree(attributes: Readonly<Record<string, unknown>>): boolean {
  return attributes.format === TREE_FORMAT;
}

/** Opens a tree of ours (codecs/frame-tree) with everything that its writer knew. No plane is read. */
export async function openTree(source: TreeSource, facts: TreeFacts): Promise<FrameDataset> {
  const root = await source.attributes('/');
  if (Number(root.layout) > TREE_LAYOUT) {
    throw new DataError('unsupported', `${facts.path} has layout ${String(root.layout)}; this program knows ${TREE_LAYOUT}.`, {
      path: facts.path,
      field: 'layout',
      hint: 'Open it with a newer version.',
    });
  }
  const place = { path: facts.path };
  const described = parseDescription(await source.text('/description'), place)?.dataset;
  if (!described) throw new DataError('malformed', `${facts.path} has no description of its dataset.`, { ...place, field: '/description' });
  const list = parseTreeList(decodeList(await source.text('/buffers/list'), facts.path), facts.path);
  const info = treeInfo(facts, described, list);
  const count = bufferCount(info);
  if (count !== list.length) {
    throw new DataError('malformed', `${facts.path} lists ${list.length} buffers, its axes have ${count}.`, {
      ...place,
      field: '/buffers/list',
    });
  }
  return treeDataset(source, info, list);
}

function decodeList(text: string, path: string): unknown {
  try {
    return decodeJson(text);
  } catch (error) {
    throw new DataError('malformed', `The list of buffers in ${path} is no JSON.`, { path, field: '/buffers/list', cause: error });
  }
}

function treeInfo(
  { format, what, title, path }: TreeFacts,
  described: Pick<FrameDatasetInfo, 'title' | 'attributes' | 'nav' | 'firstNumber'> & { readonly typeId?: string },
  list: readonly ListedBuffer[],
): FrameDatasetInfo {
  const name = described.title || title;
  return {
    kind: 'frames',
    format,
    title: name,
    path,
    summary: `<${what} '${name}' with ${list.length} buffer${list.length === 1 ? '' : 's'}>`,
    attributes: described.attributes,
    warnings: [],
    tables: [],
    children: [],
    nav: described.nav,
    uniform: false,
    rawDtype: '',
    guessed: [],
    diagnostics: [],
    ...(described.typeId === undefined ? {} : { typeId: described.typeId }),
    firstNumber: described.firstNumber,
    missing: missingRanges(list),
  };
}

function missingRanges(list: readonly ListedBuffer[]): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const [index, { state }] of list.entries()) {
    if (state !== 'missing') continue;
    const last = ranges[ranges.length - 1];
    if (last && last[1] === index) last[1] = index + 1;
    else ranges.push([index, index + 1]);
  }
  return ranges;
}

function treeDataset(source: TreeSource, info: FrameDatasetInfo, list: readonly ListedBuffer[]): FrameDataset {
  let closed = false;
  const descriptions = descriptionCache(source, info.path);
  return {
    info,
    buffer: async (index, options: ReadOptions = {}): Promise<FrameBuffer> => {
      if (closed) throw new DataError('closed', `${info.title} is closed.`, { path: info.path });
      throwIfAborted(options.signal);
      const listed = list[index];
      if (!listed) {
        const last = list.length > 0 ? ` (0 to ${list.length - 1})` : '';
        throw new DataError('out-of-range', `There is no buffer ${index}: ${info.title} has ${list.length}${last}.`, {
          path: info.path,
          field: 'buffer',
        });
      }
      if (listed.description === undefined) {
        throw new DataError('not-found', `Buffer ${index} was missing when ${info.path} was written.`, {
          path: info.path,
          field: 'buffer',
        });
      }
      const { frames, attributes } = await descriptions(listed.description);
      const { state, name, time } = listed;
      const facts: BufferInfo = { index, state, name, ...(time ? { time } : {}), frames, attributes };
      return treeBuffer(source, facts, { path: info.path, buffers: list.length, apart: new Set(listed.apart ?? []) });
    },
    [Symbol.asyncDispose]: async () => {
      if (closed) return;
      closed = true;
      await source.close();
    },
  };
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
