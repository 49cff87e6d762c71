import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import '../../../main/host/node-inflate.ts';
import { davisSet } from '../../../main/formats/davis/set.ts';
import { davisBuffer } from '../../../main/formats/davis/buffer-file.ts';
import { openFrames } from '../../../main/host/open-path.ts';
import { davisBufferWriter } from '../../../main/writers/davis/buffer-writer.ts';
import { davisSetWriter } from '../../../main/writers/davis/set-writer.ts';
import { bufferCount } from '../../../shared/model/dataset.ts';
import { fixtureFolders } from '../../support/fixtures.ts';
import { compareArray } from '../../support/compare-arrays.ts';
import { compareBuffer } from '../../support/compare-info.ts';
import { namesIn, openWith, temporaryFolder, writeTo } from '../../support/export-round-trip.ts';
import { imageFrame, madeDataset } from '../../support/made-dataset.ts';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'fixtures', 'davis');
const one = (value: number) => imageFrame('u2', [1, 2], Uint16Array.of(value, value + 1));
const three = () => madeDataset([{ frames: [one(1)] }, { frames: [one(3)] }, { frames: [one(5)] }]);

/** Frames of one size only: others are filled up, which their own test covers. */
const cases =
  fixtureFolders()
    .find(({ name }) => name === 'davis')
    ?.cases.filter(({ code, errors }) => code === undefined && !errors) ?? [];

describe('a DaVis file that is written again', () => {
  it.each(cases.filter(({ info }) => (info?.buffers ?? [info?.buffer]).some(Boolean)).map((fixture) => [fixture.path, fixture] as const))(
    '%s is read as its original is',
    async (path, { info, arrays = [], open }) => {
      const { dataset: original } = await openFrames(join(FIXTURES, path), { options: open });
      await using _ = original;
      const frames = (await original.buffer(0)).info.frames;
      if (new Set(frames.map(({ shape }) => shape.join())).size > 1) return;
      await using folder = await temporaryFolder();
      const target = join(folder.path, 'again.set');
      await writeTo(davisSetWriter, original, target);
      await using read = await openWith(davisSet, target);
      const buffers = info?.buffers ?? (info?.buffer ? [info.buffer] : []);
      for (const [index, expected] of buffers.entries()) {
        if (!expected) continue;
        const facts = JSON.parse(
          JSON.stringify(expected)
            .replaceAll('"|u1"', '"<u2"')
            .replaceAll(/"(_Header_\w+|LoadSet\w*)":"[^"]*",?/g, '')
            .replaceAll(',}', '}'),
        );
        for (const frame of facts.frames)
          for (const name of ['MASK', 'ENABLED']) if (frame.components[name]) frame.components[name].dtype = '|u1';
        compareBuffer((await read.buffer(index)).info, facts);
      }
      for (const expected of arrays) {
        if (expected.mode === 'raw' && expected.dtype === '|u1' && expected.component === 'PIXEL') continue;
        await compareArray(await read.buffer(expected.index[0] ?? 0), expected, FIXTURES);
      }
    },
  );
});

