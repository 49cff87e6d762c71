import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parseOptions } from '../../main/formats/options.ts';
import type { Format } from '../../main/formats/format.ts';
import { locatePath } from '../../main/host/locate.ts';
import type { WriteJob, Writer, WriteResult } from '../../main/writers/writer.ts';
import { fieldPlane } from '../../shared/compute/derived-plane.ts';
import { bufferCount, isFrameDataset, type Dataset, type FrameBuffer, type FrameDataset } from '../../shared/model/dataset.ts';
import type { TypedArray } from '../../shared/model/dtype.ts';

/** A folder that is gone when the test ends. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'streakline-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Writes with the options as texts of the command line. */
export function writeTo(
  writer: Writer,
  dataset: FrameDataset,
  target: string,
  o: { readonly options?: Record<string, unknown> } & Partial<Omit<WriteJob, 'options'>> = {},
): Promise<WriteResult> {
  const { options, ...rest } = o;
  return writer.write({ dataset, target, force: false, resume: false, ...rest, options: parseOptions(writer.options, options ?? {}) });
}

/** Opens a path with one reader, which must also be sure of it. */
export async function openWith(format: Format<Dataset>, path: string, options: Record<string, unknown> = {}): Promise<FrameDataset> {
  const { folder, entry } = await locatePath(path);
  const { dataset } = await format.open({ folder, entry, options: parseOptions(format.options, options) });
  if (!isFrameDataset(dataset)) throw new Error(`${path} holds particles`);
  return dataset;
}

/** Names in a folder, hidden ones too. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).sort();
}

/** Same facts, and the same stored samples of every component, bit by bit. */
export async function expectSameStored(actual: FrameDataset, expected: FrameDataset): Promise<void> {
  expect(bufferCount(actual.info)).toBe(bufferCount(expected.info));
  for (let i = 0; i < bufferCount(expected.info); i++) {
    const [got, wanted] = [await actual.buffer(i), await expected.buffer(i)];
    expect(got.info).toEqual(wanted.info);
    for (const [frame, { components, planes }] of wanted.info.frames.entries()) {
      for (const { name: component } of components) {
        for (let plane = 0; plane < planes; plane++) {
          const ref = { frame, component, plane };
          expect((await got.plane(ref)).data, `buffer ${i} frame ${frame} ${component} plane ${plane}`).toEqual(
            (await wanted.plane(ref)).data,
          );
        }
      }
    }
  }
}

/** The same masked values of components in every plane: what outputs of scaled values keep. */
export async function expectSameValues(actual: FrameBuffer, expected: FrameBuffer, components: readonly string[]): Promise<void> {
  for (const [frame, { planes }] of expected.info.frames.entries()) {
    for (let plane = 0; plane < planes; plane++) {
      for (const component of components) {
        const values = async (buffer: FrameBuffer): Promise<TypedArray> =>
          (await fieldPlane(buffer, { frame, plane }, component, 'masked')).data;
        expect(await values(actual), `frame ${frame} ${component} plane ${plane}`).toEqual(await values(expected));
      }
    }
  }
}

/** Same names, times, attributes, axes, scales of positions and units, also where values are read back scaled. */
export async function expectSameFacts(actual: FrameDataset, expected: FrameDataset): Promise<void> {
  const { title, nav, firstNumber, attributes, typeId } = expected.info;
  expect(actual.info).toMatchObject({ title, nav, firstNumber, typeId });
  expect(actual.info.attributes).toEqual({ ...attributes, _StreaklineVersion: expect.any(String) });
  for (let i = 0; i < bufferCount(expected.info); i++) {
    const [got, wanted] = [(await actual.buffer(i)).info, (await expected.buffer(i)).info];
    expect(got).toMatchObject({ index: i, state: wanted.state, name: wanted.name, time: wanted.time, attributes: wanted.attributes });
    expect(got.frames.length).toBe(wanted.frames.length);
    for (const [k, frame] of wanted.frames.entries()) {
      const { kind, shape, planes, grid, dimensions, attributes: own } = frame;
      expect(got.frames[k]).toMatchObject({ kind, shape, planes, grid, dimensions, attributes: own });
      for (const axis of ['x', 'y', 'z'] as const) expect(got.frames[k]?.scales[axis]).toEqual(frame.scales[axis]);
      for (const component of got.frames[k]?.components ?? []) {
        if (component.name !== 'MASK')
          expect(component.scale.unit).toBe(frame.components.find(({ name }) => name === component.name)?.scale.unit);
      }
    }
  }
}
