import { expect, test } from 'vitest';
import { probePictures } from '../../main/formats/picture-folder.ts';
import type { Folder } from '../../main/sources/byte-source.ts';
import { memoryFolder } from '../../main/sources/memory-folder.ts';

const isPng = (name: string): boolean => name.endsWith('.png');

/** A folder whose files nobody may look at one by one. */
function namesOnly(names: readonly string[]): Folder {
  const refuse = (): never => {
    throw new Error('the files of the folder were looked at');
  };
  return { ...memoryFolder('', new Map(names.map((name) => [name, new Uint8Array(0)]))), list: refuse, open: refuse, stat: refuse };
}

test('a folder is judged by the names of its files alone, the more pictures the surer', async () => {
  const pure = await probePictures(namesOnly(['a.png', 'b.png']), '', isPng, 'pictures');
  const mixed = await probePictures(namesOnly(['a.png', 'b.txt', 'c.txt', 'd.txt']), '', isPng, 'pictures');
  expect(pure).toEqual({ score: 0.4, reason: 'a folder with 2 pictures' });
  expect(mixed.score).toBeCloseTo(0.325, 9);
  expect((await probePictures(namesOnly(['a.txt', 'png']), '', isPng, 'pictures')).score).toBe(0);
});

test('of a large folder some of the names are enough', async () => {
  const names = Array.from({ length: 20_000 }, (_, i) => `${i}.png`);
  let looked = 0;
  const { score, reason } = await probePictures(
    namesOnly(names),
    '',
    (name) => {
      looked += 1;
      return isPng(name);
    },
    'pictures',
  );
  expect([looked, score]).toEqual([1000, 0.4]);
  expect(reason).toBe('a folder with pictures: 1000 of the first 1000 names');
});
