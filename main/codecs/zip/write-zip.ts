import {
  END64_BYTES,
  END64_SIGNATURE,
  END_BYTES,
  END_SIGNATURE,
  ENTRY_BYTES,
  ENTRY_SIGNATURE,
  EXTRA_ZIP64,
  FLAG_UTF8,
  IN_EXTRA,
  LOCAL_BYTES,
  LOCAL_SIGNATURE,
  LOCATOR64_BYTES,
  LOCATOR64_SIGNATURE,
  type ZipMember,
} from './layout.ts';

/** 1 January 1980: outputs of the same data are the same bytes. */
const DOS_DATE = 0x21;
const VERSION_PLAIN = 20;
const VERSION_ZIP64 = 45;
/** Room for both sizes, kept in every local header so that its length is known before the member is. */
const LOCAL_EXTRA_BYTES = 20;
const ENTRY_EXTRA_BYTES = 28;
const MAX_COUNT = 0xfffe;

/** Data begin so that 8-byte numbers lie at multiples of 64, where memory maps want them. */
const ALIGNMENT_BYTES = 64;
/** An extra field that only fills up: the id that Android's zipalign uses. */
const EXTRA_PADDING = 0xd935;

/** Bytes of the local header of a member at `offset`, name, extra fields and padding included. */
export function localHeaderBytes(name: string, offset: number): number {
  const plain = LOCAL_BYTES + new TextEncoder().encode(name).length + LOCAL_EXTRA_BYTES + 4;
  return Math.ceil((offset + plain) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES - offset;
}

/** The local header: written once all of the entry is known. */
export function localHeader(entry: ZipMember): Uint8Array {
  const name = new TextEncoder().encode(entry.name);
  const bytes = new Uint8Array(localHeaderBytes(entry.name, entry.offset));
  const view = new DataView(bytes.buffer);
  const extraBytes = bytes.length - LOCAL_BYTES - name.length;
  view.setUint32(0, LOCAL_SIGNATURE, true);
  view.setUint16(4, VERSION_ZIP64, true);
  writeFacts(view, 6, entry);
  view.setUint32(18, IN_EXTRA, true);
  view.setUint32(22, IN_EXTRA, true);
  view.setUint16(26, name.length, true);
  view.setUint16(28, extraBytes, true);
  bytes.set(name, LOCAL_BYTES);
  const extra = LOCAL_BYTES + name.length;
  writeExtra(view, extra, [entry.bytes, entry.packedBytes]);
  view.setUint16(extra + LOCAL_EXTRA_BYTES, EXTRA_PADDING, true);
  view.setUint16(extra + LOCAL_EXTRA_BYTES + 2, extraBytes - LOCAL_EXTRA_BYTES - 4, true);
  return bytes;
}

/** Flags, method, time, date and checksum stand in the same order in both headers. */
function writeFacts(view: DataView, at: number, entry: ZipMember): void {
  view.setUint16(at, FLAG_UTF8, true);
  view.setUint16(at + 2, entry.method, true);
  view.setUint16(at + 6, DOS_DATE, true);
  view.setUint32(at + 8, entry.crc, true);
}

function writeExtra(view: DataView, at: number, numbers: readonly number[]): void {
  view.setUint16(at, EXTRA_ZIP64, true);
  view.setUint16(at + 2, 8 * numbers.length, true);
  for (const [i, number] of numbers.entries()) view.setBigUint64(at + 4 + 8 * i, BigInt(number), true);
}

/** Directory and end of an archive whose members end at `offset`. */
export function zipDirectory(entries: readonly ZipMember[], offset: number): readonly Uint8Array[] {
  const parts = entries.map(directoryEntry);
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  const isLong = entries.length > MAX_COUNT || offset + bytes >= IN_EXTRA;
  return [...parts, ...(isLong ? [end64(entries.length, bytes, offset)] : []), end(entries.length, bytes, offset, isLong)];
}

function directoryEntry(entry: ZipMember): Uint8Array {
  const name = new TextEncoder().encode(entry.name);
  const isLong = Math.max(entry.bytes, entry.packedBytes, entry.offset) >= IN_EXTRA;
  const bytes = new Uint8Array(ENTRY_BYTES + name.length + (isLong ? ENTRY_EXTRA_BYTES : 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, ENTRY_SIGNATURE, true);
  view.setUint16(4, VERSION_ZIP64, true);
  view.setUint16(6, isLong ? VERSION_ZIP64 : VERSION_PLAIN, true);
  writeFacts(view, 8, entry);
  view.setUint32(20, isLong ? IN_EXTRA : entry.packedBytes, true);
  view.setUint32(24, isLong ? IN_EXTRA : entry.bytes, true);
  view.setUint16(28, name.length, true);
  view.setUint16(30, isLong ? ENTRY_EXTRA_BYTES : 0, true);
  view.setUint32(42, isLong ? IN_EXTRA : entry.offset, true);
  bytes.set(name, ENTRY_BYTES);
  if (isLong) writeExtra(view, ENTRY_BYTES + name.length, [entry.bytes, entry.packedBytes, entry.offset]);
  return bytes;
}

function end64(count: number, directoryBytes: number, offset: number): Uint8Array {
  const bytes = new Uint8Array(END64_BYTES + LOCATOR64_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, END64_SIGNATURE, true);
  view.setBigUint64(4, BigInt(END64_BYTES - 12), true);
  view.setUint16(12, VERSION_ZIP64, true);
  view.setUint16(14, VERSION_ZIP64, true);
  for (const [i, number] of [count, count, directoryBytes, offset].entries()) view.setBigUint64(24 + 8 * i, BigInt(number), true);
  view.setUint32(END64_BYTES, LOCATOR64_SIGNATURE, true);
  view.setBigUint64(END64_BYTES + 8, BigInt(offset + directoryBytes), true);
  view.setUint32(END64_BYTES + 16, 1, true);
  return bytes;
}

function end(count: number, directoryBytes: number, offset: number, isLong: boolean): Uint8Array {
  const bytes = new Uint8Array(END_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, END_SIGNATURE, true);
  view.setUint16(8, isLong ? 0xffff : count, true);
  view.setUint16(10, isLong ? 0xffff : count, true);
  view.setUint32(12, isLong ? IN_EXTRA : directoryBytes, true);
  view.setUint32(16, isLong ? IN_EXTRA : offset, true);
  return bytes;
}
