import { DataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteReader } from '../byte-reader.ts';
import { crc32 } from '../crc32.ts';
import { Cursor, latin1 } from '../cursor.ts';
import { inflate } from '../inflate.ts';
import {
  END64_BYTES,
  END64_SIGNATURE,
  END_BYTES,
  END_SIGNATURE,
  ENTRY_BYTES,
  ENTRY_SIGNATURE,
  EXTRA_ZIP64,
  FLAG_ENCRYPTED,
  FLAG_UTF8,
  IN_EXTRA,
  LOCAL_BYTES,
  LOCAL_SIGNATURE,
  LOCATOR64_BYTES,
  LOCATOR64_SIGNATURE,
  MAX_COMMENT_BYTES,
  METHOD_DEFLATED,
  METHOD_STORED,
  type ZipMember,
} from './layout.ts';

export interface ZipArchive {
  /** In the order of the directory; names are there once. */
  readonly members: ReadonlyMap<string, ZipMember>;
  /** The whole member, checksum compared. `too-large` above `limit` bytes. */
  readWhole(member: ZipMember, limit: number, options?: ReadOptions): Promise<Uint8Array>;
  /** Part of a stored member, found without reading what lies before; its checksum is not compared. */
  readPart(member: ZipMember, from: number, length: number, options?: ReadOptions): Promise<Uint8Array>;
}

/** A directory of 64 MiB has half a million members. */
const MAX_DIRECTORY_BYTES = 64 * 1024 * 1024;

/** Reads the directory of an archive; all places in it are checked against the file. */
export async function openZip(file: ByteReader, options: ReadOptions = {}): Promise<ZipArchive> {
  const end = await findEnd(file, options);
  const members = await readDirectory(file, end, options);
  const starts = new Map<ZipMember, number>();
  const dataStart = async (member: ZipMember, asked: ReadOptions): Promise<number> => {
    const start = starts.get(member) ?? (await findData(file, member, asked));
    starts.set(member, start);
    return start;
  };
  return {
    members,
    readWhole: async (member, limit, asked = {}) => {
      if (member.bytes > limit) throw tooLarge(file.name, member, limit);
      const start = await dataStart(member, asked);
      const place = { path: file.name, offset: start };
      const packed = await file.read(start, member.packedBytes, asked);
      const bytes = member.method === METHOD_STORED ? packed : inflate(packed, member.bytes, place, 'raw');
      if (crc32(bytes) !== member.crc)
        throw new DataError('malformed', `The checksum of ${member.name} is wrong: the file is damaged.`, { ...place, field: member.name });
      return bytes;
    },
    readPart: async (member, from, length, asked = {}) => {
      if (member.method !== METHOD_STORED) throw new DataError('internal', `${member.name} is compressed and has no parts.`);
      if (from + length > member.bytes) {
        const message = `${member.name} has ${member.bytes} bytes, ${length} are needed at ${from}.`;
        throw new DataError('truncated', message, { path: file.name, offset: member.offset, field: member.name });
      }
      return file.read((await dataStart(member, asked)) + from, length, asked);
    },
  };
}

function tooLarge(path: string, member: ZipMember, limit: number): DataError {
  return new DataError('too-large', `${member.name} has ${member.bytes} bytes; the limit is ${limit}.`, { path, field: member.name });
}

interface Directory {
  readonly count: number;
  readonly offset: number;
  readonly bytes: number;
}

/** The end record lies in the last bytes, before a comment. */
async function findEnd(file: ByteReader, options: ReadOptions): Promise<Directory> {
  const tailBytes = Math.min(file.size, END_BYTES + MAX_COMMENT_BYTES + LOCATOR64_BYTES);
  const tailAt = file.size - tailBytes;
  const tail = await file.read(tailAt, tailBytes, options);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail[at] !== 0x50 || tail[at + 1] !== 0x4b) continue;
    const cursor = new Cursor(tail, { path: file.name, offset: tailAt });
    cursor.position = at;
    if (cursor.u32() !== END_SIGNATURE) continue;
    const directory = await parseEnd(file, tail, tailAt, at, options);
    checkDirectory(file, directory, tailAt + at);
    return directory;
  }
  throw new DataError('truncated', `${file.name} has no ZIP directory at its end: it is cut, or no archive.`, {
    path: file.name,
    offset: tailAt,
    field: 'end of directory',
  });
}

async function parseEnd(file: ByteReader, tail: Uint8Array, tailAt: number, at: number, options: ReadOptions): Promise<Directory> {
  const cursor = new Cursor(tail, { path: file.name, offset: tailAt });
  cursor.position = at + 4;
  const disk = cursor.u16();
  if (disk !== 0 && disk !== 0xffff) throw malformed(file.name, tailAt + at, `the archive has ${disk + 1} parts`);
  cursor.position = at + 10;
  const plain = { count: cursor.u16(), bytes: cursor.u32(), offset: cursor.u32() };
  const locatorAt = at - LOCATOR64_BYTES;
  if (locatorAt < 0) return plain;
  cursor.position = locatorAt;
  if (cursor.u32() !== LOCATOR64_SIGNATURE) return plain;
  cursor.position = locatorAt + 8;
  const end64At = cursor.u64();
  if (!Number.isSafeInteger(end64At) || end64At + END64_BYTES > tailAt + locatorAt)
    throw malformed(file.name, tailAt + locatorAt, `its ZIP64 end is said to be at ${end64At}`);
  const record = new Cursor(await file.read(end64At, END64_BYTES, options), { path: file.name, offset: end64At });
  if (record.u32() !== END64_SIGNATURE) throw malformed(file.name, end64At, 'there is no ZIP64 end where one is promised');
  record.position = 32;
  return { count: record.u64(), bytes: record.u64(), offset: record.u64() };
}

