import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCandidate, PROBE_BYTES } from '../../../main/host/candidate.ts';
import { listFolder } from '../../../main/host/folder-listing.ts';
import { openEntry, openPath, probePath, type OpenOptions } from '../../../main/host/open-path.ts';
import { memoryFolder } from '../../../main/sources/memory-folder.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import { npyBytes } from '../../support/npy-bytes.ts';

const fixtures = join(import.meta.dirname, '..', '..', '..', 'fixtures');
const top = mkdtempSync(join(tmpdir(), 'streakline-open-'));
const root = join(top, 'root');
const live = new AbortController().signal;
const array = npyBytes('u2', [3, 2, 2], new Uint16Array(12));

/** Opens and closes; what was opened is still there to be looked at. */
async function tryOpen(path: string, options: OpenOptions = {}): ReturnType<typeof openPath> {
  const opened = await openPath(path, options);
  await opened.dataset[Symbol.asyncDispose]();
  return opened;
}

beforeAll(() => {
  mkdirSync(join(root, 'run', 'more'), { recursive: true });
  writeFileSync(join(root, 'run', 'stack.npy'), array);
  writeFileSync(join(root, 'run', 'unnamed'), array);
  writeFileSync(join(root, 'run', 'notes.txt'), 'text');
  writeFileSync(join(root, 'run', '.hidden.npy'), array);
  writeFileSync(join(top, 'outside.npy'), array);
  symlinkSync(join(top, 'outside.npy'), join(root, 'run', 'linked.npy'));
});
afterAll(() => rmSync(top, { recursive: true }));

describe('opening a path', () => {
  test.each(['images.set', 'images', 'images/', './images/../images.set'])('opens the set by %s', async (path) => {
    const { dataset, format, at, single } = await tryOpen(join(fixtures, 'davis', path));
    expect({ format, at, single, kind: dataset.info.kind }).toEqual({
      format: 'davis-set',
      at: undefined,
      single: undefined,
      kind: 'frames',
    });
  });

  test('a file inside of a set opens the set there, and offers the file itself', async () => {
    const path = join(fixtures, 'davis', 'images', 'B00002.im7');
    expect(await tryOpen(path)).toMatchObject({ format: 'davis-set', at: 1, single: path });
    expect(await tryOpen(path, { format: 'davis-buffer' })).toMatchObject({ format: 'davis-buffer' });
    expect((await probePath(path)).map(({ format }) => format).slice(0, 2)).toEqual(['davis-set', 'davis-buffer']);
  });

  test('the content counts, not the name', async () => {
    expect(await tryOpen(join(root, 'run', 'unnamed'))).toMatchObject({ format: 'npy' });
  });

  test('a folder of buffers without the text of their set says that it is missing', async () => {
    const lone = join(root, 'lone');
    mkdirSync(lone);
    writeFileSync(join(lone, 'B00001.im7'), '');
    await expect(tryOpen(lone)).rejects.toMatchObject({
      code: 'missing-companion',
      path: `${lone}.set`,
      message: expect.stringContaining('lone.set does not'),
    });
  });

  test('what is in no known format says what was tried', async () => {
    await expect(tryOpen(join(root, 'run', 'notes.txt'))).rejects.toMatchObject({
      code: 'unknown-format',
      hint: expect.stringMatching(/None of the \d+ readers/),
    });
    writeFileSync(join(root, 'particles.csv'), '# mine\nx;y;z;track;step\n1;2;3;0;0\n');
    await expect(tryOpen(join(root, 'particles.csv'))).rejects.toMatchObject({
      code: 'unknown-format',
      hint: expect.stringMatching(/--format particle-table .* --to davis-particles/),
    });
    await expect(tryOpen(join(root, 'run'))).rejects.toMatchObject({ code: 'unknown-format', message: expect.stringContaining('folder') });
    await expect(tryOpen('/')).rejects.toMatchObject({ code: 'unknown-format' });
  });

  test.skipIf(process.platform === 'win32')('a device or pipe is there, but nothing to open', async () => {
    for (const format of [undefined, 'npy'])
      await expect(tryOpen('/dev/null', { format })).rejects.toMatchObject({ code: 'unsupported', path: '/dev/null' });
  });

  test('what may not be read says so, instead of being in no known format', async () => {
    const denied = new DataError('access-denied', 'It may not be read.');
    const refuse = (): Promise<never> => Promise.reject(denied);
    const folder = { ...memoryFolder('/closed', new Map([['a.npy', array]])), open: refuse, list: refuse };
    await expect(openEntry(folder, { name: 'a.npy', kind: 'file', size: array.length }, {})).rejects.toBe(denied);
    await expect(openEntry(folder, { name: 'b', kind: 'folder', size: 0 }, {})).rejects.toBe(denied);
  });

  test('absent paths and unknown formats are named', async () => {
    await expect(tryOpen(join(root, 'none', 'x.npy'))).rejects.toMatchObject({ code: 'not-found', path: join(root, 'none', 'x.npy') });
    await expect(tryOpen(join(root, 'run', 'stack.npy'), { format: 'nothing' })).rejects.toMatchObject({
      code: 'invalid-option',
      hint: expect.stringContaining('npy'),
    });
  });

  test('a root is not left, neither by name nor by link', async () => {
    expect(await tryOpen(join(root, 'run', 'stack.npy'), { root })).toMatchObject({ format: 'npy' });
    for (const path of [join(top, 'outside.npy'), join(root, '..', 'outside.npy'), join(root, 'run', 'linked.npy'), `${root}-else/x.npy`]) {
      await expect(tryOpen(path, { root })).rejects.toMatchObject({ code: 'access-denied' });
    }
    expect(await tryOpen(join(root, 'run', 'linked.npy'))).toMatchObject({ format: 'npy' });
  });
});

