import type { ReadOptions } from '../../shared/model/dataset.ts';
import type { ByteReader } from '../codecs/byte-reader.ts';
import { METHOD_STORED } from '../codecs/zip/layout.ts';
import type { ZipMember } from '../codecs/zip/layout.ts';
import type { ZipArchive } from '../codecs/zip/read-zip.ts';
import { checkRange } from '../sources/read-range.ts';

/** Compressed members have no random access and are held whole; this much of them, together. */
export const MAX_HELD_BYTES = 2 ** 30;
/** Small members are read at once, which also compares their checksum. */
const WHOLE_BYTES = 64 * 1024;

/** Members of an archive as files of their own. */
export interface ArchiveFiles {
  open(member: ZipMember): ByteReader;
}

export function archiveFiles(archive: ZipArchive, path: string): ArchiveFiles {
  const held = new Map<ZipMember, Promise<Uint8Array>>();
  let heldBytes = 0;
  const whole = (member: ZipMember): Promise<Uint8Array> => {
    const known = held.get(member);
    if (known) return known;
    if (heldBytes + member.bytes > MAX_HELD_BYTES) {
      held.clear();
      heldBytes = 0;
    }
    // Without the signal of one caller: others may wait for the same bytes.
    const reading = archive.readWhole(member, MAX_HELD_BYTES);
    held.set(member, reading);
    heldBytes += member.bytes;
    reading.catch(() => held.delete(member));
    return reading;
  };
  return {
    open: (member) => ({
      name: `${path}/${member.name}`,
      size: member.bytes,
      read: async (offset, length, options: ReadOptions = {}) => {
        if (member.method === METHOD_STORED && member.bytes > WHOLE_BYTES) return archive.readPart(member, offset, length, options);
        checkRange({ name: `${path}/${member.name}`, size: member.bytes }, offset, length);
        return (await whole(member)).slice(offset, offset + length);
      },
    }),
  };
}
