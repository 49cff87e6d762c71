import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listFolder } from '../../../main/host/folder-listing.ts';
import { openFrames } from '../../../main/host/open-path.ts';
import type { ChildRef, FrameDatasetInfo } from '../../../shared/model/dataset.ts';
import { davisFile, words } from '../../support/davis-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streakline-tree-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** NAME.set with the folder NAME, and a buffer in it where wanted. */
function makeSet(name: string, type = 256, buffers = 0, ending = '.set'): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, `${name}${ending}`), `SetType = ${type};\n`);
  for (let number = 1; number <= buffers; number++)
    writeFileSync(join(folder, name, `B${number}.im7`), davisFile({ width: 2, height: 1, data: words(number, 0) }));
}

async function infoOf(path: string): Promise<FrameDatasetInfo> {
  const { dataset } = await openFrames(join(folder, path));
  await using _ = dataset;
  return dataset.info;
}

const titles = (children: readonly ChildRef[]): readonly string[] => children.map(({ title }) => title);

/** Every set below one, each opened; ends only where nothing leads in circles. */
async function deepTitles(info: FrameDatasetInfo): Promise<readonly string[]> {
  const below = await Promise.all(
    info.children.map(async ({ title, path }) => [title, ...(await deepTitles((await openFrames(path)).dataset.info))]),
  );
  return below.flat();
}

test('a set of sets of sets', async () => {
  makeSet('Multi', 16384);
  for (const name of ['Multi/Cam10', 'Multi/Cam2', 'Multi/Inner/Deep']) makeSet(name, 256, 1);
  makeSet('Multi/Inner');
  const info = await infoOf('Multi');
  expect(info).toMatchObject({ isMultiset: true, nav: [{ size: 0 }], typeId: 'SET_TYPE_ID_FOLDER', warnings: [] });
  expect(titles(info.children)).toEqual(['Cam2', 'Cam10', 'Inner']);
  expect(await deepTitles(info)).toEqual(['Cam2', 'Cam10', 'Inner', 'Deep']);
});

test('a set with buffers of its own is no multi-set, and shows its results all the same', async () => {
  makeSet('Run', 4352, 2);
  makeSet('Run/PIV', 512, 1);
  expect(await infoOf('Run.set')).toMatchObject({
    isMultiset: false,
    nav: [{ size: 2 }],
    children: [{ title: 'PIV', path: join(folder, 'Run', 'PIV.set') }],
  });
});

test('sub sets of a DVC recording lie in a folder without text', async () => {
  makeSet('DVC_set');
  for (const name of ['S00001', 'S00002']) makeSet(`DVC_set/Data/${name}`, 256, 1);
  const info = await infoOf('DVC_set');
  expect(info.children.map(({ title, path }) => [title, path])).toEqual(
    [1, 2].map((number) => [`Data/S0000${number}`, join(folder, 'DVC_set', 'Data', `S0000${number}.set`)]),
  );
  expect((await infoOf('DVC_set/Data/S00001.set')).nav[0]?.size).toBe(1);
});

test('links that lead back, also in turns, are left out and told', async () => {
  makeSet('A');
  makeSet('A/B', 256, 1);
  makeSet('Other');
  for (const [at, to] of [
    ['A/Self', 'A'],
    ['A/B/Up', 'A'],
    ['A/There', 'Other'],
    ['Other/Back', 'A'],
  ] as const) {
    symlinkSync(join(folder, to), join(folder, at));
    writeFileSync(join(folder, `${at}.set`), 'SetType = 256;\n');
  }
  const info = await infoOf('A');
  expect(info.warnings).toMatchObject([{ code: 'loop', path: join(folder, 'A', 'Self') }]);
  expect(await deepTitles(info)).toEqual(['B', 'There']);
});

test('a link that leads out of what may be read is no member', async () => {
  makeSet('Outside', 256, 1);
  makeSet('Root/A');
  symlinkSync(join(folder, 'Outside'), join(folder, 'Root/A/Out'));
  writeFileSync(join(folder, 'Root/A/Out.set'), 'SetType = 256;\n');
  const { dataset } = await openFrames(join(folder, 'Root/A.set'), { root: join(folder, 'Root') });
  expect(dataset.info.children).toEqual([]);
  await expect(openFrames(join(folder, 'Root/A/Out.set'), { root: join(folder, 'Root') })).rejects.toMatchObject({ code: 'access-denied' });
});

test('text and folder may differ in case', async () => {
  makeSet('Run', 256, 2, '.SET');
  mkdirSync(join(folder, 'mixed'));
  writeFileSync(join(folder, 'MIXED.set'), 'SetType = 512;\n');
  expect((await infoOf('Run.SET')).nav[0]?.size).toBe(2);
  expect((await infoOf('Run')).nav[0]?.size).toBe(2);
  expect(await infoOf('Run/B2.im7')).toMatchObject({ format: 'davis-set', path: join(folder, 'Run.SET') });
  expect((await infoOf('MIXED.set')).typeId).toBe('SET_TYPE_ID_VECTOR');
  expect((await infoOf('mixed')).typeId).toBe('SET_TYPE_ID_VECTOR');
  const { entries } = await listFolder(folder, undefined, new AbortController().signal);
  expect(entries.map(({ name, kind }) => [name, kind])).toEqual([
    ['MIXED.set', 'dataset'],
    ['Run.SET', 'dataset'],
  ]);
});

test('a buffer of a set without any says what the set is', async () => {
  const reason = async (path: string): Promise<unknown> =>
    (await openFrames(join(folder, path))).dataset.buffer(0).catch((error: unknown) => error);
  makeSet('Plot', 1024);
  makeSet('Multi');
  makeSet('Multi/A', 256, 1);
  makeSet('Empty');
  expect(await reason('Plot')).toMatchObject({ code: 'unsupported', message: expect.stringContaining('SET_TYPE_ID_PLOT') });
  expect(await reason('Multi')).toMatchObject({
    code: 'out-of-range',
    message: expect.stringContaining('holds 1 set'),
    hint: expect.stringContaining(join(folder, 'Multi', 'A.set')),
  });
  expect(await reason('Empty')).toMatchObject({ code: 'out-of-range', message: 'There is no buffer 0: the set Empty has 0.' });
});

test('a text without a readable entry opens as images and says so', async () => {
  makeSet('Scrap', 512, 1);
  writeFileSync(join(folder, 'Scrap.set'), 'SetType=512\n\u0001\u0002 SetEnd\n');
  const info = await infoOf('Scrap.set');
  expect(info).toMatchObject({ title: 'Scrap', typeId: 'SET_TYPE_ID_IMAGE', nav: [{ size: 1 }] });
  expect(info.warnings).toEqual([
    { code: 'malformed', message: expect.stringContaining('Scrap.set has no entry that can be read'), path: join(folder, 'Scrap.set') },
  ]);
});
