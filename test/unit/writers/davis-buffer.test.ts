import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import '../../../main/host/node-inflate.ts';
import { davisSet } from '../../../main/formats/davis/set.ts';
import { davisSetWriter } from '../../../main/writers/davis/set-writer.ts';
import type { Attributes } from '../../../shared/model/attributes.ts';
import type { FrameBuffer } from '../../../shared/model/dataset.ts';
import { DTYPES, allocateSamples, type DType, type TypedArray } from '../../../shared/model/dtype.ts';
import { openWith, temporaryFolder, writeTo } from '../../support/export-round-trip.ts';
import { imageFrame, madeDataset, type MadeBuffer, type MadeFrame } from '../../support/made-dataset.ts';

/** The buffer as it is read again, and what the writer told. */
async function again(
  buffer: MadeBuffer,
  options: Record<string, unknown> = {},
): Promise<{ readonly read: FrameBuffer; readonly losses: readonly string[] }> {
  await using folder = await temporaryFolder();
  const target = join(folder.path, 'a.set');
  const { losses } = await writeTo(davisSetWriter, madeDataset([buffer]), target, { options });
  await using set = await openWith(davisSet, target);
  return { read: await set.buffer(0), losses };
}

async function pixels(read: FrameBuffer, component = 'PIXEL', frame = 0): Promise<TypedArray> {
  return (await read.plane({ frame, component, plane: 0 })).data;
}

const grey = imageFrame('u2', [1, 2], Uint16Array.of(1, 2));
const f4 = (...values: readonly number[]) => ({ dtype: 'f4' as const, planes: [Float32Array.from(values)] });

describe('sample types', () => {
  it.each(DTYPES.filter((dtype) => !['u1', 'u2', 'i4', 'f4', 'f8'].includes(dtype)))(
    'of %s are refused with the list of those that DaVis has',
    async (dtype) => {
      const frame = imageFrame(dtype, [1, 2], allocateSamples(dtype, 2));
      await expect(again({ frames: [frame] })).rejects.toMatchObject({
        code: 'unsupported',
        message: expect.stringMatching(new RegExp(`type ${dtype};.*u2.*i4, f4 and f8`)),
      });
    },
  );

  it('of bytes become words', async () => {
    const { read, losses } = await again({ frames: [imageFrame('u1', [1, 2], Uint8Array.of(7, 255))] });
    expect(await pixels(read)).toEqual(Uint16Array.of(7, 255));
    expect(losses.join()).toContain('16 bit');
  });

  it('are converted where asked: rounded, clamped, never out of NaN', async () => {
    const { read, losses } = await again({ frames: [imageFrame('f8', [1, 4], Float64Array.of(0.5, 1.49, -3, 1e9))] }, { dtype: 'u2' });
    expect(await pixels(read)).toEqual(Uint16Array.of(1, 1, 0, 65_535));
    expect(losses.join()).toMatch(/rounded.*range/);
    const half = await again({ frames: [imageFrame('f2', [1, 2], Uint16Array.of(0x3c00, 0xc000))] }, { dtype: 'f4' });
    expect(await pixels(half.read)).toEqual(Float32Array.of(1, -2));
    const big = await again({ frames: [imageFrame('i8', [1, 2], BigInt64Array.of(-5n, 9n))] }, { dtype: 'i4' });
    expect(await pixels(big.read)).toEqual(Int32Array.of(-5, 9));
    await expect(again({ frames: [imageFrame('f4', [1, 2], Float32Array.of(1, Number.NaN))] }, { dtype: 'i4' })).rejects.toMatchObject({
      code: 'out-of-range',
      path: 'made',
      message: expect.stringContaining('PIXEL of buffer 0, frame 0, is not a number at sample 1'),
    });
  });

  it.each<[string, DType, TypedArray, DType, readonly number[], RegExp | undefined]>([
    ['whole numbers that float32 has not', 'i8', BigInt64Array.of(16_777_217n, 3n), 'f4', [16_777_216, 3], /nearest ones of f4/],
    ['large whole numbers that float32 has nearly', 'i8', BigInt64Array.of(2n ** 60n + 1n), 'f4', [2 ** 60], /nearest ones of f4/],
    ['whole numbers that float64 has not', 'u8', BigUint64Array.of(2n ** 60n + 1n), 'f8', [2 ** 60], /nearest ones of f8/],
    ['digits that float32 has not', 'f8', Float64Array.of(1.1), 'f4', [Math.fround(1.1)], /nearest ones of f4/],
    ['numbers beyond float32', 'f8', Float64Array.of(1e300, -1e300), 'f4', [Infinity, -Infinity], /beyond the range of f4 became infinite/],
    ['nothing where all numbers fit', 'f8', Float64Array.of(0.5, Number.NaN, Infinity), 'f4', [0.5, Number.NaN, Infinity], undefined],
    ['nothing of small whole numbers', 'i8', BigInt64Array.of(-7n), 'f8', [-7], undefined],
    ['the magnitude of complex numbers', 'c8', Float32Array.of(3, 4), 'f4', [5], /magnitude/],
  ])('that are converted tell %s', async (_, from, data, dtype, wanted, told) => {
    const { read, losses } = await again({ frames: [imageFrame(from, [1, wanted.length], data)] }, { dtype });
    expect(Array.from(await pixels(read), Number)).toEqual(wanted);
    if (told) expect(losses.join()).toMatch(told);
    else expect(losses).toEqual([]);
  });
});

