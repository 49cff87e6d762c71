import { Cursor, type BytePlace } from '../../codecs/cursor.ts';
import { inflate } from '../../codecs/inflate.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { Warning } from '../../../shared/model/dataset.ts';
import { componentSamples, type Geometry } from './geometry.ts';
import { HEADER_BYTES, OFFSET_ENTRY, OFFSET_TABLE_BYTES, PACK } from './layout.ts';
import type { FileBytes } from './file-bytes.ts';

/** File offsets of the sections; absent where the file has none, or a bad one (with a warning). */
export interface SectionOffsets {
  readonly attributes?: number;
  readonly mask?: number;
  readonly scalars?: number;
  readonly packedScalars?: number;
  readonly packedMask?: number;
}

/** The offset table at the end of the file; every offset must lie between the header and the table. */
export async function readOffsets(file: FileBytes, warnings: Warning[]): Promise<SectionOffsets> {
  const start = file.size - OFFSET_TABLE_BYTES;
  if (start < HEADER_BYTES) {
    warnings.push({ code: 'damaged-offsets', message: `The file of ${file.size} bytes has no room for the offset table that its header names.`, path: file.path });
    return {};
  }
  const cursor = new Cursor(await file.read(start, OFFSET_TABLE_BYTES), { path: file.path, offset: start });
  const offsets: Record<string, number> = {};
  for (const [name, entry] of Object.entries(OFFSET_ENTRY)) {
    cursor.position = 8 * entry;
    const at = cursor.offset;
    const offset = cursor.u64();
    if (offset === 0) continue;
    if (offset >= HEADER_BYTES && offset <= start) offsets[name] = offset;
    else warnings.push({ code: 'damaged-offsets', message: `The offset ${offset} of the section '${name}' lies outside of the file's ${file.size} bytes; the section is left out.`, path: file.path, offset: at });
  }
  return offsets;
}

/** One byte a sample: nx * ny * nz * nf, order frame, plane, row, column; 1 = valid, where the file has any other non-zero value, too. */
export function readMask(bytes: Uint8Array, packed: boolean, geometry: Geometry, place: BytePlace): Uint8Array {
  const count = componentSamples(geometry);
  const cursor = new Cursor(bytes, place);
  const mask = packed ? inflatePart(cursor, count) : cursor.take(count).slice();
  for (let index = 0; index < count; index++) {
    if (mask[index] !== 0) mask[index] = 1;
  }
  return mask;
}

/** `length` bytes packed as i32 pack type (2), i32 packed length, zlib stream; the cursor stands after it then. */
export function inflatePart(cursor: Cursor, length: number): Uint8Array {
  const { path } = cursor.place;
  const offset = cursor.offset;
  const pack = cursor.i32();
  if (pack !== PACK.zlib) throw new DataError('unsupported', `The section is packed with type ${pack}, only 2 (zlib) is known.`, { path, offset });
  const packed = cursor.i32();
  const start = cursor.offset;
  return inflate(cursor.take(packed), length, { path, offset: start });
}
