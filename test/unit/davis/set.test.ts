import { expect, test } from 'vitest';
import { davisSet } from '../../../main/formats/davis/set.ts';
import { memoryFolder } from '../../../main/sources/memory-folder.ts';
import { subFolder } from '../../../main/sources/sub-folder.ts';
import type { Opened } from '../../../main/formats/format.ts';
import { davisFile, words } from '../../support/davis-file.ts';

const IMAGE = davisFile({ width: 2, height: 1, data: words(1, 2) });
const TEXT = new TextEncoder().encode('SetType = 256;\nSetComments = "note";\n');
const FILES = new Map([
  ['S.set', TEXT],
  ['S/B00001.im7', IMAGE],
  ['S/B00012.im7', IMAGE],
  ['S/Sub.set', TEXT],
  ['S/Sub/B00001.im7', IMAGE],
  ['Empty.set', TEXT],
  ['Loose/B00001.im7', IMAGE],
]);
const ROOT = memoryFolder('/data', FILES);

async function open(path: string): Promise<Opened> {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  const folder = subFolder(ROOT, parts.join('/'));
  const entry = await folder.stat(name);
  if (!entry) throw new Error(`no ${path}`);
  return davisSet.open({ folder, entry, options: {} });
}

test('the text, the folder and a file in it open the same set', async () => {
  for (const path of ['S.set', 'S', 'S/B00012.im7']) {
    const { dataset } = await open(path);
    expect(dataset.info).toMatchObject({
      title: 'S',
      path: '/data/S.set',
      typeId: 'SET_TYPE_ID_IMAGE',
      isMultiset: false,
      firstNumber: 1,
      summary: "<Image set 'S' with 2 buffers>",
      attributes: { SetType: 256, SetComments: 'note' },
      missing: [[1, 11]],
      children: [{ title: 'Sub', path: '/data/S/Sub.set', format: 'davis-set' }],
    });
    expect(dataset.info.nav).toMatchObject([{ name: 'buffer', size: 12 }]);
  }
});

test('a file in the folder opens the set there and is offered alone', async () => {
  const { at, single, dataset } = await open('S/B00012.im7');
  expect([at, single]).toEqual([11, '/data/S/B00012.im7']);
  const { info } = await dataset.buffer(11);
  expect(info).toMatchObject({
    index: 11,
    name: 'B00012.im7',
    state: 'present',
    attributes: { LoadFile: '/data/S/B00012.im7', LoadSet: '/data/S', LoadSetIndex: '12', LoadSetType: 'SET_TYPE_ID_IMAGE' },
  });
});

test('a gap, an index beyond the end, and a closed set', async () => {
  const { dataset } = await open('S');
  await expect(dataset.buffer(5)).rejects.toMatchObject({ code: 'not-found', path: '/data/S/B00006' });
  await expect(dataset.buffer(12)).rejects.toMatchObject({ code: 'out-of-range' });
  await dataset[Symbol.asyncDispose]();
  await expect(dataset.buffer(0)).rejects.toMatchObject({ code: 'closed' });
});

test('half a set says what is missing', async () => {
  await expect(open('Empty.set')).rejects.toMatchObject({
    code: 'missing-companion',
    message: "File /data/Empty.set exists but the corresponding folder /data/Empty doesn't.",
  });
  await expect(open('Loose')).rejects.toMatchObject({
    code: 'missing-companion',
    message: "Folder /data/Loose exists but the corresponding file /data/Loose.set doesn't.",
  });
});
