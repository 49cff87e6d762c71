import { Cursor, type BytePlace } from '../../codecs/cursor.ts';
import { inflate } from '../../codecs/inflate.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { Warning } from '../../../shared/model/warning.ts';
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
    warnings.push({
      code: 'damaged-offsets',
      message: `The file of ${file.size} bytes has no room for the offset table that its header names.`,
      path: file.path,
    });
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
    else
      warnings.push({
        code: 'damaged-offsets',
        message: `The offset ${offset} of the section '${name}' lies outside of the file's ${file.size} bytes; the section is left out.`,
        path: file.path,
        offset: at,
      });
  }
  return offsets;
}

/** One byte a sample: nx * ny * nz * nf, order frame, plane, row, column; 1 = valid, where the file has any other non-zero value, too. */
export function readMask(bytes: Uint8Array, packed: boolean, geometry: Geometry, place: BytePlace): Uint8Array {
  const count = componentSamples(geometry);
  const cursor = new Cursor(bytes, place);
  const mask = packed ? inflatePart(takePart(cursor), count) : cursor.take(count).slice();
  if (!holdsFlags(mask)) for (let index = 0; index < count; index++) if (mask[index] !== 0) mask[index] = 1;
  return mask;
}

/** True where every byte is 0 or 1 already, sixteen at a time. */
function holdsFlags(bytes: Uint8Array): boolean {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, (bytes.byteLength >> 4) << 2);
  let others = 0;
  for (let i = 0; i < words.length; i += 4)
    others |= (words[i] as number) | (words[i + 1] as number) | (words[i + 2] as number) | (words[i + 3] as number);
  for (let i = words.length * 4; i < bytes.length; i++) others |= bytes[i] as number;
  return (others & ~0x01010101) === 0;
}

/** A compressed part of a section, not yet unpacked. */
export interface PackedPart {
  readonly bytes: Uint8Array;
  readonly place: BytePlace;
}

/** The next part: i32 pack type (2), i32 packed length, zlib stream; the cursor stands after it then. */
export function takePart(cursor: Cursor): PackedPart {
  const { path } = cursor.place;
  const offset = cursor.offset;
  const pack = cursor.i32();
  if (pack !== PACK.zlib)
    throw new DataError('unsupported', `The section is packed with type ${pack}, only 2 (zlib) is known.`, { path, offset });
  const packed = cursor.i32();
  const start = cursor.offset;
  return { bytes: cursor.take(packed), place: { path, offset: start } };
}

function inflatePart({ bytes, place }: PackedPart, length: number): Uint8Array {
  return inflate(bytes, length, place);
}