describe('frames', () => {
  it('of different sizes are filled up and masked', async () => {
    const small = imageFrame('u2', [1, 1], Uint16Array.of(9));
    const large = imageFrame('u2', [2, 2], Uint16Array.of(1, 2, 3, 4));
    const { read, losses } = await again({ frames: [large, small] });
    expect(await pixels(read, 'PIXEL', 1)).toEqual(Uint16Array.of(9, 0, 0, 0));
    expect(await pixels(read, 'MASK', 1)).toEqual(Uint8Array.of(1, 0, 0, 0));
    expect(await pixels(read, 'MASK', 0)).toEqual(Uint8Array.of(1, 1, 1, 1));
    expect(losses.join()).toContain('different sizes');
  });

  it.each<[string, MadeFrame]>([
    ['type', imageFrame('f4', [1, 2], Float32Array.of(1, 2))],
    ['planes', { shape: [1, 2], components: { PIXEL: { dtype: 'u2', planes: [Uint16Array.of(1, 2), Uint16Array.of(1, 2)] } } }],
    ['kind', { shape: [1, 2], components: { U0: f4(1, 2), V0: f4(1, 2) }, facts: { kind: 'vector', choices: 1, dimensions: 2 } }],
  ])('of another %s are refused', async (_, other) => {
    await expect(again({ frames: [grey, other] })).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('frame 1'),
    });
  });

  it('keep fields of other formats as scalar fields, and tell what does not fit', async () => {
    const frame = imageFrame('u2', [1, 2], Uint16Array.of(1, 2), {
      image_bg: { role: 'intensity', dtype: 'i2', planes: [Int16Array.of(-1, 4)] },
      label: { role: 'label', dtype: 'u4', planes: [Uint32Array.of(4_000_000_000, 1)] },
      wave: { role: 'scalar', dtype: 'c8', planes: [new Float32Array(4)] },
    });
    const { read, losses } = await again({ frames: [frame] });
    expect(await pixels(read, 'TS:image_bg')).toEqual(Int32Array.of(-1, 4));
    expect(await pixels(read, 'TS:label')).toEqual(Float64Array.of(4_000_000_000, 1));
    expect(losses.filter((loss) => loss.startsWith('wave'))).toEqual(['wave: DaVis has no scalar fields of type c8; it is left out.']);
  });
});

