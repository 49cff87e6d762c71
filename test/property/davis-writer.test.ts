import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../main/host/node-inflate.ts';
import { davisSet } from '../../main/formats/davis/set.ts';
import { davisSetWriter } from '../../main/writers/davis/set-writer.ts';
import type { AttributeValue } from '../../shared/model/attributes.ts';
import type { FrameDataset } from '../../shared/model/dataset.ts';
import { allocateSamples, bytesOf, type DType, type TypedArray } from '../../shared/model/dtype.ts';
import type { BufferInfo, FrameInfo } from '../../shared/model/frames.ts';
import type { Scale } from '../../shared/model/scale.ts';
import { openWith, temporaryFolder, writeTo } from '../support/export-round-trip.ts';
import { madeDataset, type MadeBuffer, type MadeComponent, type MadeFrame } from '../support/made-dataset.ts';

interface Size {
  readonly width: number;
  readonly height: number;
  readonly planes: number;
  readonly frames: number;
}

const size: fc.Arbitrary<Size> = fc.record({
  width: fc.integer({ min: 1, max: 6 }),
  height: fc.integer({ min: 1, max: 5 }),
  planes: fc.integer({ min: 1, max: 3 }),
  frames: fc.integer({ min: 1, max: 3 }),
});
const letters = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)), maxLength: 12 });
const name = fc
  .stringMatching(/^[A-Za-z_][A-Za-z0-9_ .:-]{0,10}[A-Za-z_]$/)
  .filter((text) => !/^(Load|_Header|FrameScale|Acq|DevData|_FrameScale|_Streakline|ExpPath)/.test(text));
const double = fc.double({ noNaN: true, noDefaultInfinity: true });
const unit = letters.map((text) => text.replace(/[[\]]/g, ''));
const scale: fc.Arbitrary<Scale> = fc.record({ slope: double, offset: double, unit, description: letters });

/** Numbers of a type by their bytes, so that every pattern of bits comes up, NaN with its own, too. */
function samples(dtype: DType, count: number): fc.Arbitrary<TypedArray> {
  const bytes = bytesOf(allocateSamples(dtype, count)).byteLength;
  return fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((values) => {
    const data = allocateSamples(dtype, count);
    bytesOf(data).set(values);
    return data;
  });
}

function planesOf(dtype: DType, { width, height, planes }: Size, at: Scale | undefined): fc.Arbitrary<MadeComponent> {
  return fc
    .array(samples(dtype, width * height), { minLength: planes, maxLength: planes })
    .map((data) => ({ dtype, planes: data, ...(at ? { scale: at } : {}) }));
}

const flag = (count: number): fc.Arbitrary<TypedArray> =>
  fc.array(fc.integer({ min: 0, max: 1 }), { minLength: count, maxLength: count }).map((values) => Uint8Array.from(values));

function flags({ width, height, planes }: Size): fc.Arbitrary<MadeComponent> {
  return fc.array(flag(width * height), { minLength: planes, maxLength: planes }).map((data) => ({ dtype: 'u1' as const, planes: data }));
}

const array: fc.Arbitrary<AttributeValue> = fc
  .record({
    dtype: fc.constantFrom('f4', 'i4', 'u2', 'f8' as const),
    height: fc.integer({ min: 1, max: 3 }),
    width: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ dtype, height, width }) =>
    samples(dtype, height * width).map(
      (data): AttributeValue => ({ dtype, shape: [height, width], values: Array.from(data as Float64Array) }),
    ),
  );
const attributes = fc.dictionary(name, fc.oneof(letters, array), { maxKeys: 4 });

const axes = fc.record({ x: scale, y: scale, z: scale });

const buffer: fc.Arbitrary<MadeBuffer> = fc
  .record({
    size,
    kind: fc.constantFrom('u2', 'i4', 'f4', 'f8', '2C', '3C', '2C4', '3C4', '3C4 peak'),
    masked: fc.boolean(),
    scalars: fc.uniqueArray(fc.record({ name, dtype: fc.constantFrom<DType>('u2', 'i4', 'f4', 'f8'), scale }), {
      selector: (field) => field.name,
      maxLength: 2,
    }),
    grid: fc.tuple(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 64 })),
    attributes,
  })
  .filter(({ scalars }) => scalars.every((field) => field.name !== 'isValid' && field.name !== 'Peak ratio'))
  .chain((plan) => {
    const frame = frameOf(plan);
    return fc.record({
      frames: fc.array(frame, { minLength: plan.size.frames, maxLength: plan.size.frames }),
      attributes: fc.constant(plan.attributes),
    });
  });

