import { DEVICES_INFO } from '../../shared/compute/device-table.ts';
import { takeWindow } from '../../shared/compute/plane-window.ts';
import { timesInfo } from '../../shared/compute/time-table.ts';
import { DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import type { FrameBuffer, FrameDataset, FrameDatasetInfo, ReadOptions } from '../../shared/model/dataset.ts';
import type { Warning } from '../../shared/model/warning.ts';
import { allocateSamples, sampleElements, type NumberArray, type TypedArray } from '../../shared/model/dtype.ts';
import type { ComponentInfo, FrameInfo, PlaneRef } from '../../shared/model/frames.ts';
import { unitScale } from '../../shared/model/scale.ts';
import type { BufferDescription, DatasetDescription } from '../codecs/frame-description.ts';

/** A whole plane of a stored component. */
export interface StoredPlaneRef {
  readonly frame: number;
  readonly component: ComponentInfo;
  readonly plane: number;
}

/** One buffer of a described file: its description and access to its stored planes. */
export interface DescribedBuffer {
  readonly description: BufferDescription;
  readonly warnings?: readonly Warning[];
  /** All samples of the plane; a fresh array, or one that nobody writes to. Called once a plane. */
  plane(ref: StoredPlaneRef, options: ReadOptions): Promise<TypedArray>;
}

export interface DescribedInput {
  readonly info: FrameDatasetInfo;
  /** Indices are in range. */
  openBuffer(index: number, options: ReadOptions): Promise<DescribedBuffer>;
  close(): Promise<void>;
}

/** A dataset whose buffers say themselves what they hold; the readers of our own outputs only find the planes. */
export function describedDataset(input: DescribedInput): FrameDataset {
  const { info } = input;
  const count = info.nav.reduce((product, axis) => product * axis.size, 1);
  let closed = false;
  return {
    info,
    buffer: async (index, options = {}) => {
      if (closed) throw new DataError('closed', `${info.path} is closed.`, { path: info.path });
      throwIfAborted(options.signal);
      if (!Number.isInteger(index) || index < 0 || index >= count) {
        const range = count > 0 ? ` (0 to ${count - 1})` : '';
        throw new DataError('out-of-range', `There is no buffer ${index}: ${info.title} has ${count}${range}.`, {
          path: info.path,
          field: 'buffer',
        });
      }
      if (info.missing.some(([from, to]) => index >= from && index < to)) throw missingBuffer(index, info.path);
      const buffer = await input.openBuffer(index, options);
      if (buffer.description.state === 'missing') throw missingBuffer(index, info.path);
      return frameBuffer(buffer, index, info.path);
    },
    [Symbol.asyncDispose]: async () => {
      if (closed) return;
      closed = true;
      await input.close();
    },
  };
}

function missingBuffer(index: number, path: string): DataError {
  return new DataError('not-found', `Buffer ${index} was missing when ${path} was written.`, { path, field: 'buffer' });
}

/** Planes are kept once they are read: a view asks for the same ones again and again. */
function frameBuffer(buffer: DescribedBuffer, index: number, path: string): FrameBuffer {
  const { description } = buffer;
  const planes = new Map<string, TypedArray>();
  let bytes = 0;
  const read = async (frame: FrameInfo, component: ComponentInfo, ref: PlaneRef, options: ReadOptions): Promise<TypedArray> => {
    const key = `${ref.frame}/${ref.plane}/${ref.component}`;
    const known = planes.get(key);
    if (known) return known;
    const samples = frame.shape[0] * frame.shape[1];
    const data = component.stored
      ? await buffer.plane({ frame: ref.frame, component, plane: ref.plane }, options)
      : impliedPlane(component, samples);
    if (data.length !== samples * sampleElements(component.dtype)) {
      const message = `Plane ${ref.plane} of ${component.name} has ${data.length} samples, its frame ${frame.shape.join(' x ')}.`;
      throw new DataError('malformed', message, { path, field: component.name });
    }
    planes.set(key, data);
    bytes += data.byteLength;
    return data;
  };
  return {
    info: { index, ...description },
    warnings: buffer.warnings ?? [],
    get bytes() {
      return bytes;
    },
    plane: async (ref, options = {}) => {
      throwIfAborted(options.signal);
      const { frame, component } = findPlane(description, ref);
      return takeWindow(component.dtype, await read(frame, component, ref, options), frame.shape, ref.window);
    },
  };
}

/** What a component that is not in the file stands for: all valid, all choice 0. */
function impliedPlane(component: ComponentInfo, samples: number): TypedArray {
  const data = allocateSamples(component.dtype, samples);
  if ((component.role === 'mask' || component.role === 'enabled') && !/^[ui]8$/.test(component.dtype)) (data as NumberArray).fill(1);
  return data;
}

function findPlane(description: BufferDescription, ref: PlaneRef): { frame: FrameInfo; component: ComponentInfo } {
  const { frames } = description;
  const frame = frames[ref.frame];
  if (!frame) throw outOfRange('frame', `There is no frame ${ref.frame}: the buffer has ${frames.length}.`);
  const component = frame.components.find(({ name }) => name === ref.component);
  if (!component) {
    const names = frame.components.map(({ name }) => name).join(', ');
    throw outOfRange('component', `There is no component '${ref.component}': stored are ${names}.`);
  }
  if (!Number.isInteger(ref.plane) || ref.plane < 0 || ref.plane >= frame.planes)
    throw outOfRange('plane', `There is no plane ${ref.plane}: the frame has ${frame.planes} (0 to ${frame.planes - 1}).`);
  return { frame, component };
}

function outOfRange(field: string, message: string): DataError {
  return new DataError('out-of-range', message, { field });
}

export interface DescribedFile {
  readonly format: string;
  /** Kind of file for the summary, such as 'NumPy archive'. */
  readonly kind: string;
  readonly path: string;
  /** Where the description names none. */
  readonly title: string;
  /** Places for buffers, missing ones included. */
  readonly buffers: number;
  readonly rawDtype?: string;
  readonly warnings?: readonly Warning[];
  readonly diagnostics?: FrameDatasetInfo['diagnostics'];
}

/** Facts of a dataset from its description. `malformed` where its axes do not have as many places as there are buffers. */
export function describedInfo(file: DescribedFile, dataset: DatasetDescription | undefined): FrameDatasetInfo {
  const nav = dataset?.nav ?? [{ name: 'buffer', size: file.buffers, scale: unitScale('') }];
  const places = nav.reduce((product, axis) => product * axis.size, 1);
  if (places !== file.buffers) {
    throw new DataError('malformed', `The description has axes for ${places} buffers, the file holds ${file.buffers}.`, {
      path: file.path,
      field: 'nav',
    });
  }
  const missing = dataset?.missing ?? [];
  checkMissing(missing, places, file.path);
  const title = dataset?.title || file.title;
  return {
    kind: 'frames',
    format: file.format,
    title,
    path: file.path,
    summary: `<${file.kind} '${title}' with ${file.buffers} buffer${file.buffers === 1 ? '' : 's'}>`,
    attributes: dataset?.attributes ?? {},
    warnings: file.warnings ?? [],
    tables: (dataset?.tables ?? []).map((name) => (name === 'devices' ? DEVICES_INFO : timesInfo(places))),
    children: [],
    nav,
    uniform: false,
    rawDtype: file.rawDtype ?? '',
    guessed: [],
    diagnostics: file.diagnostics ?? [],
    ...(dataset?.typeId === undefined ? {} : { typeId: dataset.typeId }),
    firstNumber: dataset?.firstNumber ?? 0,
    missing,
  };
}

/** Ranges in ascending order within the places. */
function checkMissing(missing: FrameDatasetInfo['missing'], places: number, path: string): void {
  let end = 0;
  for (const [from, to] of missing) {
    if (from < end || to <= from || to > places)
      throw new DataError('malformed', `The description says that buffers ${from} to ${to} of ${places} are missing.`, {
        path,
        field: 'missing',
      });
    end = to;
  }
}

/** How many buffers are missing before `index`: where those that are there are counted without them. */
export function missingBefore(missing: FrameDatasetInfo['missing'], index: number): number {
  return missing.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, index) - from), 0);
}
