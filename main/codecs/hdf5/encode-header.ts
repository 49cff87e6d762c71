import type { DType } from '../../../shared/model/dtype.ts';
import { hdf5Checksum } from './checksum.ts';
import { ByteBuilder, UNDEFINED_ADDRESS } from '../byte-builder.ts';
import { encodeSpace, encodeTextType, encodeType } from './encode-type.ts';
import type { TextPlace } from './text-heap.ts';

/** One message of an object header. */
export interface HeaderMessage {
  readonly type: number;
  readonly body: Uint8Array;
}

const MESSAGE = {
  space: 0x01,
  linkInfo: 0x02,
  type: 0x03,
  fill: 0x05,
  link: 0x06,
  layout: 0x08,
  groupInfo: 0x0a,
  filters: 0x0b,
  attribute: 0x0c,
};
const UTF8 = 1;

/** Object header of version 2 (HDF5 File Format Specification 3.0, IV.A.1.b): one block with all messages and its checksum. */
export function encodeObjectHeader(messages: readonly HeaderMessage[]): Uint8Array {
  const sizeOfFourBytes = 2;
  const body = new ByteBuilder();
  for (const message of messages) body.u8(message.type).u16(message.body.length).u8(0).put(message.body);
  const header = new ByteBuilder().text('OHDR').u8(2, sizeOfFourBytes).u32(body.length).put(body.done());
  return header.u32(hdf5Checksum(header.done())).done();
}

/** Superblock of version 2 (II.A): addresses and lengths of 8 bytes, the whole file, the root group. */
export function encodeSuperblock(fileBytes: number, root: number): Uint8Array {
  const block = new ByteBuilder().u8(0x89).text('HDF\r\n\x1a\n').u8(2, 8, 8, 0).u64(0).u64(UNDEFINED_ADDRESS).u64(fileBytes).u64(root);
  return block.u32(hdf5Checksum(block.done())).done();
}

export const SUPERBLOCK_BYTES = 48;

/** A group that keeps its links in its own header. */
export function groupMessages(links: readonly (readonly [name: string, address: number])[]): readonly HeaderMessage[] {
  const info = new ByteBuilder().u8(0, 0).u64(UNDEFINED_ADDRESS).u64(UNDEFINED_ADDRESS).done();
  return [
    { type: MESSAGE.linkInfo, body: info },
    { type: MESSAGE.groupInfo, body: new ByteBuilder().u8(0, 0).done() },
    ...links.map(([name, address]) => ({ type: MESSAGE.link, body: encodeLink(name, address) })),
  ];
}

function encodeLink(name: string, address: number): Uint8Array {
  const nameOfTwoBytesWithCharacterSet = 0x11;
  const text = new TextEncoder().encode(name);
  return new ByteBuilder().u8(1, nameOfTwoBytesWithCharacterSet, UTF8).u16(text.length).put(text).u64(address).done();
}

export interface DatasetHeader {
  readonly type: Uint8Array;
  readonly shape: readonly number[];
  /** One sample that stands for what was not written; zeros where absent. */
  readonly fill?: Uint8Array | undefined;
  readonly layout: HeaderMessage;
  /** Filter ids with their parameters, in the order of writing. */
  readonly filters: readonly (readonly [id: number, parameters: readonly number[]])[];
}

export function datasetMessages(dataset: DatasetHeader): readonly HeaderMessage[] {
  return [
    { type: MESSAGE.space, body: encodeSpace(dataset.shape) },
    { type: MESSAGE.type, body: dataset.type },
    { type: MESSAGE.fill, body: encodeFill(dataset.fill) },
    dataset.layout,
    ...(dataset.filters.length === 0 ? [] : [{ type: MESSAGE.filters, body: encodeFilters(dataset.filters) }]),
  ];
}

/** Space is allocated chunk by chunk, the fill value is written where one is set. */
function encodeFill(fill: Uint8Array | undefined): Uint8Array {
  const incrementalIfSet = 3 | (2 << 2);
  if (!fill) return new ByteBuilder().u8(3, incrementalIfSet).done();
  return new ByteBuilder()
    .u8(3, incrementalIfSet | 0x20)
    .u32(fill.length)
    .put(fill)
    .done();
}

function encodeFilters(filters: DatasetHeader['filters']): Uint8Array {
  const bytes = new ByteBuilder().u8(2, filters.length);
  for (const [id, parameters] of filters) {
    bytes.u16(id).u16(0).u16(parameters.length);
    for (const parameter of parameters) bytes.u32(parameter);
  }
  return bytes.done();
}

/** Layout message, version 3: all samples in one piece. */
export function contiguousLayout(address: number | bigint, bytes: number): HeaderMessage {
  return { type: MESSAGE.layout, body: new ByteBuilder().u8(3, 1).u64(address).u64(bytes).done() };
}

/** Layout message, version 3: chunks in a B-tree. */
export function chunkedLayout(tree: bigint, chunkShape: readonly number[], sampleBytes: number): HeaderMessage {
  const bytes = new ByteBuilder().u8(3, 2, chunkShape.length + 1).u64(tree);
  for (const size of chunkShape) bytes.u32(size);
  return { type: MESSAGE.layout, body: bytes.u32(sampleBytes).done() };
}

/** Attribute message, version 3. */
function attributeMessage(name: string, type: Uint8Array, shape: readonly number[], data: Uint8Array): HeaderMessage {
  const text = new TextEncoder().encode(`${name}\0`);
  const space = encodeSpace(shape);
  const body = new ByteBuilder().u8(3, 0).u16(text.length).u16(type.length).u16(space.length).u8(UTF8);
  return { type: MESSAGE.attribute, body: body.put(text).put(type).put(space).put(data).done() };
}

export function numberAttribute(name: string, dtype: DType, shape: readonly number[], data: Uint8Array): HeaderMessage {
  return attributeMessage(name, encodeType(dtype), shape, data);
}

export function textAttribute(name: string, place: TextPlace): HeaderMessage {
  return attributeMessage(name, encodeTextType(), [], encodeTextPlace(place));
}

export function encodeTextPlace(place: TextPlace): Uint8Array {
  return new ByteBuilder().u32(place.bytes).u64(place.collection).u32(place.index).done();
}
