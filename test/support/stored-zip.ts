import { crc32 } from '../../main/codecs/crc32.ts';
import type { ZipMember } from '../../main/codecs/zip/layout.ts';
import { localHeader, localHeaderBytes, zipDirectory } from '../../main/codecs/zip/write-zip.ts';

/** An archive of members that are not compressed. */
export function storedZip(members: readonly { readonly name: string; readonly data: Uint8Array }[]): Uint8Array {
  const entries: ZipMember[] = [];
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const { name, data } of members) {
    const entry = { name, method: 0, crc: crc32(data, 0), packedBytes: data.length, bytes: data.length, offset };
    entries.push(entry);
    parts.push(localHeader(entry), data);
    offset += localHeaderBytes(name, offset) + data.length;
  }
  return Buffer.concat([...parts, ...zipDirectory(entries, offset)]);
}
