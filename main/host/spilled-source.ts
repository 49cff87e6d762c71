import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteSource } from '../sources/byte-source.ts';

/** Bytes in memory that can also be had as a temporary file, for a library that opens files by itself. */
export function onDisk(source: ByteSource): ByteSource {
  let folder: string | undefined;
  return {
    ...source,
    localFile: async () => {
      if (folder === undefined) {
        const bytes = await source.read(0, source.size);
        folder = mkdtempSync(join(tmpdir(), 'streakline-dropped-'));
        writeFileSync(join(folder, 'file'), bytes);
      }
      return join(folder, 'file');
    },
    [Symbol.asyncDispose]: async () => {
      if (folder !== undefined) removeFolder(folder);
      await source[Symbol.asyncDispose]();
    },
  };
}

/** Who has the file open keeps reading it; where such a file cannot go (Windows) the system clears its temporary folder one day. */
function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // See above.
  }
}
