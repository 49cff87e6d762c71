import { readdir, readFile, stat } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSession, type Session } from '../../../main/host/session.ts';
import { npyBytes } from '../../support/npy-bytes.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'fixtures');
const npy = npyBytes('u1', [2, 2, 3], new Uint8Array(12));

/** The files below a fixture, named as a browser names what is dropped. */
async function dropped(...paths: readonly string[]): Promise<readonly { name: string; bytes: Uint8Array }[]> {
  const found = [];
  for (const path of paths) {
    const full = join(FIXTURES, path);
    const name = path.split('/').at(-1) ?? '';
    if ((await stat(full)).isFile()) found.push({ name, bytes: new Uint8Array(await readFile(full)) });
    else
      for (const child of await readdir(full))
        found.push({ name: `${name}/${child}`, bytes: new Uint8Array(await readFile(join(full, child))) });
  }
  return found;
}

const temporaryFolders = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('streakline-dropped-'));

describe('dropped files', () => {
  let session: Session;
  beforeEach(() => {
    session = createSession({ inThread: true });
  });
  afterEach(() => session.close());

  const open = async (files: readonly { name: string; bytes: Uint8Array }[]) =>
    (
      await session.handlers.openBytes(
        { names: files.map(({ name }) => name) },
        { signal: new AbortController().signal, arrays: files.map(({ bytes }) => ({ dtype: 'u1', data: bytes })) },
      )
    ).meta;
  const beside = async (dataset: string, name: string) =>
    (await session.handlers.openBeside({ dataset, name }, { signal: new AbortController().signal, arrays: [] })).meta;

  test('that are several datasets open all, a set and its folder being one', async () => {
    const files = [
      { name: 'b.npy', bytes: npy },
      ...(await dropped('davis/images.set', 'davis/images')),
      { name: 'notes.txt', bytes: new TextEncoder().encode('no data') },
    ];
    const first = await open(files);
    expect(first.info.path).toBe('b.npy');
    expect(first.others).toEqual(['images.set']);
    const second = await beside(first.id, 'images.set');
    expect(second.info).toMatchObject({ kind: 'frames', title: 'images' });
    const plane = await session.handlers.planes(
      { dataset: second.id, buffer: 1, frame: 0, plane: 0, fields: [{ component: 'PIXEL', mode: 'raw' }] },
      { signal: new AbortController().signal, arrays: [] },
    );
    expect(plane.meta).toMatchObject({ width: 9, height: 7 });
  });

  test('of one folder are looked for inside of it', async () => {
    const first = await open([
      { name: 'run/a.npy', bytes: npy },
      { name: 'run/c.npy', bytes: npy },
      { name: 'run/deep/d.npy', bytes: npy },
    ]);
    expect([first.info.path, first.others]).toEqual(['run/a.npy', ['run/c.npy']]);
  });

  test('one of them damaged, open the others and tell of it when it is opened', async () => {
    const first = await open([
      { name: 'a.npy', bytes: npy.slice(0, 40) },
      { name: 'b.npy', bytes: npy },
    ]);
    expect([first.info.path, first.others]).toEqual(['b.npy', ['a.npy']]);
    await expect(beside(first.id, 'a.npy')).rejects.toMatchObject({ code: expect.stringMatching(/malformed|truncated/) });
    await session.handlers.close({ dataset: first.id }, { signal: new AbortController().signal, arrays: [] });
    await expect(beside(first.id, 'a.npy')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('of HDF5 open from their bytes and leave no file behind', async () => {
    const before = temporaryFolders();
    const opened = await open(await dropped('hdf5/layouts.h5'));
    expect(opened.info).toMatchObject({ kind: 'frames', format: 'hdf5' });
    const call = { signal: new AbortController().signal, arrays: [] };
    const { meta } = await session.handlers.buffer({ dataset: opened.id, buffer: 0 }, call);
    const [component] = meta.info.frames[0]?.components ?? [];
    const plane = await session.handlers.planes(
      { dataset: opened.id, buffer: 0, frame: 0, plane: 0, fields: [{ component: component?.name ?? '', mode: 'raw' }] },
      call,
    );
    expect(plane.arrays[0]?.data.length).toBeGreaterThan(0);
    expect(temporaryFolders().filter((name) => !before.includes(name))).toEqual([]);
  });
});
