import { describe, expect, test } from 'vitest';
import '../../../main/host/node-inflate.ts';
import { davisSet } from '../../../main/formats/davis/set.ts';
import { memoryFolder } from '../../../main/sources/memory-folder.ts';
import type { FrameDataset } from '../../../shared/model/dataset.ts';
import { davisFile, joined, words } from '../../support/davis-file.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const SET = text('SetType = 4352;\nSetIdentifier = "StreamSet";\n');

/** Two buffers of 2 x 1 pixels in 16 bits: 1 2, 3 4. */
const INDEX = index([
  [1, 0, 4],
  [1, 4, 4],
]);
const FRAMES = words(1, 2, 3, 4);

function index(entries: readonly (readonly [flag: number, offset: number, size: number])[], header = [1, 2, 1, 16]): Uint8Array {
  const view = new DataView(new ArrayBuffer(1024 + 20 * entries.length));
  for (const [k, value] of header.entries()) view.setInt32(8 + 4 * k, value, true);
  entries.forEach(([flag, offset, size], k) => {
    view.setInt32(1024 + 20 * k, flag, true);
    view.setBigInt64(1028 + 20 * k, BigInt(offset), true);
    view.setBigInt64(1036 + 20 * k, BigInt(size), true);
  });
  return new Uint8Array(view.buffer);
}

const decoder = (id: string): Uint8Array => text(`<d><id> ${id} </id></d>`);
const manifest = (...elements: readonly string[]): Uint8Array => text(`<S>${elements.join('')}</S>`);
const purpose = (stream: number | string, end = stream): string => `<ContentPurpose StartFrame="${stream}" EndFrame="${end}"/>`;
const reader = (stream: number | string, prefix: string): string =>
  `<R><ReaderInfo Type="Core.Set.Recording.FrameReader" FilePrefix="${prefix}">${purpose(stream)}</ReaderInfo></R>`;
const transformer = (id: string, stream = 0): string => `<Transformer ID="${id}" FilePrefix="T">${purpose(stream)}</Transformer>`;

const PLAIN = { 'Frame0-0.ims': INDEX, 'Frame0-1.ims': FRAMES, 'Frame0-decoder.xml': decoder('raw-16-bit') };

async function open(files: Readonly<Record<string, Uint8Array>>): Promise<FrameDataset> {
  const folder = memoryFolder(
    '',
    new Map([['R.set', SET], ...Object.entries(files).map(([name, bytes]) => [`R/${name}`, bytes] as const)]),
  );
  return (await davisSet.open({ folder, entry: { name: 'R.set', kind: 'file', size: SET.byteLength }, options: {} })).dataset;
}

async function pixels(dataset: FrameDataset, buffer: number, frame = 0): Promise<readonly number[]> {
  const plane = await (await dataset.buffer(buffer)).plane({ frame, component: 'PIXEL', plane: 0 });
  return Array.from(plane.data as Uint16Array);
}

test('the pixels lie where the index says, in whole buffers', async () => {
  const dataset = await open({
    ...PLAIN,
    'Frame0-0.ims': joined([
      index([
        [1, 4, 4],
        [1, 0, 4],
      ]),
      new Uint8Array(19),
    ]),
  });
  expect(dataset.info.nav[0]?.size).toBe(2);
  expect([await pixels(dataset, 0), await pixels(dataset, 1)]).toEqual([
    [3, 4],
    [1, 2],
  ]);
  await expect(dataset.buffer(2)).rejects.toMatchObject({ code: 'out-of-range' });
});

test('names on disk may differ in case', async () => {
  const dataset = await open({ 'frame0-0.IMS': INDEX, 'FRAME0-1.ims': FRAMES, 'Frame0-Decoder.XML': decoder('raw-16-bit') });
  expect(await pixels(dataset, 1)).toEqual([3, 4]);
});

test('bits without a decoder file are taken for what has their size; 12 bits are told', async () => {
  const dataset = await open({ 'Frame0-0.ims': INDEX, 'Frame0-1.ims': FRAMES });
  expect([dataset.info.warnings, await pixels(dataset, 0)]).toEqual([[], [1, 2]]);
  const packed = await open({ 'Frame0-0.ims': index([[1, 0, 3]]), 'Frame0-1.ims': Uint8Array.of(0x21, 0x63, 0x54) });
  expect(packed.info.warnings).toMatchObject([{ code: 'guessed-decoder' }]);
  expect(await pixels(packed, 0)).toEqual([0x321, 0x546]);
  const odd = await open({ 'Frame0-0.ims': index([[1, 0, 5]]), 'Frame0-1.ims': new Uint8Array(5) });
  await expect(pixels(odd, 0)).rejects.toMatchObject({ code: 'missing-companion', message: expect.stringContaining('Frame0-decoder.xml') });
});

describe('what is not known is refused by name, and only where it matters', () => {
  const two = (...elements: readonly string[]) => ({
    ...PLAIN,
    'Frame1-0.ims': INDEX,
    'Frame1-1.ims': FRAMES,
    'Frame1-decoder.xml': decoder('raw-16-bit'),
    'StreamSet.xml': manifest(reader(0, 'Frame0'), reader(1, 'Frame1'), ...elements),
  });
  test.each([
    ['a decoder', { ...two(), 'Frame0-decoder.xml': decoder('mono-12pmsb') }, "'mono-12pmsb'"],
    ['a correction', two(transformer('shading')), "'shading'"],
    ['two corrections', two(transformer('rotate-180'), transformer('dark-image-subtraction')), 'whose order is not told'],
    [
      'an index flag',
      {
        ...two(),
        'Frame0-0.ims': index([
          [2, 0, 4],
          [1, 4, 4],
        ]),
      },
      'the flag 2',
    ],
  ])('%s', async (_what, files, message) => {
    const dataset = await open(files);
    await expect(pixels(dataset, 0, 0)).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining(message) });
    expect(await pixels(dataset, 0, 1)).toEqual([1, 2]);
  });
});

