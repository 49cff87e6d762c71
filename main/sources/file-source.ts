import { open, type FileHandle } from 'node:fs/promises';
import { DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import type { ReadOptions } from '../../shared/model/dataset.ts';
import type { ByteSource } from './byte-source.ts';
import { fileError } from './file-error.ts';
import { checkRange, truncated } from './read-range.ts';

/** A local file, read by position. The size is the one at opening: what is appended later is not seen. */
export async function openFile(path: string, name = path): Promise<ByteSource> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw fileError(error, name);
  });
  try {
    const stats = await file.stat();
    if (!stats.isFile())
      throw new DataError('malformed', `${name} is ${stats.isDirectory() ? 'a folder' : 'a device'}, not a file.`, { path: name });
    return fileSource(file, path, name, stats.size);
  } catch (error) {
    await file.close();
    throw fileError(error, name);
  }
}

function fileSource(file: FileHandle, localPath: string, name: string, size: number): ByteSource {
  let closing: Promise<void> | undefined;
  const check = (offset: number, length: number, options?: ReadOptions): void => {
    throwIfAborted(options?.signal);
    if (closing) throw new DataError('closed', `${name} is closed.`, { path: name });
    checkRange({ name, size }, offset, length);
  };
  const readInto = async (bytes: Uint8Array, offset: number, options?: ReadOptions): Promise<void> => {
    check(offset, bytes.byteLength, options);
    const present = await fill(file, bytes, offset, name);
    throwIfAborted(options?.signal);
    if (present < bytes.byteLength) throw truncated(name, offset, bytes.byteLength, present);
  };
  return {
    name,
    size,
    localPath,
    read: async (offset, length, options) => {
      check(offset, length, options);
      const bytes = new Uint8Array(length);
      await readInto(bytes, offset, options);
      return bytes;
    },
    readInto,
    // FileHandle.close waits for reads under way.
    [Symbol.asyncDispose]: () => {
      closing ??= file.close();
      return closing;
    },
  };
}

/** Bytes read until the array is full or the file ends; systems may deliver less than asked (2 GiB on Linux). */
async function fill(file: FileHandle, bytes: Uint8Array, offset: number, name: string): Promise<number> {
  let filled = 0;
  try {
    while (filled < bytes.byteLength) {
      const { bytesRead } = await file.read(bytes, filled, bytes.byteLength - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
  } catch (error) {
    throw fileError(error, name);
  }
  return filled;
}
