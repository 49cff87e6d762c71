import { expect } from 'vitest';
import { isAttributeArray, type Attributes, type AttributeValue } from '../../shared/model/attributes.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameDatasetInfo } from '../../shared/model/dataset.ts';
import type { BufferInfo, FrameInfo } from '../../shared/model/frames.ts';
import type { ExpectedBuffer, ExpectedFrame, ExpectedInfo } from './fixtures.ts';

/** Compares the facts that the fixture has; buffers are compared by `compareBuffer`. */
export function compareInfo(info: FrameDatasetInfo, expected: ExpectedInfo): void {
  if (expected.title !== undefined) expect(info.title).toBe(expected.title);
  if (expected.type_id !== undefined) expect(info.typeId).toBe(expected.type_id);
  if (expected.is_multiset !== undefined) expect(info.isMultiset).toBe(expected.is_multiset);
  if (expected.length !== undefined) expect(bufferCount(info)).toBe(expected.length);
  if (expected.repr !== undefined) expect(info.summary).toBe(expected.repr);
  if (expected.warnings !== undefined) expect(info.warnings.map((warning) => warning.code)).toEqual(expected.warnings);
  if (expected.kind === 'image-stack') compareStack(info, expected);
}

function compareStack(info: FrameDatasetInfo, expected: ExpectedInfo): void {
  expect(info.nav.map((axis) => axis.size)).toEqual(expected.nav_shape);
  expect(info.rawDtype).toBe(expected.dtype);
  const { nav, sig, imageCount, skippedStart, ignoredEnd, insertedStart, insertedEnd } = info.shape ?? failStack();
  expect({ nav, sig, imageCount }).toEqual({ nav: expected.nav_shape, sig: expected.sig_shape, imageCount: expected.image_count });
  expect({
    frames_skipped_start: skippedStart,
    frames_ignored_end: ignoredEnd,
    frames_inserted_start: insertedStart,
    frames_inserted_end: insertedEnd,
  }).toEqual(expected.sync_offset_info);
  for (const { name, value } of expected.diagnostics ?? []) expect(info.diagnostics).toContainEqual({ name, value: String(value) });
}

function failStack(): never {
  throw new Error('a stack has a shape');
}

export function compareBuffer(info: BufferInfo, expected: ExpectedBuffer): void {
  compareAttributes(info.attributes, expected.attributes);
  expect(info.frames).toHaveLength(expected.frames.length);
  for (const [i, frame] of expected.frames.entries()) compareFrame(info.frames[i] as FrameInfo, frame);
}

function compareFrame(frame: FrameInfo, expected: ExpectedFrame): void {
  expect(frame.kind).toBe(expected.type === 'VectorFrame' ? 'vector' : 'image');
  expect(frame.shape).toEqual(expected.shape);
  expect(frame.planes).toBe(expected.planes);
  expect(frame.scales).toEqual(expected.scales);
  if (expected.grid) expect(frame.grid).toEqual(expected.grid);
  if (expected.choices !== undefined) expect(frame.choices).toBe(expected.choices);
  if (expected.is_3c !== undefined) expect(frame.dimensions).toBe(expected.is_3c ? 3 : 2);
  compareAttributes(frame.attributes, expected.attributes);
  expect(frame.components.map((component) => component.name)).toEqual(Object.keys(expected.components));
  for (const component of frame.components) {
    const wanted = expected.components[component.name];
    expect({ scale: component.scale, dtype: component.dtype, planes: component.planes }).toEqual({
      scale: wanted?.scale,
      dtype: wanted?.dtype.slice(1),
      planes: wanted?.planes,
    });
  }
}

/** The reference drops some attributes that we keep, so only those it lists are compared. */
export function compareAttributes(attributes: Attributes, expected: Readonly<Record<string, unknown>>): void {
  const ours = Object.fromEntries(Object.keys(expected).map((name) => [name, plain(attributes[name])]));
  expect(ours).toEqual(expected);
}

function plain(value: AttributeValue | undefined): unknown {
  if (value === undefined || !isAttributeArray(value)) return value;
  const order = value.dtype === 'u1' || value.dtype === 'i1' ? '|' : '<';
  return { dtype: `${order}${value.dtype}`, shape: value.shape, values: value.values };
}

export function expectFailure(failure: unknown, code: string | undefined, message: string | undefined): void {
  if (!(failure instanceof DataError)) throw new Error('expected a DataError', { cause: failure });
  expect({ code: failure.code, message: failure.message }).toEqual({ code, message: expect.stringContaining(message ?? '') });
}
