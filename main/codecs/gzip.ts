import { DataError } from '../../shared/model/data-error.ts';
import { crc32 } from './crc32.ts';
import type { BytePlace } from './cursor.ts';
import { inflate } from './inflate.ts';

const FLAG = { headerCheck: 2, extra: 4, name: 8, comment: 16 };
const FIXED_BYTES = 10;
const TRAILER_BYTES = 8;

/** One gzip member (RFC 1952) with its length and its checksum tested; `malformed` or `truncated` where it is damaged. */
export function gunzip(bytes: Uint8Array, limit: number, what: BytePlace): Uint8Array {
  const start = headerEnd(bytes, what);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(bytes.length - 4, true);
  if (length > limit) throw new DataError('malformed', `The gzip data hold ${length} bytes; at most ${limit} were expected.`, what);
  const data = inflate(bytes.subarray(start, bytes.length - TRAILER_BYTES), length, what, 'raw');
  if (crc32(data) !== view.getUint32(bytes.length - TRAILER_BYTES, true)) {
    throw new DataError('malformed', 'The gzip data do not have the checksum that is stored with them.', what);
  }
  return data;
}

function headerEnd(bytes: Uint8Array, what: BytePlace): number {
  if (bytes.length < FIXED_BYTES + TRAILER_BYTES) throw new DataError('truncated', `The gzip data end after ${bytes.length} bytes.`, what);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8)
    throw new DataError('malformed', 'The data do not begin as gzip data do.', what);
  const flags = bytes[3] ?? 0;
  let at = FIXED_BYTES;
  if (flags & FLAG.extra) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const text of [FLAG.name, FLAG.comment]) {
    if (!(flags & text)) continue;
    const end = bytes.indexOf(0, at);
    at = end < 0 ? bytes.length : end + 1;
  }
  if (flags & FLAG.headerCheck) at += 2;
  if (at > bytes.length - TRAILER_BYTES) throw new DataError('truncated', 'The gzip data end within their header.', what);
  return at;
}