describe('manifests that contradict themselves', () => {
  test.each([
    ['a gap between streams', manifest(reader(0, 'Frame0'), reader(2, 'Frame1'))],
    ['two readers of a stream', manifest(reader(0, 'Frame0'), reader(0, 'Frame1'))],
    ['a range of streams', manifest(`<ReaderInfo Type="Core.Set.Recording.FrameReader" FilePrefix="Frame0">${purpose(0, 1)}</ReaderInfo>`)],
    ['no stream', manifest('<ReaderInfo Type="Core.Set.Recording.FrameReader" FilePrefix="Frame0"/>')],
    ['a negative stream', manifest(reader(-1, 'Frame0'))],
    ['no prefix', manifest(reader(0, ' '))],
  ])('%s', async (_what, streamSet) => {
    await expect(open({ ...PLAIN, 'StreamSet.xml': streamSet })).rejects.toMatchObject({
      code: 'malformed',
      message: expect.stringContaining('contradicts itself'),
    });
  });
  test.each(['..', 'a/b', 'a\\b', '/etc/passwd'])('the name %s leaves the folder', async (prefix) => {
    await expect(open({ ...PLAIN, 'StreamSet.xml': manifest(reader(0, prefix)) })).rejects.toMatchObject({ code: 'access-denied' });
  });
});

describe('the dark image', () => {
  const dark = (data: Uint8Array, width = 2, format = -4) => ({
    ...PLAIN,
    'StreamSet.xml': manifest(transformer('dark-image-subtraction')),
    'T-dark.im7': davisFile({ width, height: 1, data, format }),
  });
  test('is subtracted down to zero', async () => expect(await pixels(await open(dark(words(2, 3))), 1)).toEqual([1, 1]));
  test('never below', async () => expect(await pixels(await open(dark(words(9, 3))), 1)).toEqual([0, 1]));
  test.each([
    ['of another size', dark(words(1, 2, 3), 3), 'malformed'],
    ['with broken numbers', dark(new Uint8Array(Float32Array.of(0.5, 1).buffer), 2, -3), 'unsupported'],
    ['that is not there', { ...PLAIN, 'StreamSet.xml': manifest(transformer('dark-image-subtraction')) }, 'missing-companion'],
  ])('%s fails', async (_what, files, code) => expect(pixels(await open(files), 0)).rejects.toMatchObject({ code }));
});

test.each([
  ['cut pixels', { ...PLAIN, 'Frame0-1.ims': FRAMES.subarray(0, 7) }, 'truncated'],
  [
    'a size that does not fit',
    {
      ...PLAIN,
      'Frame0-0.ims': index([
        [1, 0, 4],
        [1, 4, 2 ** 40],
      ]),
    },
    'malformed',
  ],
  [
    'a place far away',
    {
      ...PLAIN,
      'Frame0-0.ims': index([
        [1, 0, 4],
        [1, 2 ** 50, 4],
      ]),
    },
    'truncated',
  ],
  [
    'a negative place',
    {
      ...PLAIN,
      'Frame0-0.ims': index([
        [1, 0, 4],
        [1, -4, 4],
      ]),
    },
    'malformed',
  ],
])('%s fail alone', async (_what, files, code) => {
  const dataset = await open(files);
  expect(await pixels(dataset, 0)).toEqual([1, 2]);
  await expect(pixels(dataset, 1)).rejects.toMatchObject({ code });
});

test('sizes that no camera has are refused before anything is allocated', async () => {
  const huge = index([[1, 0, 4]], [1, 2 ** 31 - 1, 2 ** 31 - 1, 16]);
  await expect(open({ ...PLAIN, 'Frame0-0.ims': huge })).rejects.toMatchObject({ code: 'malformed' });
});

test('several streams of other names need a manifest', async () => {
  const { info } = await open({ 'Cam1-0.ims': INDEX, 'Cam1-1.ims': FRAMES, 'Cam2-0.ims': INDEX, 'Cam2-1.ims': FRAMES });
  expect(info.warnings).toMatchObject([{ code: 'unsupported' }]);
});

test('a recording whose streams grow shows whole buffers only', async () => {
  const files = new Map<string, Uint8Array>([
    ['R.set', SET],
    ...Object.entries({ ...PLAIN, 'Frame0-0.ims': INDEX.subarray(0, 1044), 'Frame0-1.ims': FRAMES.subarray(0, 4) }).map(
      ([name, bytes]) => [`R/${name}`, bytes] as const,
    ),
  ]);
  const { dataset } = await davisSet.open({
    folder: memoryFolder('', files),
    entry: { name: 'R.set', kind: 'file', size: 0 },
    options: {},
  });
  expect(dataset.info.nav[0]?.size).toBe(1);
  files.set('R/Frame0-0.ims', INDEX);
  expect(await dataset.growth?.refresh()).toEqual({ changed: false, rewritten: [], pending: true });
  files.set('R/Frame0-1.ims', FRAMES);
  expect(await dataset.growth?.refresh()).toEqual({ changed: true, rewritten: [], pending: false });
  expect(dataset.info.nav[0]?.size).toBe(2);
  expect(await pixels(dataset, 1)).toEqual([3, 4]);
});