describe('set', () => {
  it('has the files, the text and the version', async () => {
    await using folder = await temporaryFolder();
    const progress: number[] = [];
    const made = three();
    const attributes = { SetTitle: 'Größe "1"\n', Answer: 42, 'two words': 0.5 };
    const result = await writeTo(davisSetWriter, { ...made, info: { ...made.info, attributes } }, join(folder.path, 'out'), {
      progress: (done) => {
        progress.push(done);
      },
    });
    expect(result).toEqual({
      target: join(folder.path, 'out.set'),
      buffers: 3,
      losses: ["Attribute 'two words' of the dataset is stored as 'two_words'."],
    });
    expect(progress).toEqual([1, 2, 3]);
    expect(await namesIn(folder.path)).toEqual(['out', 'out.set']);
    expect(await namesIn(join(folder.path, 'out'))).toEqual(['B00001.im7', 'B00002.im7', 'B00003.im7']);
    await using read = await openWith(davisSet, result.target);
    expect(read.info).toMatchObject({ typeId: 'SET_TYPE_ID_IMAGE', title: 'Größe "1"\n' });
    expect(read.info.attributes).toMatchObject({
      SetTitle: 'Größe "1"\n',
      Answer: 42,
      two_words: '0.5',
      _StreaklineVersion: expect.stringMatching(/^\d+\.\d+/),
    });
    const buffer = await read.buffer(2);
    expect(buffer.info.attributes._StreaklineVersion).toMatch(/^\d+\.\d+/);
    expect((await buffer.plane({ frame: 0, component: 'PIXEL', plane: 0 })).data).toEqual(Uint16Array.of(5, 6));
  });

  it('is replaced only by force, and only where nothing but buffers goes with it', async () => {
    await using folder = await temporaryFolder();
    const target = join(folder.path, 'a.set');
    await writeTo(davisSetWriter, three(), target);
    await expect(writeTo(davisSetWriter, three(), target)).rejects.toMatchObject({ code: 'exists' });
    await writeTo(davisSetWriter, madeDataset([{ frames: [one(9)] }]), target, { force: true });
    expect(await namesIn(join(folder.path, 'a'))).toEqual(['B00001.im7']);
    await mkdir(join(folder.path, 'a', 'Results'));
    await expect(writeTo(davisSetWriter, three(), target, { force: true })).rejects.toMatchObject({
      code: 'exists',
      message: expect.stringContaining('Results'),
    });
    expect(await namesIn(join(folder.path, 'a'))).toEqual(['B00001.im7', 'Results']);
    expect(await namesIn(folder.path)).toEqual(['a', 'a.set']);
  });

  it('is never written over its source', async () => {
    await using folder = await temporaryFolder();
    const target = join(folder.path, 'a.set');
    await writeTo(davisSetWriter, three(), target);
    await using source = await openWith(davisSet, target);
    for (const place of [target, join(folder.path, 'a'), join(folder.path, 'a', 'inner.set')]) {
      await expect(writeTo(davisSetWriter, source, place, { force: true })).rejects.toMatchObject({
        code: 'exists',
        message: expect.stringContaining('source'),
      });
    }
  });

  it('leaves nothing when it is cancelled or fails, and goes on where it stopped when asked to', async () => {
    await using folder = await temporaryFolder();
    const target = join(folder.path, 'a.set');
    const stopped = async (resume: boolean): Promise<void> => {
      const abort = new AbortController();
      await expect(
        writeTo(davisSetWriter, three(), target, { resume, signal: abort.signal, progress: () => abort.abort() }),
      ).rejects.toMatchObject({ code: 'aborted' });
    };
    await stopped(false);
    expect(await namesIn(folder.path)).toEqual([]);
    const bad = { ...three(), buffer: async () => Promise.reject(new Error('broken')) };
    await expect(writeTo(davisSetWriter, bad, target)).rejects.toThrow('broken');
    expect(await namesIn(folder.path)).toEqual([]);
    await stopped(true);
    const [work = ''] = await namesIn(folder.path);
    expect(work).toMatch(/^\.a\.\w+\.part$/);
    const kept = await readdir(join(folder.path, work, 'a'));
    expect(kept.length).toBeGreaterThan(0);
    const opened: number[] = [];
    const again = three();
    await writeTo(
      davisSetWriter,
      {
        ...again,
        buffer: (index, o) => {
          opened.push(index);
          return again.buffer(index, o);
        },
      },
      target,
      { resume: true },
    );
    expect(opened.length).toBe(3 - kept.length);
    expect(await namesIn(folder.path)).toEqual(['a', 'a.set']);
    expect(await namesIn(join(folder.path, 'a'))).toHaveLength(3);
  });

  it('keeps gaps, masks what is blank, and refuses to be empty', async () => {
    await using folder = await temporaryFolder();
    const made = madeDataset([{ frames: [one(1)] }, { frames: [one(3)] }, { frames: [one(0)], facts: { state: 'blank' } }], {
      missing: [[1, 2]],
    });
    const { losses } = await writeTo(davisSetWriter, made, join(folder.path, 'a'));
    expect(losses.join()).toMatch(/gaps.*masked everywhere/);
    expect(await namesIn(join(folder.path, 'a'))).toEqual(['B00001.im7', 'B00003.im7']);
    await using read = await openWith(davisSet, join(folder.path, 'a.set'));
    expect((await (await read.buffer(2)).plane({ frame: 0, component: 'MASK', plane: 0 })).data).toEqual(Uint8Array.of(0, 0));
    expect(davisSetWriter.accepts(madeDataset([]).info)).toBe('the set is empty');
  });

  it('holds sets in sets', async () => {
    await using folder = await temporaryFolder();
    const child = (title: string) => ({ title, path: title, format: 'made' });
    const outer = madeDataset([], { isMultiset: true, children: [child('Cam 1'), child('Cam/2'), child('cam_2')] });
    const target = join(folder.path, 'multi.set');
    await writeTo(davisSetWriter, outer, target, { openChild: async () => three() });
    await using read = await openWith(davisSet, target);
    expect(read.info.isMultiset).toBe(true);
    expect(read.info.children.map(({ title }) => title)).toEqual(['Cam 1', 'cam_2', 'Cam/2']);
    const counts = await Promise.all(read.info.children.map(async ({ path }) => bufferCount((await openWith(davisSet, path)).info)));
    expect(counts).toEqual([3, 3, 3]);
    const losses = (await writeTo(davisSetWriter, madeDataset([{ frames: [one(1)] }], { children: [child('x')] }), join(folder.path, 'b')))
      .losses;
    expect(losses.join()).toContain('1 dataset inside of it is not written (x); -w children=true');
  });

  it('is written with its sets where it holds nothing else, also those in a folder of it, and tells those that nothing can be read of', async () => {
    await using folder = await temporaryFolder();
    const child = (title: string) => ({ title, path: title, format: 'made' });
    const target = join(folder.path, 'DVC_set.set');
    const plot = madeDataset([], {
      title: 'Plot',
      warnings: [{ code: 'unsupported', message: 'Sets of type SET_TYPE_ID_PLOT are not supported.' }],
    });
    const { buffers, losses } = await writeTo(
      davisSetWriter,
      madeDataset([], {
        children: [child('Data/S00001'), child('Plot')],
        warnings: [{ code: 'loop', message: 'up is a link that leads back to a folder above it; it is left out.' }],
      }),
      target,
      {
        openChild: async ({ title }) => (title === 'Plot' ? plot : three()),
      },
    );
    expect(buffers).toBe(3);
    expect([...losses].sort()).toEqual([
      'Plot: Sets of type SET_TYPE_ID_PLOT are not supported.',
      'made: up is a link that leads back to a folder above it; it is left out.',
    ]);
    expect(await namesIn(join(folder.path, 'DVC_set', 'Data'))).toEqual(['S00001', 'S00001.set']);
    await using read = await openWith(davisSet, target);
    expect(read.info.children.map(({ title }) => title)).toEqual(['Plot', 'Data/S00001']);
    const one = join(folder.path, 'DVC_set', 'Data', 'S00001.set');
    expect((await readFile(one, 'utf8')).split('\n')[0]).toContain('<S00001.set>');
  });
});

