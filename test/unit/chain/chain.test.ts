import { describe, expect, it } from 'vitest';
import { memoryDataset } from '../../../main/formats/memory.ts';
import { collectDatasets } from '../../../main/host/chain/collected.ts';
import { withLayout } from '../../../main/host/chain/layout.ts';
import { withRangeHint } from '../../../main/host/chain/range-hint.ts';
import { parseRange, selectBuffers } from '../../../main/host/chain/selected.ts';
import { tellingWarnings } from '../../../main/host/chain/told-warnings.ts';
import { withExpressions } from '../../../main/host/chain/with-expressions.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { FrameDataset } from '../../../shared/model/dataset.ts';
import { imageFrame, madeDataset, type MadeBuffer } from '../../support/made-dataset.ts';
import { watched } from '../../support/watched-dataset.ts';

const buffer = (value: number, more: Partial<MadeBuffer> = {}): MadeBuffer => ({
  frames: [imageFrame('u2', [1, 2], Uint16Array.of(value, value + 1))],
  ...more,
});
const numbers = async (dataset: FrameDataset, index: number, frame = 0, plane = 0): Promise<readonly number[]> =>
  Array.from((await (await dataset.buffer(index)).plane({ frame, component: 'PIXEL', plane })).data, Number);

describe('range', () => {
  it.each([
    ['0:3', [0, 1, 2]],
    ['1:', [1, 2, 3, 4]],
    [':2', [0, 1]],
    ['::2', [0, 2, 4]],
    ['-2:', [3, 4]],
    ['3:99', [3, 4]],
    ['4:1:-1', [4, 3, 2]],
    ['::-2', [4, 2, 0]],
    [' 1 : 2 ', [1]],
  ])('%s', (text, wanted) => {
    expect(parseRange(text, 5)).toEqual(wanted);
  });

  it.each(['', '3', 'a:b', '0:3:0', '1:2:3:4', '0,3'])('%s is no range', (text) => {
    expect(() => parseRange(text, 5)).toThrow(expect.objectContaining({ code: 'invalid-option' }));
  });

  it('of nothing is out of range', () => {
    expect(() => parseRange('5:', 5)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });
});

describe('selected buffers', () => {
  it('keep data, positions and gaps, and close their dataset', async () => {
    const axis = { name: 'time', size: 4, scale: { slope: 0.5, offset: 1, unit: 's', description: '' } };
    const { dataset, watch } = watched(madeDataset([buffer(0), buffer(10), buffer(20), buffer(30)], { nav: [axis], missing: [[2, 3]] }));
    const even = selectBuffers(dataset, [0, 2]);
    expect(even.info.nav).toEqual([{ name: 'time', size: 2, scale: { slope: 1, offset: 1, unit: 's', description: '' } }]);
    expect(even.info.missing).toEqual([[1, 2]]);
    expect(await numbers(even, 1)).toEqual([20, 21]);
    expect((await even.buffer(1)).info.index).toBe(1);
    expect(watch.reads).toEqual([2, 2]);
    const odd = selectBuffers(dataset, [3, 0, 1]);
    expect(odd.info.nav[0]?.values).toEqual([2.5, 1, 1.5]);
    await expect(even.buffer(2)).rejects.toMatchObject({ code: 'out-of-range' });
    expect(() => selectBuffers(dataset, [4])).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    await even[Symbol.asyncDispose]();
    expect(watch.closed).toBe(true);
  });
});

describe('a buffer that cannot be read', () => {
  it.each([
    [1, 'Buffer 1 of 0 to 2 cannot be read; the range 0:1 or 2:3 leaves it out.'],
    [2, 'Buffer 2 of 0 to 2 cannot be read; the range 0:2 leaves it out.'],
    [0, 'Buffer 0 of 0 to 2 cannot be read; the range 1:3 leaves it out.'],
  ])('%i says which range leaves it out', async (broken, hint) => {
    const made = madeDataset([buffer(0), buffer(1), buffer(2)]);
    const cut = new DataError('truncated', 'The file ends early.', { path: 'B00002.im7', offset: 7 });
    const dataset: FrameDataset = { ...made, buffer: (index) => (index === broken ? Promise.reject(cut) : made.buffer(index)) };
    const hinted = withRangeHint(dataset);
    await expect(hinted.buffer(broken)).rejects.toMatchObject({ code: 'truncated', path: 'B00002.im7', offset: 7, hint });
    expect((await hinted.buffer(broken === 0 ? 1 : 0)).info.state).toBe('present');
  });
});

describe('warnings of a source', () => {
  it('about what is left out are notes, of buffers as far as they are read', async () => {
    const made = madeDataset([buffer(0), buffer(1)], {
      warnings: [
        { code: 'ignored-mask', message: 'The mask is ignored.' },
        { code: 'list-cut', message: 'There is more.' },
      ],
    });
    const damaged: FrameDataset = {
      ...made,
      buffer: async (index) => ({
        ...(await made.buffer(index)),
        warnings: index === 1 ? [{ code: 'cut', message: 'The mask is left out.' }] : [],
      }),
    };
    const told = tellingWarnings(damaged);
    expect(told.notes()).toEqual(['The mask is ignored.']);
    for (const index of [0, 1]) await told.buffer(index);
    expect(told.notes()).toEqual(['The mask is ignored.', 'Buffer 1 of the source: The mask is left out.']);
  });

  it('that several buffers have stand once; of several sources the title tells which', async () => {
    const made = madeDataset(
      Array.from({ length: 14 }, (_, i) => buffer(i)),
      { title: 'a.png' },
    );
    const cut = { code: 'cut', message: 'Cut.' };
    const warned: FrameDataset = { ...made, buffer: async (index) => ({ ...(await made.buffer(index)), warnings: [cut] }) };
    const told = tellingWarnings(warned, true);
    for (const index of [3, 2, 3]) await told.buffer(index);
    expect(told.notes()).toEqual(['Buffers 2, 3 of a.png: Cut.']);
    for (let index = 0; index < 12; index++) await told.buffer(index);
    expect(told.notes()).toEqual(['Buffers 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more of a.png: Cut.']);
    for (const index of [12, 13]) await told.buffer(index);
    expect(told.notes()).toEqual(['All 14 buffers of a.png: Cut.']);
  });
});

describe('collected datasets', () => {
  it('follow one another, with the gaps of each', async () => {
    const all = collectDatasets([madeDataset([buffer(0)]), madeDataset([buffer(10), buffer(20)], { missing: [[1, 2]] })]);
    expect(all.info.nav[0]?.size).toBe(3);
    expect(all.info.missing).toEqual([[2, 3]]);
    expect(await numbers(all, 1)).toEqual([10, 11]);
  });

  it('become frames; attributes that differ go to their frames', async () => {
    const made = [1, 2, 3, 4].map((value) => buffer(10 * value, { attributes: { Same: 'x', Own: `${value}` } }));
    const pairs = collectDatasets([madeDataset(made)], 2);
    const { info } = await pairs.buffer(1);
    expect(pairs.info.nav[0]?.size).toBe(2);
    expect(info.attributes).toEqual({ Same: 'x' });
    expect(info.frames.map(({ attributes }) => attributes)).toEqual([{ Own: '3' }, { Own: '4' }]);
    expect(await numbers(pairs, 1, 1)).toEqual([40, 41]);
    await expect(numbers(pairs, 1, 2)).rejects.toMatchObject({ code: 'out-of-range' });
    expect(() => collectDatasets([madeDataset(made)], 3)).toThrow(
      expect.objectContaining({ code: 'invalid-option', message: expect.stringContaining('4 buffers') }),
    );
  });
});

describe('layout', () => {
  const stack = (navShape: readonly number[]) =>
    memoryDataset({ title: 's', dtype: 'u2', data: Uint16Array.from({ length: 48 }, (_, i) => i), navShape, sigShape: [1, 2] });

  it('bfzhw regroups the axes before the plane', async () => {
    const dataset = withLayout(stack([2, 3, 4]), 'bfzhw');
    const { info } = await dataset.buffer(1);
    expect([
      dataset.info.nav.map(({ size }) => size),
      info.frames.length,
      info.frames[0]?.planes,
      info.frames[0]?.components[0]?.planes,
    ]).toEqual([[2], 3, 4, 4]);
    expect(await numbers(dataset, 1, 2, 3)).toEqual([46, 47]);
    expect(await numbers(dataset, 0, 1, 2)).toEqual([12, 13]);
    await expect(numbers(dataset, 0, 0, 4)).rejects.toMatchObject({ code: 'out-of-range' });
    await expect(dataset.buffer(2)).rejects.toMatchObject({ code: 'out-of-range' });
  });

  it('masks what is blank of a buffer, and knows buffers that are blank as a whole', async () => {
    const data = Uint16Array.from({ length: 16 }, (_, i) => i + 1);
    const blanks = memoryDataset({ title: 's', dtype: 'u2', data, navShape: [4, 2], sigShape: [1, 2], syncOffset: -3 });
    const dataset = withLayout(blanks, 'bfhw');
    const states = [];
    for (let index = 0; index < 4; index++) states.push((await dataset.buffer(index)).info.state);
    expect(states).toEqual(['blank', 'present', 'present', 'present']);
    const half = await dataset.buffer(1);
    expect(half.info.frames.map(({ components }) => components.map(({ name }) => name))).toEqual([
      ['PIXEL', 'MASK'],
      ['PIXEL', 'MASK'],
    ]);
    const masks = [0, 1].map((frame) => half.plane({ frame, component: 'MASK', plane: 0 }));
    expect((await Promise.all(masks)).map((mask) => [...mask.data])).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(await numbers(dataset, 1, 1)).toEqual([1, 2]);
    const grouped = await collectDatasets([blanks], 2).buffer(1);
    expect([...(await grouped.plane({ frame: 0, component: 'MASK', plane: 0 })).data]).toEqual([0, 0]);
    expect((await collectDatasets([blanks], 2).buffer(0)).info.state).toBe('blank');
  });

  it('does without the axis of buffers, and refuses others', async () => {
    const planes = withLayout(stack([24]), 'bzhw');
    expect((await planes.buffer(0)).info.frames[0]?.planes).toBe(24);
    expect((await withLayout(stack([6, 4]), 'bfhw').buffer(5)).info.frames).toHaveLength(4);
    expect(() => withLayout(stack([2, 3, 4]), 'bhw')).toThrow(
      expect.objectContaining({ code: 'invalid-option', message: expect.stringContaining('2 x 3 x 4') }),
    );
  });
});

describe('expressions on a dataset', () => {
  it('change one component in order, keep its type, and say what that took', async () => {
    const dataset = withExpressions(madeDataset([buffer(10)]), ['PIXEL = PIXEL * 1.25', 'PIXEL=PIXEL-13']);
    expect(dataset.notes()).toEqual([]);
    expect(await numbers(dataset, 0)).toEqual([0, 1]);
    expect(dataset.notes()).toHaveLength(1);
    const clamped = withExpressions(madeDataset([buffer(10)]), ['"PIXEL"=-PIXEL']);
    expect(await numbers(clamped, 0)).toEqual([0, 0]);
    expect(clamped.notes().join()).toContain('range of u2');
  });

  it('make a mask of 1 and 0, and leave all else as it is', async () => {
    const made = madeDataset([buffer(10)]);
    const masked = await withExpressions(made, ['MASK=PIXEL-10']).buffer(0);
    expect(masked.info.frames[0]?.components[1]).toMatchObject({ name: 'MASK', role: 'mask', dtype: 'u1', planes: 1, stored: true });
    expect((await masked.plane({ frame: 0, component: 'MASK', plane: 0 })).data).toEqual(Uint8Array.of(0, 1));
    expect((await masked.plane({ frame: 0, component: 'PIXEL', plane: 0 })).data).toBe(
      (await (await made.buffer(0)).plane({ frame: 0, component: 'PIXEL', plane: 0 })).data,
    );
    const window = { x: 1, y: 0, width: 1, height: 1, step: 1 };
    expect((await masked.plane({ frame: 0, component: 'MASK', plane: 0, window })).data).toEqual(Uint8Array.of(1));
  });

  it('fail by name', async () => {
    const made = madeDataset([buffer(10)]);
    await expect(withExpressions(made, ['U0=1']).buffer(0)).rejects.toMatchObject({
      code: 'out-of-range',
      message: expect.stringContaining("'U0'"),
      hint: expect.stringContaining('PIXEL'),
    });
    await expect(withExpressions(made, ['PIXEL=U0']).buffer(0)).rejects.toMatchObject({ code: 'out-of-range' });
    await expect(numbers(withExpressions(made, ['PIXEL=nan']), 0)).rejects.toMatchObject({ code: 'out-of-range' });
    for (const text of ['PIXEL', '=1', 'PIXEL==1', ''])
      expect(() => withExpressions(made, [text])).toThrow(expect.objectContaining({ code: 'invalid-option' }));
  });

  it('do not compute where there is nothing', async () => {
    const blank = madeDataset([buffer(0, { facts: { state: 'blank' } })]);
    expect(await numbers(withExpressions(blank, ['PIXEL=PIXEL+5']), 0)).toEqual([0, 1]);
  });
});
