import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recentFiles } from '../../../main/app/recent.ts';

let folder = '';
let time = 0;
const now = (): number => ++time;
const recent = () => recentFiles(join(folder, 'sub', 'recent.json'), now);
const paths = async (list: Promise<readonly { readonly path: string }[]>) => (await list).map(({ path }) => path);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recent-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('recent files', () => {
  it('are newest first, each once, and outlive the program', async () => {
    const first = recent();
    await first.add({ path: '/a', title: 'A' });
    await first.add({ path: '/b', title: 'B', detail: '3 buffers' });
    await first.add({ path: '/a', title: 'A again' });
    expect(await recent().list()).toMatchObject([
      { path: '/a', title: 'A again' },
      { path: '/b', detail: '3 buffers' },
    ]);
    expect(await readdir(join(folder, 'sub'))).toEqual(['recent.json']);
  });

  it('keep what is pinned on top and through clearing', async () => {
    const files = recent();
    for (let index = 0; index < 30; index += 1) await files.add({ path: `/${index}`, title: `${index}` });
    expect(await files.list()).toHaveLength(20);
    expect((await paths(files.pin('/12', true)))[0]).toBe('/12');
    await files.add({ path: '/12', title: 'again' });
    expect(await paths(files.clear())).toEqual(['/12']);
    expect(await paths(files.remove('/12'))).toEqual([]);
  });

  it('lose nothing when changes come at once', async () => {
    const files = recent();
    await Promise.all(['/a', '/b', '/c'].map((path) => files.add({ path, title: path })));
    expect(JSON.parse(await readFile(join(folder, 'sub', 'recent.json'), 'utf8'))).toHaveLength(3);
  });

  it('start empty from a damaged file, and leave out entries that are none', async () => {
    const file = join(folder, 'damaged.json');
    await writeFile(file, '{"half": ');
    expect(await recentFiles(file).list()).toEqual([]);
    await writeFile(file, JSON.stringify([{ path: 7 }, null, { path: '/a', title: 'A', openedAt: 1, pinned: false }]));
    expect(await paths(recentFiles(file).list())).toEqual(['/a']);
  });
});
