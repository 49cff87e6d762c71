import { takeWindow } from '../../../shared/compute/plane-window.ts';
import type { AttributeValue } from '../../../shared/model/attributes.ts';
import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { BufferFacts, FrameBuffer, ReadOptions } from '../../../shared/model/dataset.ts';
import type { BufferInfo, FrameInfo, Plane, PlaneRef } from '../../../shared/model/frames.ts';
import type { ByteSource } from '../../sources/byte-source.ts';
import { acquisitionTime, withTimeAttributes } from './acquisition-time.ts';
import { readContent, type BufferContent } from './buffer-content.ts';
import { frameComponents, type Component } from './frame-components.ts';
import { pathValues } from './path-values.ts';

/** Where a buffer stands: its place in the dataset, its shown name, and attributes that tell where it was loaded from. */
export interface BufferPlace {
  readonly index: number;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Attributes of a set member that lvpyio sets on load; stored ones of these names are replaced or dropped. */
const LOAD_ATTRIBUTES = ['LoadFile', 'LoadSet', 'LoadSetIndex', 'LoadSetType'] as const;

/** Decodes one buffer file whole; its planes are views of the decoded data. Damaged side sections are warnings, damaged pixels an error. */
export async function readBuffer(source: ByteSource, place: BufferPlace, options?: ReadOptions): Promise<FrameBuffer> {
  const content = await readContent(source, options);
  const frames = content.sheet.frames.map((_, frame) => buildFrame(content, frame));
  return {
    info: bufferInfo(content, frames, place, source.name),
    warnings: content.sheet.warnings,
    bytes: heldBytes(content),
    plane: async (ref, readOptions) => {
      throwIfAborted(readOptions?.signal);
      return planeOf(frames, ref, source.name);
    },
  };
}

/** The same facts without decoding the pixels: header, attributes and the lists of other sections are read. */
export async function readFacts(source: ByteSource, place: BufferPlace, options?: ReadOptions): Promise<BufferFacts> {
  const content = await readContent(source, options, 'facts');
  const frames = content.sheet.frames.map((_, frame) => buildFrame(content, frame));
  return { info: bufferInfo(content, frames, place, source.name), warnings: content.sheet.warnings };
}

function bufferInfo(content: BufferContent, frames: readonly BuiltFrame[], place: BufferPlace, path: string): BufferInfo {
  return {
    index: place.index,
    state: 'present',
    name: place.name,
    ...optionalTime(content),
    frames: frames.map((frame) => frame.info),
    attributes: bufferAttributes(content, place, path),
  };
}

interface BuiltFrame {
  readonly info: FrameInfo;
  readonly components: readonly Component[];
}

function buildFrame(content: BufferContent, frame: number): BuiltFrame {
  const { geometry, sheet } = content;
  const { format } = geometry;
  const scales = sheet.scales[frame];
  const attributes = sheet.frames[frame];
  if (!scales || !attributes) throw new DataError('internal', `There is no frame ${frame} among the attributes.`);
  const components = frameComponents(content, frame, scales);
  const info: FrameInfo = {
    kind: format.kind,
    shape: [geometry.height, geometry.width],
    planes: geometry.planes,
    grid: format.kind === 'vector' ? geometry.grid : [1, 1, 1],
    scales,
    choices: format.choices,
    dimensions: format.dimensions,
    components: components.map((component) => component.info),
    attributes: Object.fromEntries(withTimeAttributes(attributes)),
  };
  return { info, components };
}

function optionalTime(content: BufferContent): Pick<BufferInfo, 'time'> {
  const time = acquisitionTime(content.sheet.frames[0] ?? new Map());
  return time ? { time } : {};
}

function bufferAttributes(content: BufferContent, place: BufferPlace, path: string): Record<string, AttributeValue> {
  const attributes = new Map(content.sheet.buffer);
  for (const name of LOAD_ATTRIBUTES) attributes.delete(name);
  return { ...Object.fromEntries(attributes), ...pathValues(path), ...place.attributes };
}

function heldBytes({ samples, mask, scalars, enabled }: BufferContent): number {
  return samples.byteLength + (mask?.byteLength ?? 0) + (enabled?.bytes ?? 0) + scalars.reduce((sum, field) => sum + field.bytes, 0);
}

async function planeOf(frames: readonly BuiltFrame[], ref: PlaneRef, path: string): Promise<Plane> {
  const frame = frames[ref.frame];
  if (!frame) throw outOfRange('frame', ref.frame, frames.length, path);
  const component = frame.components.find(({ info }) => info.name === ref.component);
  if (!component) {
    throw new DataError('out-of-range', `There is no component '${ref.component}' in frame ${ref.frame}.`, {
      path,
      field: 'component',
      hint: `Stored are ${frame.components.map(({ info }) => info.name).join(', ')}.`,
    });
  }
  if (!Number.isInteger(ref.plane) || ref.plane < 0 || ref.plane >= frame.info.planes)
    throw outOfRange('plane', ref.plane, frame.info.planes, path);
  return takeWindow(component.info.dtype, await component.plane(ref.plane), frame.info.shape, ref.window);
}

function outOfRange(field: 'frame' | 'plane', index: number, count: number, path: string): DataError {
  return new DataError('out-of-range', `There is no ${field} ${index}: the buffer has ${count} (0 to ${count - 1}).`, { path, field });
}
