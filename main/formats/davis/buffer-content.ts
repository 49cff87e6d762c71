import { Cursor } from '../../codecs/cursor.ts';
import type { ByteSource } from '../../sources/byte-source.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import type { NumberArray } from '../../../shared/model/dtype.ts';
import { emptySheet, enterBlock, type AttributeSheet } from './attribute-block.ts';
import { readAhead, type FileBytes } from './file-bytes.ts';
import type { Geometry } from './geometry.ts';
import { isLegacyHeader, parseHeader, type Header } from './header.ts';
import { HEADER_BYTES, OFFSET_TABLE_BYTES } from './layout.ts';
import { parseLegacyHeader, type LegacyHeader } from './legacy.ts';
import { checkPixels, readPixels, skipPixels } from './pixel-data.ts';
import { defaultScales } from './scale-text.ts';
import { readMask, readOffsets, type SectionOffsets } from './sections.ts';
import { readScalars, type TypedScalar } from './typed-scalars.ts';

/** Everything that a buffer file holds, decoded, before it is arranged by frames and components. */
export interface BufferContent {
  readonly geometry: Geometry;
  /** File order: frame, stored plane, z plane, row, column. */
  readonly samples: NumberArray;
  readonly sheet: AttributeSheet;
  /** 1 = valid; order frame, plane, row, column. */
  readonly mask?: Uint8Array;
  readonly scalars: readonly TypedScalar[];
  /** Non-zero = enabled, where a scalar field stands for the ENABLED plane; unpacked, since every look at the frame needs it. */
  readonly enabled?: Pick<TypedScalar, 'dtype' | 'bytes'> & { readonly samples: NumberArray };
  /** Byte images stay bytes (legacy files); elsewhere they are delivered as 16 bit. */
  readonly keepsBytes: boolean;
}

/** Name of the scalar field that tells enabled vectors. */
const IS_VALID = 'isValid';

/** Size and kind of a buffer file from its header, checked against the file's size; no pixels are read. */
export async function readGeometry(source: ByteSource, options?: ReadOptions): Promise<Geometry> {
  const file = await readAhead(source, options);
  const head = await readHead(file);
  const header = isLegacyHeader(head) ? parseLegacyHeader(head, file.path) : parseHeader(head, file.path);
  await checkPixels(file, header.geometry, header.pack);
  return header.geometry;
}

/** Reads and decodes one .im7 .vc7 .imx .img .vec file; the content decides, not the extension. */
export async function readContent(source: ByteSource, options?: ReadOptions, part: ContentPart = 'all'): Promise<BufferContent> {
  const file = await readAhead(source, options);
  const head = await readHead(file);
  if (isLegacyHeader(head)) return readLegacy(file, parseLegacyHeader(head, file.path), part);
  return readModern(file, parseHeader(head, file.path), part);
}

/** `facts` leaves the pixels out, so that `samples` is empty. */
export type ContentPart = 'all' | 'facts';

async function readHead(file: FileBytes): Promise<Uint8Array> {
  if (file.size < HEADER_BYTES) {
    throw new DataError('truncated', `The file has ${file.size} bytes, the header alone needs ${HEADER_BYTES}.`, {
      path: file.path,
      offset: file.size,
    });
  }
  return file.read(0, HEADER_BYTES);
}

async function readLegacy(file: FileBytes, header: LegacyHeader, part: ContentPart): Promise<BufferContent> {
  const { geometry } = header;
  const { samples, end } = await (part === 'all' ? readPixels : skipPixels)(file, geometry, header.pack, file.size);
  const sheet = emptySheet(geometry.frames, { ...defaultScales(geometry.format.kind), ...header.scales });
  for (const [name, value] of header.attributes) sheet.buffer.set(name, value);
  enterBlock(sheet, await file.read(end, file.size - end), { path: file.path, offset: end });
  sheet.buffer.set('_Header_PackType', String(header.pack));
  return { geometry, samples, sheet, scalars: [], keepsBytes: true };
}

