import { isAttributeArray, type Attributes, type AttributeValue } from '../../../shared/model/attributes.ts';
import { allocateSamples, bytesOf, sampleBytes, type DType, type TypedArray } from '../../../shared/model/dtype.ts';
import { UNDEFINED_ADDRESS } from '../byte-builder.ts';
import type { Appender } from './appender.ts';
import { writeChunkTree, type ChunkEntry } from './chunk-tree.ts';
import {
  chunkedLayout,
  contiguousLayout,
  datasetMessages,
  encodeObjectHeader,
  encodeSuperblock,
  encodeTextPlace,
  groupMessages,
  numberAttribute,
  SUPERBLOCK_BYTES,
  textAttribute,
  type HeaderMessage,
} from './encode-header.ts';
import { encodeTextType, encodeType } from './encode-type.ts';
import { textHeap } from './text-heap.ts';

/** A file under way: bytes at its end, and the superblock at its start when all is done. */
export interface Hdf5Output {
  write(bytes: Uint8Array): Promise<void>;
  overwrite(offset: number, bytes: Uint8Array): Promise<void>;
}

export interface ChunkedSpec {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly chunk: readonly number[];
  readonly attributes: Attributes;
  /** Value of samples that are never written; 0 where absent. */
  readonly fill?: number;
  /** Filters that `writeChunk`'s bytes went through: ids with their parameters. */
  readonly filters: readonly (readonly [id: number, parameters: readonly number[]])[];
}

/** A data set whose chunks come in any order; chunks that never come hold the fill value. */
export interface ChunkedWriter {
  /** `start` in samples, a multiple of the chunk's shape; `bytes` as the filters left them, of a whole chunk. */
  writeChunk(start: readonly number[], bytes: Uint8Array): Promise<void>;
}

/**
 * Writes one HDF5 file from its start to its end, without an HDF5 library: objects of version 2 headers, data sets in one piece or in chunks
 * under a B-tree of version 1. HDF5 1.8 and later read it. Paths are absolute ('/frame0/PIXEL'); groups on the way come by themselves.
 */
export interface Hdf5Builder {
  group(path: string, attributes: Attributes): void;
  chunked(path: string, spec: ChunkedSpec): ChunkedWriter;
  values(path: string, dtype: DType, shape: readonly number[], data: TypedArray, attributes: Attributes): Promise<void>;
  text(path: string, text: string): void;
  /** Writes a group with all below it; nothing can be added to it later, and nothing of it stays in memory. */
  seal(path: string): Promise<void>;
  /** Writes what is left, and at last the superblock. */
  finish(): Promise<void>;
}

/** A group or data set under way. */
interface Node {
  children: Map<string, Node>;
  attributes: Attributes;
  /** The messages of a data set; absent for groups. */
  dataset?: () => Promise<readonly HeaderMessage[]>;
  /** The attributes, encoded; their texts have places once the heap is written. */
  messages?: readonly (() => HeaderMessage)[];
  /** Set once it is written. */
  address?: number;
}

/** A message holds 64 KiB with its name, type and shape. */
const MAX_ATTRIBUTE_BYTES = 60_000;
/** Attribute values are numbers already: halves are kept as f4, the others that are no plain numbers as f8. */
const ARRAY_TYPES: Partial<Record<DType, DType>> = { f2: 'f4', c8: 'f8', c16: 'f8' };

