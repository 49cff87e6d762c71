import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../codecs/crc32.ts';
import { METHOD_DEFLATED, METHOD_STORED } from '../codecs/zip/layout.ts';
import type { ZipMember } from '../codecs/zip/layout.ts';
import { localHeader, localHeaderBytes, zipDirectory } from '../codecs/zip/write-zip.ts';
import type { AtomicFile } from './atomic-file.ts';

/** A member of known size whose bytes come in order, but not at once. */
export interface GrowingMember {
  append(bytes: Uint8Array): Promise<void>;
}

/** An archive whose members grow side by side: each has its place from the beginning. */
export interface ZipFile {
  begin(name: string, bytes: number): GrowingMember;
  /** A text, compressed. */
  addText(name: string, text: string): Promise<void>;
  /** Headers and directory; every member must be full. */
  finish(): Promise<void>;
}

export function createZipFile(file: AtomicFile): ZipFile {
  const entries: (() => ZipMember)[] = [];
  let end = 0;
  return {
    begin: (name, bytes) => {
      const offset = end;
      const start = offset + localHeaderBytes(name, offset);
      end = start + bytes;
      let crc = 0;
      let written = 0;
      entries.push(() => {
        if (written !== bytes) throw new Error(`${name} has ${written} of ${bytes} bytes.`);
        return { name, method: METHOD_STORED, crc, packedBytes: bytes, bytes, offset };
      });
      return {
        append: async (part) => {
          const at = start + written;
          written += part.byteLength;
          crc = crc32(part, crc);
          await file.overwrite(at, part);
        },
      };
    },
    addText: async (name, text) => {
      const bytes = new TextEncoder().encode(text);
      const packed = deflateRawSync(bytes);
      const offset = end;
      const start = offset + localHeaderBytes(name, offset);
      end = start + packed.byteLength;
      const entry = { name, method: METHOD_DEFLATED, crc: crc32(bytes), packedBytes: packed.byteLength, bytes: bytes.byteLength, offset };
      entries.push(() => entry);
      await file.overwrite(start, packed);
    },
    finish: async () => {
      const all = entries.map((entry) => entry());
      for (const entry of all) await file.overwrite(entry.offset, localHeader(entry));
      let at = end;
      for (const part of zipDirectory(all, end)) {
        await file.overwrite(at, part);
        at += part.byteLength;
      }
    },
  };
}
