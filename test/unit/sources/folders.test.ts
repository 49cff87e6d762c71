import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Folder } from '../../../main/sources/byte-source.ts';
import { openFolder } from '../../../main/sources/disk-folder.ts';
import { openFile } from '../../../main/sources/file-source.ts';
import { memoryFolder } from '../../../main/sources/memory-folder.ts';
import { subFolder } from '../../../main/sources/sub-folder.ts';

const top = mkdtempSync(join(tmpdir(), 'streakline-folders-'));
const root = join(top, 'root');
const FILES = ['a.set', 'a/B2.im7', 'a/B10.im7', 'a/B1.im7', 'a/deep/x.txt'];

beforeAll(() => {
  mkdirSync(join(root, 'a', 'deep'), { recursive: true });
  for (const file of FILES) writeFileSync(join(root, file), `content of ${file}`);
  writeFileSync(join(top, 'secret.txt'), 'secret');
  symlinkSync(join(top, 'secret.txt'), join(root, 'leak.txt'));
  symlinkSync(top, join(root, 'leak'));
  symlinkSync(join(root, 'a'), join(root, 'inside'));
  symlinkSync('loop', join(root, 'loop'));
});
afterAll(() => rmSync(top, { recursive: true }));

const content = async (folder: Folder, path: string): Promise<string> => {
  await using source = await folder.open(path);
  return new TextDecoder().decode(await source.read(0, source.size));
};

describe.each([
  ['on disk', () => openFolder(root)],
  ['in memory', async () => memoryFolder('root', new Map(FILES.map((file) => [file, new TextEncoder().encode(`content of ${file}`)])))],
] as const)('a folder %s', (_where, make) => {
  test('lists in natural order, with sizes', async () => {
    const folder = await make();
    expect(await folder.list('a')).toMatchObject([
      { name: 'B1.im7', kind: 'file', size: 19 },
      { name: 'B2.im7', kind: 'file', size: 19 },
      { name: 'B10.im7', kind: 'file', size: 20 },
      { name: 'deep', kind: 'folder', size: 0 },
    ]);
  });

  test('opens files and tells what is there', async () => {
    const folder = await make();
    expect(await content(folder, 'a/../a/./B1.im7')).toBe('content of a/B1.im7');
    expect(await folder.stat('a/B1.im7')).toMatchObject({ name: 'B1.im7', kind: 'file', size: 19 });
    expect(await folder.stat('a')).toEqual({ name: 'a', kind: 'folder', size: 0 });
    expect(await folder.stat('b')).toBeUndefined();
    expect(await folder.stat('a.set/x')).toBeUndefined();
    await expect(folder.open('b')).rejects.toMatchObject({ code: 'not-found', path: folder.pathOf('b') });
    await expect(folder.list('b')).rejects.toMatchObject({ code: 'not-found' });
  });

  test.each(['..', '../secret.txt', 'a/../../secret.txt', '/etc/passwd', 'a/\0', '..\\secret.txt'])(
    'never leaves its root by %j',
    async (path) => {
      const folder = await make();
      for (const attempt of [folder.open(path), folder.stat(path), folder.list(path)])
        await expect(attempt).rejects.toMatchObject({ code: 'access-denied' });
      expect(() => folder.pathOf(path)).toThrow(expect.objectContaining({ code: 'access-denied' }));
    },
  );

  test('seen from a folder inside, the way up ends at the root', async () => {
    const inner = subFolder(await make(), 'a/deep');
    expect(await content(inner, '../../a.set')).toBe('content of a.set');
    expect(await content(inner, 'x.txt')).toBe('content of a/deep/x.txt');
    expect((await inner.list('..')).map(({ name }) => name)).toContain('B10.im7');
    await expect(inner.open('../../../secret.txt')).rejects.toMatchObject({ code: 'access-denied' });
  });
});

describe('links', () => {
  test('that lead out of the root are neither listed nor opened', async () => {
    const folder = await openFolder(root);
    expect((await folder.list()).map(({ name }) => name)).toEqual(['a', 'a.set', 'inside']);
    await expect(folder.open('leak.txt')).rejects.toMatchObject({ code: 'access-denied' });
    await expect(folder.open('leak/secret.txt')).rejects.toMatchObject({ code: 'access-denied' });
    await expect(folder.stat('leak/secret.txt')).rejects.toMatchObject({ code: 'access-denied' });
    expect(await content(folder, 'inside/B1.im7')).toBe('content of a/B1.im7');
  });

  test('are followed anywhere where the user may go anywhere', async () => {
    const folder = await openFolder(root, 'anywhere');
    expect(await content(folder, 'leak.txt')).toBe('secret');
    await expect(folder.open('loop')).rejects.toMatchObject({ code: 'malformed' });
  });
});

describe('a file', () => {
  const path = join(root, 'a.set');

  test('is read by position, exactly', async () => {
    await using source = await openFile(path);
    expect(source.size).toBe(16);
    const part = await source.read(3, 4);
    expect(new TextDecoder().decode(part)).toBe('tent');
    expect(part.buffer.byteLength).toBe(4);
    expect(await source.read(16, 0)).toHaveLength(0);
  });

  test.each([
    [10, 7, 6],
    [16, 1, 0],
    [100, 5, 0],
  ])('asked at %i for %i bytes says what is there', async (offset, length, present) => {
    await using source = await openFile(path);
    await expect(source.read(offset, length)).rejects.toMatchObject({
      code: 'truncated',
      path,
      offset,
      message: expect.stringContaining(`${length} bytes are needed at offset ${offset}, ${present} are there`),
    });
  });

  test('that shrinks after it was opened says so', async () => {
    const shrinking = join(top, 'shrinking.bin');
    writeFileSync(shrinking, new Uint8Array(100));
    await using source = await openFile(shrinking);
    writeFileSync(shrinking, new Uint8Array(40));
    await expect(source.read(30, 20)).rejects.toMatchObject({ code: 'truncated', message: expect.stringContaining('10 are there') });
  });

  test('that is closed, absent or a folder cannot be read', async () => {
    const source = await openFile(path);
    await source[Symbol.asyncDispose]();
    await source[Symbol.asyncDispose]();
    await expect(source.read(0, 1)).rejects.toMatchObject({ code: 'closed' });
    await expect(openFile(join(root, 'none'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(openFile(join(path, 'x'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(openFile(root)).rejects.toMatchObject({ code: 'malformed' });
  });

  test('is not read for a call that is over', async () => {
    await using source = await openFile(path);
    await expect(source.read(0, 1, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  });
});