function malformed(path: string, offset: number, what: string): DataError {
  return new DataError('malformed', `The ZIP directory is damaged: ${what}.`, { path, offset });
}

function checkDirectory(file: ByteReader, { count, offset, bytes }: Directory, endAt: number): void {
  if (!(offset + bytes <= endAt)) throw malformed(file.name, endAt, `${bytes} bytes at ${offset} do not lie before its end at ${endAt}`);
  if (count * ENTRY_BYTES > bytes) throw malformed(file.name, endAt, `${bytes} bytes cannot hold ${count} members`);
  if (bytes > MAX_DIRECTORY_BYTES) {
    const message = `The ZIP directory has ${bytes} bytes; the limit is ${MAX_DIRECTORY_BYTES}.`;
    throw new DataError('too-large', message, { path: file.name, offset });
  }
}

async function readDirectory(file: ByteReader, end: Directory, options: ReadOptions): Promise<ReadonlyMap<string, ZipMember>> {
  const cursor = new Cursor(await file.read(end.offset, end.bytes, options), { path: file.name, offset: end.offset });
  const members = new Map<string, ZipMember>();
  for (let i = 0; i < end.count; i++) {
    const at = cursor.offset;
    const member = readEntry(cursor, file);
    if (members.has(member.name)) throw malformed(file.name, at, `'${member.name}' stands twice`);
    members.set(member.name, member);
  }
  return members;
}

function readEntry(cursor: Cursor, file: ByteReader): ZipMember {
  const at = cursor.offset;
  if (cursor.u32() !== ENTRY_SIGNATURE) throw malformed(file.name, at, 'a member does not begin where it should');
  cursor.take(4);
  const flags = cursor.u16();
  const method = cursor.u16();
  cursor.take(4);
  const crc = cursor.u32();
  const packed = cursor.u32();
  const size = cursor.u32();
  const lengths = { name: cursor.u16(), extra: cursor.u16(), comment: cursor.u16() };
  cursor.take(8);
  const start = cursor.u32();
  const nameBytes = cursor.take(lengths.name);
  const name = flags & FLAG_UTF8 ? new TextDecoder().decode(nameBytes) : latin1(nameBytes);
  const extra = new Cursor(cursor.take(lengths.extra), { path: file.name, offset: cursor.offset - lengths.extra });
  cursor.take(lengths.comment);
  const [bytes, packedBytes, offset] = longNumbers(extra, [size, packed, start]) as [number, number, number];
  const member = { name, method, crc, packedBytes, bytes, offset };
  checkMember(member, flags, file, at);
  return member;
}

/** The numbers with those of the ZIP64 extra field in the place of all ones. */
function longNumbers(extra: Cursor, numbers: readonly number[]): readonly number[] {
  if (!numbers.includes(IN_EXTRA)) return numbers;
  while (extra.remaining >= 4) {
    const id = extra.u16();
    const field = new Cursor(extra.take(extra.u16()), { path: extra.place.path, offset: extra.offset });
    if (id === EXTRA_ZIP64) return numbers.map((number) => (number === IN_EXTRA && field.remaining >= 8 ? field.u64() : number));
  }
  return numbers;
}

function checkMember(member: ZipMember, flags: number, file: ByteReader, at: number): void {
  const { name, method, packedBytes, bytes, offset } = member;
  const where = { path: file.name, offset: at, field: name };
  if (flags & FLAG_ENCRYPTED) throw new DataError('unsupported', `${name} is encrypted.`, where);
  if (method !== METHOD_STORED && method !== METHOD_DEFLATED)
    throw new DataError('unsupported', `${name} is compressed by method ${method}; stored (0) and deflate (8) are supported.`, where);
  if (!Number.isSafeInteger(bytes) || !(offset + LOCAL_BYTES + packedBytes <= file.size)) {
    const message = `${name} is said to have ${packedBytes} bytes at ${offset}, the file has ${file.size}.`;
    throw new DataError('truncated', message, where);
  }
  if (method === METHOD_STORED && packedBytes !== bytes) throw malformed(file.name, at, `${name} is stored, but its sizes differ`);
}

/** Name and extra field of the local header may differ from those of the directory. */
async function findData(file: ByteReader, member: ZipMember, options: ReadOptions): Promise<number> {
  const place = { path: file.name, offset: member.offset };
  const cursor = new Cursor(await file.read(member.offset, LOCAL_BYTES, options), place);
  if (cursor.u32() !== LOCAL_SIGNATURE) throw malformed(file.name, member.offset, `${member.name} does not begin where it should`);
  cursor.position = 26;
  const start = member.offset + LOCAL_BYTES + cursor.u16() + cursor.u16();
  if (start + member.packedBytes > file.size) {
    const message = `${member.name} needs ${member.packedBytes} bytes at ${start}, the file has ${file.size}.`;
    throw new DataError('truncated', message, { ...place, field: member.name });
  }
  return start;
}