export async function buildHdf5(output: Hdf5Output): Promise<Hdf5Builder> {
  let end = SUPERBLOCK_BYTES;
  // Until the end a block of zeros, so that nobody takes an unfinished file for a whole one.
  await output.write(new Uint8Array(SUPERBLOCK_BYTES));
  const out: Appender = {
    position: () => end,
    append: async (bytes) => {
      const address = end;
      end += bytes.length;
      await output.write(bytes);
      return address;
    },
  };
  const heap = textHeap(out.append);
  const root: Node = { children: new Map(), attributes: {} };
  const addDataset = (path: string, attributes: Attributes, dataset: NonNullable<Node['dataset']>): void => {
    Object.assign(findNode(root, path), { attributes, dataset });
  };
  return {
    group: (path, attributes) => {
      findNode(root, path).attributes = attributes;
    },
    chunked: (path, spec) => {
      const chunks: ChunkEntry[] = [];
      const { dtype, shape, chunk, filters, fill } = spec;
      addDataset(path, spec.attributes, async () => {
        const tree = await writeChunkTree(chunks, chunk, out);
        const layout = chunkedLayout(tree, chunk, sampleBytes(dtype));
        return datasetMessages({
          type: encodeType(dtype),
          shape,
          layout,
          filters,
          fill: fill === undefined ? undefined : samplesOf(dtype, [fill]),
        });
      });
      return {
        writeChunk: async (start, bytes) => {
          chunks.push({ start, bytes: bytes.length, address: await out.append(bytes) });
        },
      };
    },
    values: async (path, dtype, shape, data, attributes) => {
      const bytes = bytesOf(data);
      const address = bytes.length === 0 ? UNDEFINED_ADDRESS : await out.append(bytes);
      const layout = contiguousLayout(address, bytes.length);
      addDataset(path, attributes, async () => datasetMessages({ type: encodeType(dtype), shape, layout, filters: [] }));
    },
    text: (path, text) => {
      const place = heap.add(text);
      addDataset(path, {}, async () => {
        const reference = encodeTextPlace(place());
        const layout = contiguousLayout(await out.append(reference), reference.length);
        return datasetMessages({ type: encodeTextType(), shape: [], layout, filters: [] });
      });
    },
    seal: (path) => writeTree(findNode(root, path), out, heap),
    finish: async () => {
      await writeTree(root, out, heap);
      await output.overwrite(0, encodeSuperblock(end, root.address ?? 0));
    },
  };
}

function findNode(root: Node, path: string): Node {
  let node = root;
  for (const name of path.split('/').filter(Boolean)) {
    if (node.dataset || node.address !== undefined) throw new Error(`${path} lies in something that is closed`);
    let child = node.children.get(name);
    if (!child) {
      child = { children: new Map(), attributes: {} };
      node.children.set(name, child);
    }
    node = child;
  }
  return node;
}

/** All texts go to the heap before the first header that refers to them. */
async function writeTree(node: Node, out: Appender, heap: ReturnType<typeof textHeap>): Promise<void> {
  encodeAttributes(node, heap);
  await heap.flush();
  await writeNode(node, out);
}

function encodeAttributes(node: Node, heap: ReturnType<typeof textHeap>): void {
  if (node.address !== undefined) return;
  node.messages = Object.entries(node.attributes).map(([name, value]) => encodeAttribute(name, value, heap));
  for (const child of node.children.values()) encodeAttributes(child, heap);
}

/** Children first: a group's header names their addresses. */
async function writeNode(node: Node, out: Appender): Promise<number> {
  if (node.address !== undefined) return node.address;
  const links: [string, number][] = [];
  for (const [name, child] of node.children) links.push([name, await writeNode(child, out)]);
  const own = node.dataset ? await node.dataset() : groupMessages(links);
  const attributes = (node.messages ?? []).map((message) => message());
  node.address = await out.append(encodeObjectHeader([...own, ...attributes]));
  node.children = new Map();
  node.attributes = {};
  delete node.messages;
  delete node.dataset;
  return node.address;
}

function encodeAttribute(name: string, value: AttributeValue, heap: ReturnType<typeof textHeap>): () => HeaderMessage {
  if (typeof value === 'string') {
    const place = heap.add(value);
    return () => textAttribute(name, place());
  }
  if (isAttributeArray(value)) {
    const dtype = ARRAY_TYPES[value.dtype] ?? value.dtype;
    const data = samplesOf(dtype, value.values);
    if (data.length > MAX_ATTRIBUTE_BYTES) return encodeAttribute(name, JSON.stringify(value.values), heap);
    return () => numberAttribute(name, dtype, value.shape, data);
  }
  if (typeof value === 'boolean') return () => numberAttribute(name, 'b1', [], samplesOf('b1', [value ? 1 : 0]));
  return () => numberAttribute(name, 'f8', [], samplesOf('f8', [value]));
}

function samplesOf(dtype: DType, values: readonly number[]): Uint8Array {
  const wide = dtype === 'u8' || dtype === 'i8';
  const data = allocateSamples(dtype, values.length);
  for (const [i, value] of values.entries()) data[i] = wide ? BigInt(value) : value;
  return bytesOf(data);
}