describe('vectors', () => {
  const vector = (
    components: MadeFrame['components'],
    choices: number,
    grid: readonly [number, number, number] = [8, 8, 8],
  ): MadeFrame => ({
    shape: [1, 2],
    components,
    facts: { kind: 'vector', choices, dimensions: 2, grid },
  });

  it('with two choices get four, of which the last one is repeated', async () => {
    const components = {
      U0: f4(1, 2),
      V0: f4(3, 4),
      U1: f4(5, 6),
      V1: f4(7, 8),
      ACTIVE_CHOICE: { dtype: 'i4' as const, planes: [Int32Array.of(1, 4)] },
    };
    const { read, losses } = await again({ frames: [vector(components, 2)] });
    expect(read.info.frames[0]?.choices).toBe(4);
    expect(await pixels(read, 'U3')).toEqual(Float32Array.of(5, 6));
    expect(await pixels(read, 'ACTIVE_CHOICE')).toEqual(Int32Array.of(1, 4));
    expect(losses.join()).toContain('2 choices');
  });

  it('keep doubles as well as DaVis can, and their own grid an axis', async () => {
    const double = (value: number) => ({ dtype: 'f8' as const, planes: [Float64Array.of(value, value)] });
    const { read, losses } = await again({ frames: [vector({ U0: double(0.1), V0: double(0.2) }, 1, [8, 16, 24])] });
    expect(await pixels(read, 'U0')).toEqual(Float32Array.of(0.1, 0.1));
    expect(read.info.frames[0]?.grid).toEqual([8, 16, 24]);
    expect(losses.join()).toMatch(/U0: numbers of type f8 are stored as f4.*V0.*U0: numbers were rounded.*V0/);
  });

  it('that cannot be stored are refused', async () => {
    await expect(again({ frames: [vector({ U0: f4(1, 2) }, 1)] })).rejects.toMatchObject({ message: expect.stringContaining('V0') });
    await expect(again({ frames: [vector({ U0: f4(1, 2), V0: f4(1, 2) }, 1, [0.5, 1, 1])] })).rejects.toMatchObject({
      message: expect.stringContaining('grid'),
    });
  });
});

describe('attributes', () => {
  const stored = async (
    attributes: Attributes,
    frame: Attributes = {},
  ): Promise<{ buffer: Attributes; frame: Attributes; losses: string }> => {
    const { read, losses } = await again({ attributes, frames: [{ ...grey, facts: { attributes: frame } }, grey] });
    return { buffer: read.info.attributes, frame: read.info.frames[0]?.attributes ?? {}, losses: losses.join('\n') };
  };

  it('whose names would be taken for those of a frame are renamed', async () => {
    const { buffer, frame, losses } = await stored(
      { Camera1: 'a', Camera7: 'b', 'a=b': 'c', µ: 'd', 測: 'e' },
      { Lens2: 'x', FrameScaleX: 'y' },
    );
    expect(buffer).toMatchObject({ Camera1_: 'a', Camera7: 'b', a_b: 'c', µ: 'd', '?': 'e' });
    expect(frame).toMatchObject({ Lens2_: 'x', FrameScaleX_: 'y' });
    expect(losses.split('\n')).toHaveLength(5);
  });

  it('of every kind are kept as text or array', async () => {
    const list = { dtype: 'i8' as DType, shape: [2], values: [1, -2] };
    const { buffer } = await stored({
      Flag: true,
      Number: 0.1,
      List: list,
      Nul: 'a\0b',
      Mu: 'μm',
      _Comment: 'two\nlines',
      _Date: '',
      _FrameScale: '2\n1\nframe\nF',
    });
    expect(buffer).toMatchObject({
      Flag: 'true',
      Number: '0.1',
      List: { dtype: 'i4', shape: [1, 2], values: [1, -2] },
      Nul: 'a\0b',
      Mu: 'µm',
      _Comment: 'two\nlines',
      _Date: '',
      _FrameScale: '2\n1\nframe\nF',
    });
  });

  it('hold the time that another format knows', async () => {
    const { read } = await again({ frames: [grey], facts: { time: { seconds: 0.25, source: 'time' } } });
    expect(read.info.time).toEqual({ seconds: 0.25, source: 'Acq.Time' });
    expect((await again({ frames: [grey] })).read.info.time).toBeUndefined();
  });

  it('of scales that no DaVis file can hold are told', async () => {
    const scale = { slope: Number.NaN, offset: 0, unit: '[mm]', description: 'a\nb' };
    const { read, losses } = await again({ frames: [{ ...grey, facts: { scales: { x: scale, y: scale, z: scale, i: scale } } }] });
    expect(read.info.frames[0]?.scales.x).toEqual({ slope: 1, offset: 0, unit: 'mm', description: 'a b' });
    expect(losses.join()).toContain('slope NaN');
  });
});