describe('single buffer', () => {
  it('takes one buffer under the name of its kind', async () => {
    await using folder = await temporaryFolder();
    expect(davisBufferWriter.accepts(three().info)).toContain('has 3');
    const single = madeDataset([{ frames: [one(7)] }]);
    await expect(writeTo(davisBufferWriter, single, join(folder.path, 'a.vc7'))).rejects.toMatchObject({ code: 'invalid-option' });
    expect(await namesIn(folder.path)).toEqual([]);
    await writeTo(davisBufferWriter, single, join(folder.path, 'a.im7'));
    await expect(writeTo(davisBufferWriter, single, join(folder.path, 'a.im7'))).rejects.toMatchObject({ code: 'exists' });
    await using read = await openWith(davisBuffer, join(folder.path, 'a.im7'));
    expect((await (await read.buffer(0)).plane({ frame: 0, component: 'PIXEL', plane: 0 })).data).toEqual(Uint16Array.of(7, 8));
  });

  it('does not touch a file that came there meanwhile', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.im7');
    const late = { ...three(), info: madeDataset([{ frames: [one(1)] }]).info };
    const slow = {
      ...late,
      buffer: async (index: number) => {
        await writeFile(path, 'mine');
        return three().buffer(index);
      },
    };
    await expect(writeTo(davisBufferWriter, slow, path)).rejects.toMatchObject({ code: 'exists' });
    expect(await readFile(path, 'utf8')).toBe('mine');
  });
});
