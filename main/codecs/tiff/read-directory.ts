import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteReader } from '../byte-reader.ts';
import { FIELD, FIELD_BYTES, TAG } from './layout.ts';

/** Where a tag's values lie: in the file at `offset`, also the short ones that stand in the entry itself. */
export interface TiffEntry {
  readonly type: number;
  readonly count: number;
  readonly offset: number;
}

/** A page as its directory says it; nothing else is read yet. */
export interface TiffDirectory {
  readonly offset: number;
  readonly entries: ReadonlyMap<number, TiffEntry>;
  /** The block that the directory was read with: short values are mostly in it. */
  readonly block: Uint8Array;
}

/** An opened file: the byte order and the chain of directories. */
export interface TiffFile {
  readonly file: ByteReader;
  readonly little: boolean;
  readonly isBig: boolean;
  readonly pages: readonly TiffDirectory[];
}

const MAX_PAGES = 1_000_000;
const MAX_ENTRIES = 4096;
/** A directory with its short values; one read a page. */
const BLOCK_BYTES = 1024;
const KNOWN_TAGS: ReadonlySet<number> = new Set<number>(Object.values(TAG));

interface Layout {
  readonly little: boolean;
  readonly isBig: boolean;
}

/** True for the first bytes of a TIFF or BigTIFF file. */
export function hasTiffMagic(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  return (a === 0x49 && b === 0x49 && (c === 42 || c === 43) && d === 0) || (a === 0x4d && b === 0x4d && c === 0 && (d === 42 || d === 43));
}

/** Reads header and directories. A chain that runs in a circle or out of the file is an error. */
export async function openTiff(file: ByteReader, options: ReadOptions = {}): Promise<TiffFile> {
  const head = await file.read(0, Math.min(16, file.size), options);
  if (!hasTiffMagic(head))
    throw new DataError('malformed', 'The file does not begin like a TIFF file.', { path: file.name, offset: 0, field: 'magic' });
  const little = head[0] === 0x49;
  const isBig = head[little ? 2 : 3] === 43;
  const layout = { little, isBig };
  if (head.length < (isBig ? 16 : 8))
    throw new DataError('truncated', `The file has ${file.size} bytes, too few for a TIFF header.`, { path: file.name });
  const view = new DataView(head.buffer, head.byteOffset);
  if (isBig && (view.getUint16(4, little) !== 8 || view.getUint16(6, little) !== 0))
    throw new DataError('malformed', `The BigTIFF header says that offsets have ${view.getUint16(4, little)} bytes, not 8.`, {
      path: file.name,
      offset: 4,
    });
  const first = isBig ? Number(view.getBigUint64(8, little)) : view.getUint32(4, little);
  const pages = await readChain(file, layout, first, options);
  return { file, ...layout, pages };
}

async function readChain(file: ByteReader, layout: Layout, first: number, options: ReadOptions): Promise<readonly TiffDirectory[]> {
  const pages: TiffDirectory[] = [];
  const seen = new Set<number>();
  for (let offset = first; offset !== 0; ) {
    throwIfAborted(options.signal);
    const place = { path: file.name, offset, field: 'directory' };
    if (seen.has(offset)) throw new DataError('malformed', `The directories run in a circle: the one at ${offset} comes twice.`, place);
    if (pages.length === MAX_PAGES) throw new DataError('too-large', `The file has more than ${MAX_PAGES} pages.`, place);
    seen.add(offset);
    const { directory, next } = await readDirectory(file, layout, offset, options);
    pages.push(directory);
    offset = next;
  }
  if (pages.length === 0) throw new DataError('malformed', 'The TIFF file has no page.', { path: file.name, offset: 4 });
  return pages;
}

