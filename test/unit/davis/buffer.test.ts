import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import '../../../main/host/node-inflate.ts';
import { davisBuffer } from '../../../main/formats/davis/buffer-file.ts';
import { memoryFolder } from '../../../main/sources/memory-folder.ts';
import type { FrameBuffer } from '../../../shared/model/dataset.ts';
import { davisFile, floats, integers, item, joined, latin1Bytes, scalarRecord, textItem, words } from '../../support/davis-file.ts';

const PIXELS = Array.from({ length: 12 }, (_, i) => i * 100);
const image = { width: 4, height: 3, data: words(...PIXELS) };
const packed = (bytes: Uint8Array): Uint8Array => {
  const body = deflateSync(bytes);
  return joined([integers(2, body.byteLength), body]);
};

async function read(bytes: Uint8Array, name = 'x.im7'): Promise<FrameBuffer> {
  const folder = memoryFolder('data', new Map([[name, bytes]]));
  const { dataset } = await davisBuffer.open({ folder, entry: { name, kind: 'file', size: bytes.byteLength }, options: {} });
  return dataset.buffer(0);
}

const names = (buffer: FrameBuffer) => buffer.info.frames[0]?.components.map(({ name }) => name);
const codes = (buffer: FrameBuffer) => buffer.warnings.map(({ code }) => code);
const plane = async (buffer: FrameBuffer, component: string) => [...(await buffer.plane({ frame: 0, component, plane: 0 })).data];

describe('damage beside the pixels is a warning', () => {
  test('an item of absurd size ends the attributes', async () => {
    const buffer = await read(davisFile({ ...image, items: [textItem('Kept', '1'), item(6, latin1Bytes('Lost=2'), 1e9)] }));
    expect(codes(buffer)).toEqual(['damaged-attribute']);
    expect(buffer.info.attributes).toMatchObject({ Kept: '1' });
    expect(buffer.info.attributes).not.toHaveProperty('Lost');
    expect(await plane(buffer, 'PIXEL')).toEqual(PIXELS);
  });
  test('a plane attribute larger than its item, a scale without offset, a short FrameScale', async () => {
    const big = item(16, joined([latin1Bytes('P\0\0\0'), integers(1000, 1000), words(1)]));
    const buffer = await read(
      davisFile({ ...image, items: [big, item(1, latin1Bytes('1,5\0mm\0')), textItem('FrameScaleX0', '1'), textItem('Kept', '1')] }),
    );
    expect(codes(buffer)).toEqual(['damaged-attribute', 'damaged-scale', 'damaged-scale']);
    expect(buffer.info.frames[0]?.scales.x).toEqual({ slope: 1, offset: 0, unit: 'pixel', description: '' });
    expect(buffer.info.attributes).toMatchObject({ Kept: '1' });
  });
  test('a mask that is cut, and offsets that lead nowhere', async () => {
    const cut = await read(davisFile({ ...image, sections: [{ entry: 5, bytes: packed(new Uint8Array(5)) }] }));
    expect([codes(cut), names(cut)]).toEqual([['damaged-mask'], ['PIXEL']]);
    const bytes = davisFile({ ...image, sections: [] });
    new DataView(bytes.buffer).setBigUint64(bytes.byteLength - 256 + 16, 1n << 50n, true);
    const astray = await read(bytes);
    expect([codes(astray), names(astray)]).toEqual([['damaged-offsets'], ['PIXEL']]);
  });
  test('a scalar field of another size ends the section', async () => {
    const good = scalarRecord('Good', [4, 3, 1, 1], floats(...PIXELS));
    const buffer = await read(
      davisFile({ ...image, sections: [{ entry: 3, bytes: joined([integers(2), good, scalarRecord('Bad', [400, 3, 1, 1], floats(1))]) }] }),
    );
    expect([codes(buffer), names(buffer)]).toEqual([['damaged-scalars'], ['PIXEL', 'TS:Good']]);
    expect(await plane(buffer, 'TS:Good')).toEqual(PIXELS);
  });
  test('an absurd count of scalar fields', async () => {
    const buffer = await read(davisFile({ ...image, sections: [{ entry: 3, bytes: integers(2e9) }] }));
    expect([codes(buffer), names(buffer)]).toEqual([['damaged-scalars'], ['PIXEL']]);
  });
  test('a damaged packed field fails alone, a damaged isValid is told at once', async () => {
    const part = packed(floats(...PIXELS));
    part[20] = (part[20] as number) ^ 0xff;
    const field = { width: 4, height: 3, format: 2, data: floats(...PIXELS, ...PIXELS) };
    const buffer = await read(
      davisFile({ ...field, sections: [{ entry: 4, bytes: joined([integers(1), scalarRecord('A', [4, 3, 1, 1], part)]) }] }),
    );
    expect(await plane(buffer, 'U0')).toEqual(PIXELS);
    await expect(plane(buffer, 'TS:A')).rejects.toMatchObject({ code: 'malformed', path: 'data/x.im7' });
    const valid = await read(
      davisFile({
        ...field,
        isValid: 1,
        sections: [{ entry: 4, bytes: joined([integers(1), scalarRecord('isValid', [4, 3, 1, 1], part)]) }],
      }),
    );
    expect(codes(valid)).toEqual(['damaged-scalars']);
    expect(await plane(valid, 'ENABLED')).toEqual(PIXELS.map(() => 1));
  });
  test('large packed fields that are asked for together are unpacked together, a damaged one fails alone', async () => {
    const side = 256;
    const samples = [1, 2, 3].map((factor) => Float32Array.from({ length: side * side }, (_, i) => factor * (i % 97)));
    const parts = samples.map((field) => packed(new Uint8Array(field.buffer)));
    const [, damaged = new Uint8Array()] = parts;
    damaged[40] = (damaged[40] as number) ^ 0xff;
    const records = parts.map((part, i) => scalarRecord('ABC'[i] as string, [side, side, 1, 1], part));
    const bytes = davisFile({
      width: side,
      height: side,
      format: 2,
      data: new Uint8Array(2 * 4 * side * side),
      sections: [{ entry: 4, bytes: joined([integers(3), ...records]) }],
    });
    const buffer = await read(bytes);
    const ask = async (name: string) => (await buffer.plane({ frame: 0, component: `TS:${name}`, plane: 0 })).data as Float32Array;
    const [first, second] = records as [Uint8Array, Uint8Array];
    // Header, data, end of the attributes, count of fields, record before; pack type and length stand before the stream.
    const offset = 256 + 2 * 4 * side * side + 8 + 4 + first.byteLength + second.byteLength - damaged.byteLength + 8;
    for (let again = 0; again < 2; again++) {
      const answers = await Promise.allSettled(['A', 'B', 'C'].map(ask));
      expect(answers[1]).toMatchObject({ reason: { code: 'malformed', path: 'data/x.im7', offset } });
      for (const k of [0, 2]) {
        const answer = answers[k] as PromiseFulfilledResult<Float32Array>;
        expect(answer.value.every((value, i) => value === samples[k]?.[i])).toBe(true);
      }
    }
  });
});