function frameOf(plan: {
  size: Size;
  kind: string;
  masked: boolean;
  scalars: readonly { name: string; dtype: DType; scale: Scale }[];
  grid: readonly [number, number, number];
}): fc.Arbitrary<MadeFrame> {
  const isVector = /C/.test(plan.kind);
  return fc.record({ axes, i: scale, attributes }).chain(({ axes: { x, y, z }, i, attributes: own }) => {
    const parts: Record<string, fc.Arbitrary<MadeComponent>> = isVector
      ? vectorParts(plan, i)
      : { PIXEL: planesOf(plan.kind as DType, plan.size, i) };
    if (plan.masked) parts.MASK = flags(plan.size);
    for (const field of plan.scalars) parts[`TS:${field.name}`] = planesOf(field.dtype, plan.size, field.scale);
    const choices = plan.kind.includes('4') && isVector ? 4 : 1;
    const facts: Partial<FrameInfo> = isVector
      ? { kind: 'vector', choices, dimensions: plan.kind.startsWith('3') ? 3 : 2, grid: plan.grid }
      : {};
    return fc.record(parts).map(
      (components): MadeFrame => ({
        shape: [plan.size.height, plan.size.width],
        components,
        facts: { scales: { x, y, z, i }, attributes: own, ...facts },
      }),
    );
  });
}

/** In the order of DaVis readers. Choices of disabled vectors are not stored, so that they are 0. */
function vectorParts({ size: shape, kind }: { size: Size; kind: string }, scale: Scale): Record<string, fc.Arbitrary<MadeComponent>> {
  const has4 = kind.includes('4');
  const choices = has4 ? [0, 1, 2, 3] : [0];
  const velocity = (names: readonly string[]): Record<string, fc.Arbitrary<MadeComponent>> =>
    Object.fromEntries(names.map((part) => [part, planesOf('f4', shape, scale)]));
  const count = shape.width * shape.height;
  const choice = has4
    ? fc.array(fc.integer({ min: 0, max: 5 }), { minLength: count, maxLength: count }).map((values) => Int32Array.from(values))
    : fc.constant(new Int32Array(count));
  return {
    ...velocity(choices.flatMap((k) => [`U${k}`, `V${k}`])),
    ACTIVE_CHOICE: fc
      .array(choice, { minLength: shape.planes, maxLength: shape.planes })
      .map((planes) => ({ dtype: 'i4' as const, planes, stored: has4 })),
    ENABLED: has4
      ? fc.constant({ dtype: 'u1' as const, planes: Array.from({ length: shape.planes }, () => new Uint8Array(count).fill(1)) })
      : flags(shape),
    ...(kind.startsWith('3') ? velocity(choices.map((k) => `W${k}`)) : {}),
    ...(kind.includes('peak') ? { 'TS:Peak ratio': planesOf('f4', shape, undefined) } : {}),
  };
}

function plain({ frames, attributes: own }: BufferInfo): unknown {
  const withoutPlace = Object.entries(own).filter(([key]) => !/^(Load|_Header_|_Streakline|ExpPathValue_)/.test(key));
  return {
    attributes: Object.fromEntries(withoutPlace),
    frames: frames.map((frame) => ({
      ...frame,
      components: frame.components.map(({ stored: _, ...component }) => component),
      attributes: Object.fromEntries(Object.entries(frame.attributes).filter(([key]) => !/^(Acq\.Time|AcqTimeSeries)$/.test(key))),
    })),
  };
}

async function expectSame(read: FrameDataset, made: FrameDataset): Promise<void> {
  const [got, wanted] = [await read.buffer(0), await made.buffer(0)];
  expect(plain(got.info)).toEqual(plain(wanted.info));
  for (const [frame, { components, planes }] of wanted.info.frames.entries()) {
    for (const { name: component } of components) {
      for (let plane = 0; plane < planes; plane++) {
        const ref = { frame, component, plane };
        expect(Buffer.from(bytesOf((await got.plane(ref)).data)), `${component} ${frame} ${plane}`).toEqual(
          Buffer.from(bytesOf((await wanted.plane(ref)).data)),
        );
      }
    }
  }
}

test('what is written is read again: numbers bit by bit, scales, masks, choices, scalar fields, attributes', async () => {
  await fc.assert(
    fc.asyncProperty(buffer, fc.constantFrom('zlib', 'raw'), async (made, pack) => {
      await using folder = await temporaryFolder();
      const dataset = madeDataset([made]);
      const { losses } = await writeTo(davisSetWriter, dataset, join(folder.path, 'a.set'), { options: { pack } });
      expect(losses).toEqual([]);
      await using read = await openWith(davisSet, join(folder.path, 'a.set'));
      expect((await read.buffer(0)).warnings).toEqual([]);
      await expectSame(read, dataset);
    }),
    { numRuns: 80 },
  );
}, 60_000);