async function readDirectory(
  file: ByteReader,
  { little, isBig }: Layout,
  offset: number,
  options: ReadOptions,
): Promise<{ readonly directory: TiffDirectory; readonly next: number }> {
  const countBytes = isBig ? 8 : 2;
  const entryBytes = isBig ? 20 : 12;
  const linkBytes = isBig ? 8 : 4;
  const place = { path: file.name, offset, field: 'directory' };
  if (!Number.isSafeInteger(offset) || offset + countBytes > file.size)
    throw new DataError('truncated', `A directory is said to be at ${offset}, the file has ${file.size} bytes.`, place);
  let block = await file.read(offset, Math.min(BLOCK_BYTES, file.size - offset), options);
  const countView = new DataView(block.buffer);
  const count = isBig ? Number(countView.getBigUint64(0, little)) : countView.getUint16(0, little);
  if (count === 0 || count > MAX_ENTRIES)
    throw new DataError('malformed', `The directory at ${offset} has ${count} entries, not 1 to ${MAX_ENTRIES}.`, place);
  const bytes = countBytes + count * entryBytes + linkBytes;
  if (offset + bytes > file.size)
    throw new DataError(
      'truncated',
      `The directory at ${offset} has ${count} entries (${bytes} bytes), the file ends after ${file.size - offset}.`,
      place,
    );
  if (bytes > block.length) block = await file.read(offset, bytes, options);
  const view = new DataView(block.buffer);
  const entries = new Map<number, TiffEntry>();
  for (let i = 0; i < count; i++) {
    const at = countBytes + i * entryBytes;
    const tag = view.getUint16(at, little);
    if (!KNOWN_TAGS.has(tag) || entries.has(tag)) continue;
    const type = view.getUint16(at + 2, little);
    const values = isBig ? Number(view.getBigUint64(at + 4, little)) : view.getUint32(at + 4, little);
    const valueAt = at + (isBig ? 12 : 8);
    const isInside = values * (FIELD_BYTES[type] ?? 0) <= (isBig ? 8 : 4);
    const target = isBig ? Number(view.getBigUint64(valueAt, little)) : view.getUint32(valueAt, little);
    entries.set(tag, { type, count: values, offset: isInside ? offset + valueAt : target });
  }
  const linkAt = countBytes + count * entryBytes;
  const next = isBig ? Number(view.getBigUint64(linkAt, little)) : view.getUint32(linkAt, little);
  return { directory: { offset, entries, block }, next };
}

/** The bytes of a tag's values; `truncated` where they do not lie in the file. */
async function entryBytes(tiff: TiffFile, page: TiffDirectory, tag: number, entry: TiffEntry, options: ReadOptions): Promise<Uint8Array> {
  const bytes = entry.count * (FIELD_BYTES[entry.type] ?? 0);
  const from = entry.offset - page.offset;
  if (from >= 0 && from + bytes <= page.block.length) return page.block.subarray(from, from + bytes);
  if (!Number.isSafeInteger(bytes) || entry.offset + bytes > tiff.file.size) {
    const message = `Tag ${tag} has ${entry.count} values (${bytes} bytes) at ${entry.offset}, the file has ${tiff.file.size} bytes.`;
    throw new DataError('truncated', message, { path: tiff.file.name, offset: page.offset, field: `tag ${tag}` });
  }
  return tiff.file.read(entry.offset, bytes, options);
}

/** The numbers of a tag; undefined where the page has none. */
export async function tagNumbers(
  tiff: TiffFile,
  page: TiffDirectory,
  tag: number,
  options: ReadOptions = {},
): Promise<readonly number[] | undefined> {
  const entry = page.entries.get(tag);
  if (!entry) return undefined;
  const bytes = await entryBytes(tiff, page, tag, entry, options);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { little } = tiff;
  const read: Readonly<Record<number, (at: number) => number>> = {
    [FIELD.byte]: (at) => view.getUint8(at),
    [FIELD.short]: (at) => view.getUint16(at, little),
    [FIELD.long]: (at) => view.getUint32(at, little),
    [FIELD.rational]: (at) => view.getUint32(at, little) / view.getUint32(at + 4, little),
    [FIELD.long8]: (at) => Number(view.getBigUint64(at, little)),
  };
  const one = read[entry.type];
  if (!one) {
    const message = `Tag ${tag} has field type ${entry.type}, which is no number here.`;
    throw new DataError('malformed', message, { path: tiff.file.name, offset: page.offset, field: `tag ${tag}` });
  }
  const size = FIELD_BYTES[entry.type] ?? 1;
  return Array.from({ length: entry.count }, (_, i) => one(i * size));
}

/** A text tag without the zero at its end; undefined where the page has none, or one above `limit` bytes. */
export async function tagText(
  tiff: TiffFile,
  page: TiffDirectory,
  tag: number,
  limit: number,
  options: ReadOptions = {},
): Promise<string | undefined> {
  const entry = page.entries.get(tag);
  if (!entry || entry.type !== FIELD.ascii || entry.count > limit) return undefined;
  const bytes = await entryBytes(tiff, page, tag, entry, options);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** The first byte of a text tag where it was read with the directory; undefined elsewhere. */
export function firstTextByte(page: TiffDirectory, tag: number): number | undefined {
  const entry = page.entries.get(tag);
  return entry?.type === FIELD.ascii ? page.block[entry.offset - page.offset] : undefined;
}
