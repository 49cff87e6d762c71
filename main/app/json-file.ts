import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface JsonFile<T> {
  read(): Promise<T>;
  /** Changes run one after the other; replies with the new value once it is on the disk. */
  update(change: (value: T) => T): Promise<T>;
}

/**
 * A small value kept in a JSON file, replaced as a whole by renaming, so that a crash leaves the old or the new one.
 * `parse` makes a valid value of whatever was found (undefined where the file is missing or not JSON): settings never stop the program.
 */
export function jsonFile<T>(path: string, parse: (found: unknown) => T): JsonFile<T> {
  let last: Promise<T> | undefined;
  const current = (): Promise<T> => (last ??= readJson(path).then(parse));

  async function write(value: T): Promise<T> {
    await mkdir(dirname(path), { recursive: true });
    const fresh = `${path}.${process.pid}.new`;
    await writeFile(fresh, JSON.stringify(value, null, 2));
    await rename(fresh, path);
    return value;
  }

  return {
    read: current,
    update(change) {
      const before = current();
      const written = before.then((value) => write(change(value)));
      // A full disk must not poison later changes: they go on from the value that was stored last.
      last = written.catch(() => before);
      return written;
    },
  };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}