describe('planes', () => {
  test('a window with steps', async () => {
    const { data, width, height } = await (await read(davisFile(image))).plane({
      frame: 0,
      component: 'PIXEL',
      plane: 0,
      window: { x: 1, y: 0, width: 3, height: 3, step: 2 },
    });
    expect([width, height, ...data]).toEqual([2, 2, 100, 300, 900, 1100]);
  });
  test('indices and names are checked', async () => {
    const buffer = await read(davisFile(image));
    await expect(buffer.plane({ frame: 1, component: 'PIXEL', plane: 0 })).rejects.toMatchObject({ code: 'out-of-range', field: 'frame' });
    await expect(buffer.plane({ frame: 0, component: 'PIXEL', plane: 1 })).rejects.toMatchObject({ code: 'out-of-range', field: 'plane' });
    await expect(buffer.plane({ frame: 0, component: 'pixel', plane: 0 })).rejects.toMatchObject({
      code: 'out-of-range',
      field: 'component',
      hint: 'Stored are PIXEL.',
    });
  });
  test('what a format implies is listed, but not as stored', async () => {
    const buffer = await read(davisFile({ width: 4, height: 3, format: 2, data: floats(...PIXELS, ...PIXELS) }));
    expect(buffer.info.frames[0]?.components.map(({ name, stored }) => [name, stored])).toEqual([
      ['U0', true],
      ['V0', true],
      ['ACTIVE_CHOICE', false],
      ['ENABLED', false],
    ]);
    expect(await plane(buffer, 'ACTIVE_CHOICE')).toEqual(PIXELS.map(() => 0));
  });
  test('an attribute named like a property of objects is an attribute', async () => {
    const buffer = await read(davisFile({ ...image, items: [textItem('__proto__', 'x'), textItem('constructor', 'y')] }));
    expect(Object.entries(buffer.info.attributes)).toEqual(
      expect.arrayContaining([
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ]),
    );
  });
});

test('a compressed bomb is refused before it is unpacked', async () => {
  const body = deflateSync(new Uint8Array(1 << 20));
  const data = joined([integers(body.byteLength), body]);
  await expect(read(davisFile({ width: 1 << 15, height: 1 << 14, pack: 2, data }))).rejects.toMatchObject({
    code: 'malformed',
    message: expect.stringContaining('cannot hold'),
  });
  await expect(read(davisFile({ width: 100, height: 100, pack: 2, data }))).rejects.toMatchObject({
    code: 'malformed',
    message: expect.stringContaining('hold more than'),
  });
});