describe('probing', () => {
  test('reads at most 64 KiB in all, companions included', async () => {
    const big = new Uint8Array(PROBE_BYTES * 2);
    const folder = memoryFolder(
      'top',
      new Map([
        ['a.bin', big],
        ['b.bin', big],
      ]),
    );
    const candidate = createCandidate(folder, { name: 'a.bin', kind: 'file', size: big.byteLength });
    expect(await candidate.head()).toHaveLength(4096);
    expect(await candidate.head(16)).toHaveLength(16);
    expect(await candidate.head(10_000)).toHaveLength(10_000);
    await using other = await candidate.folder.open('b.bin');
    expect(await other.read(0, PROBE_BYTES - 10_000)).toHaveLength(PROBE_BYTES - 10_000);
    await expect(other.read(0, 1)).rejects.toMatchObject({ code: 'too-large' });
    expect(await candidate.head(10_000)).toHaveLength(10_000);
  });
});

describe('listing a folder', () => {
  test('shows datasets, folders and files, hidden ones left out', async () => {
    const listing = await listFolder(join(root, 'run'), undefined, live);
    expect(listing.entries.map(({ name, kind, format }) => [name, kind, format])).toEqual([
      ['linked.npy', 'dataset', 'npy'],
      ['more', 'folder', undefined],
      ['notes.txt', 'file', undefined],
      ['stack.npy', 'dataset', 'npy'],
      ['unnamed', 'file', undefined],
    ]);
    expect(listing).toMatchObject({ path: join(root, 'run'), parent: root });
    expect(listing.entries[3]).toMatchObject({ path: join(root, 'run', 'stack.npy'), size: array.byteLength });
  });

  test('within a root tells nothing of what lies outside', async () => {
    expect((await listFolder(join(root, 'run'), root, live)).entries.map(({ name }) => name)).not.toContain('linked.npy');
    expect((await listFolder(join(root, 'run'), root, live)).parent).toBe(root);
    expect((await listFolder(root, root, live)).parent).toBeUndefined();
    await expect(listFolder(top, root, live)).rejects.toMatchObject({ code: 'access-denied' });
  });

  test('shows a set and its folder as one dataset, and a lonely folder as a folder', async () => {
    const { entries } = await listFolder(join(fixtures, 'davis'), undefined, live);
    expect(entries.filter(({ name }) => /^images(\.set)?$/.test(name))).toMatchObject([
      { name: 'images.set', kind: 'dataset', format: 'davis-set' },
    ]);
  });

  test('says what entries hold without opening them', async () => {
    const { entries } = await listFolder(join(fixtures, 'davis'), undefined, live);
    const told = (name: string) => {
      const entry = entries.find((one) => one.name === name);
      return [entry?.detail, entry?.content];
    };
    expect(told('vectors.set')).toEqual(['Vectors, 1 buffer', 'vectors']);
    expect(told('images.set')).toEqual(['Images, 3 buffers', 'images']);
    expect(told('multi.set')[0]).toBe('3 sets');
    expect(told('plot.set')).toEqual(['Set of type plot', undefined]);
    const arrays = (await listFolder(join(fixtures, 'npy'), undefined, live)).entries;
    expect(arrays.find(({ name }) => name === 'five_axes.npy')?.detail).toMatch(/^\w+, \d+ x \d+ x \d+ frames of \d+ x \d+$/);
    expect(arrays.find(({ name }) => name === 'bad_huge.npy')).toMatchObject({ kind: 'dataset', detail: expect.any(String) });
  });

  test('of a huge folder is bounded and says how much is left out', async () => {
    const many = join(top, 'many');
    mkdirSync(many);
    for (let i = 0; i < 5010; i++) writeFileSync(join(many, `f${i}.npy`), '');
    const { entries, leftOut } = await listFolder(many, undefined, live);
    expect([entries.length, leftOut]).toEqual([5000, 10]);
    expect(entries[2]).toMatchObject({ name: 'f2.npy' });
    expect(entries[4999]).toMatchObject({ name: 'f4999.npy', kind: 'dataset', format: 'npy' });
  });

  test('of a file or of nothing is an error', async () => {
    await expect(listFolder(join(root, 'run', 'notes.txt'), undefined, live)).rejects.toMatchObject({ code: 'malformed' });
    await expect(listFolder(join(root, 'none'), undefined, live)).rejects.toMatchObject({ code: 'not-found' });
  });
});
