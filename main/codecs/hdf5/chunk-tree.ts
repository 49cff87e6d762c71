import { ByteBuilder, UNDEFINED_ADDRESS } from '../byte-builder.ts';
import type { Appender } from './appender.ts';

/** A written chunk: its first sample, in samples of every axis, and where its bytes lie. */
export interface ChunkEntry {
  readonly start: readonly number[];
  readonly address: number;
  readonly bytes: number;
}

/** What a node points to: a chunk or a node below, with the first chunk in it. */
interface Child {
  readonly address: number;
  readonly first: ChunkEntry;
}

/** Children of a node where the superblock says nothing else: twice the default K of 32. */
const NODE_CHILDREN = 64;
const NODE_OF_CHUNKS = 1;

/**
 * The index of a chunked data set: B-tree of version 1 (HDF5 File Format Specification 3.0, III.A.1), which every HDF5 library reads. Written
 * from the leaves up, once all chunks are there. The address of its root; undefined where nothing was written.
 */
export async function writeChunkTree(chunks: readonly ChunkEntry[], chunkShape: readonly number[], out: Appender): Promise<bigint> {
  const sorted = [...chunks].sort((a, b) => compareStarts(a.start, b.start));
  const last = sorted[sorted.length - 1];
  if (!last) return UNDEFINED_ADDRESS;
  const end: ChunkEntry = { start: last.start.map((at, axis) => at + (chunkShape[axis] ?? 1)), address: 0, bytes: 0 };
  let below: readonly Child[] = sorted.map((first) => ({ address: first.address, first }));
  for (let level = 0; ; level++) {
    below = await writeLevel(level, below, end, out);
    const [root] = below;
    if (root && below.length === 1) return BigInt(root.address);
  }
}

/** Nodes of a level follow each other in the file, so that each knows its neighbours' addresses. */
async function writeLevel(level: number, below: readonly Child[], end: ChunkEntry, out: Appender): Promise<readonly Child[]> {
  const nodes: Child[] = [];
  const size = nodeBytes(end.start.length);
  for (let from = 0; from < below.length; from += NODE_CHILDREN) {
    const children = below.slice(from, from + NODE_CHILDREN);
    const next = below[from + NODE_CHILDREN]?.first;
    const bytes = new ByteBuilder()
      .text('TREE')
      .u8(NODE_OF_CHUNKS, level)
      .u16(children.length)
      .u64(from > 0 ? out.position() - size : UNDEFINED_ADDRESS)
      .u64(next ? out.position() + size : UNDEFINED_ADDRESS);
    for (const { address, first } of children) putKey(bytes, first).u64(address);
    putKey(bytes, next ?? end);
    const address = await out.append(bytes.zeros(size - bytes.length).done());
    nodes.push({ address, first: (children[0] as Child).first });
  }
  return nodes;
}

/** Bytes of the chunk, a mask of filters that were left out, its start in every axis and in the bytes of a sample. */
function putKey(bytes: ByteBuilder, chunk: ChunkEntry): ByteBuilder {
  bytes.u32(chunk.bytes).u32(0);
  for (const at of chunk.start) bytes.u64(at);
  return bytes.u64(0);
}

function nodeBytes(rank: number): number {
  const key = 8 + 8 * (rank + 1);
  return 24 + NODE_CHILDREN * (8 + key) + key;
}

function compareStarts(a: readonly number[], b: readonly number[]): number {
  for (let axis = 0; axis < a.length; axis++) {
    const difference = (a[axis] ?? 0) - (b[axis] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