async function readModern(file: FileBytes, header: Header, part: ContentPart): Promise<BufferContent> {
  const { geometry } = header;
  const sheet = emptySheet(geometry.frames, defaultScales(geometry.format.kind));
  const offsets = header.hasOffsetTable ? await readOffsets(file, sheet.warnings) : {};
  const pixels = part === 'all' ? readPixels : skipPixels;
  const { samples: stored, end } = await pixels(file, geometry, header.pack, offsets.attributes ?? file.size);
  // lvpyio delivers byte images of these files as 16 bit, those of legacy files as bytes.
  const samples = geometry.format.dtype === 'u1' ? Uint16Array.from(stored) : stored;
  if (header.minimalVersion !== undefined) sheet.buffer.set('_Header_MinimalVersion', header.minimalVersion);
  const sections = await readTail(file, header, { ...offsets, attributes: offsets.attributes ?? end });
  enterBlock(sheet, sections.bytes('attributes'), sections.place('attributes'));
  sheet.buffer.set('_Header_PackType', String(header.pack));
  const mask = await readMaskSection(sections, geometry, sheet.warnings);
  const fields = await readScalarSection(sections, header, sheet.warnings);
  const flags = fields.find((field) => isEnabledField(field, header));
  const enabled = flags && (await orWarning('scalars', sheet.warnings, flags.samples));
  return {
    geometry,
    samples,
    sheet,
    keepsBytes: false,
    ...(mask ? { mask } : {}),
    scalars: fields.filter((field) => field !== flags),
    ...(enabled ? { enabled: { dtype: flags.dtype, bytes: flags.bytes, samples: enabled } } : {}),
  };
}

/** The bytes after the pixels, read at once; a section lasts until the end, since only its own content tells how long it is. */
interface Tail {
  readonly has: (section: keyof SectionOffsets) => boolean;
  readonly bytes: (section: keyof SectionOffsets) => Uint8Array;
  readonly place: (section: keyof SectionOffsets) => { readonly path: string; readonly offset: number };
}

async function readTail(file: FileBytes, header: Header, offsets: SectionOffsets): Promise<Tail> {
  const end = file.size - (header.hasOffsetTable ? OFFSET_TABLE_BYTES : 0);
  const start = Math.min(end, ...(Object.values(offsets) as number[]));
  const tail = await file.read(start, end - start);
  return {
    has: (section) => offsets[section] !== undefined,
    bytes: (section) => tail.subarray((offsets[section] ?? end) - start),
    place: (section) => ({ path: file.path, offset: offsets[section] ?? end }),
  };
}

async function readMaskSection(tail: Tail, geometry: Geometry, warnings: Warning[]): Promise<Uint8Array | undefined> {
  const section = tail.has('packedMask') ? 'packedMask' : 'mask';
  if (!tail.has(section)) return undefined;
  return orWarning('mask', warnings, () => readMask(tail.bytes(section), section === 'packedMask', geometry, tail.place(section)));
}

async function readScalarSection(tail: Tail, header: Header, warnings: Warning[]): Promise<readonly TypedScalar[]> {
  const section = tail.has('packedScalars') ? 'packedScalars' : 'scalars';
  if (!tail.has(section)) return [];
  const packed = section === 'packedScalars' && header.scalarsPacked;
  const cursor = new Cursor(tail.bytes(section), tail.place(section));
  return (await orWarning('scalars', warnings, () => readScalars(cursor, header.geometry, packed, warnings))) ?? [];
}

/** Where vectors have no header plane, a scalar field may say which are enabled. */
function isEnabledField(field: TypedScalar, header: Header): boolean {
  return header.hasIsValid && field.name === IS_VALID && header.geometry.format.choices === 1;
}

/** A damaged section does not spoil the pixels: it is left out, and the warning says so. */
async function orWarning<T>(section: 'mask' | 'scalars', warnings: Warning[], read: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const name = section === 'mask' ? 'mask' : 'section of scalar fields';
    warnings.push({
      code: `damaged-${section}`,
      message: `The ${name} is damaged and left out: ${error.message}`,
      ...(error.path === undefined ? {} : { path: error.path }),
      ...(error.offset === undefined ? {} : { offset: error.offset }),
    });
    return undefined;
  }
}
