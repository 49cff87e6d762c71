import { takeWindow } from '../../../shared/compute/plane-window.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { FrameBuffer, ReadOptions } from '../../../shared/model/dataset.ts';
import { allocateSamples, type TypedArray } from '../../../shared/model/dtype.ts';
import type { BufferInfo, ComponentInfo, FrameInfo, PlaneRef } from '../../../shared/model/frames.ts';
import { treeName, type TreeArray, type TreeSource } from '../../codecs/frame-tree.ts';

/** Where the planes of a buffer lie. */
export interface TreePlace {
  readonly path: string;
  readonly buffers: number;
  /** Frames that stand in /apart. */
  readonly apart: ReadonlySet<number>;
}

/** A buffer of a tree: planes are read when they are asked for, and kept. */
export function treeBuffer(source: TreeSource, info: BufferInfo, place: TreePlace): FrameBuffer {
  const planes = new Map<string, Promise<TypedArray>>();
  let bytes = 0;
  const load = (ref: PlaneRef, frame: FrameInfo, component: ComponentInfo, options: ReadOptions): Promise<TypedArray> => {
    const key = `${ref.frame} ${ref.plane} ${ref.component}`;
    const known = planes.get(key);
    if (known) return known;
    const reading = readPlane(source, info, place, { ref, frame, component }, options);
    planes.set(key, reading);
    reading.then(
      (data) => {
        bytes += data.byteLength;
      },
      () => planes.delete(key),
    );
    return reading;
  };
  return {
    info,
    warnings: [],
    get bytes() {
      return bytes;
    },
    plane: async (ref, options = {}) => {
      const { frame, component } = findPlane(info, ref);
      return takeWindow(component.dtype, await load(ref, frame, component, options), frame.shape, ref.window);
    },
  };
}

function findPlane(info: BufferInfo, ref: PlaneRef): { readonly frame: FrameInfo; readonly component: ComponentInfo } {
  const frame = info.frames[ref.frame];
  const count = info.frames.length;
  if (!frame)
    throw new DataError('out-of-range', `There is no frame ${ref.frame}: the buffer has ${count} (0 to ${count - 1}).`, { field: 'frame' });
  const component = frame.components.find(({ name }) => name === ref.component);
  if (!component) {
    const names = frame.components.map(({ name }) => name).join(', ');
    throw new DataError('out-of-range', `There is no component '${ref.component}': stored are ${names}.`, { field: 'component' });
  }
  if (!Number.isInteger(ref.plane) || ref.plane < 0 || ref.plane >= frame.planes) {
    throw new DataError('out-of-range', `There is no plane ${ref.plane}: the frame has ${frame.planes} (0 to ${frame.planes - 1}).`, {
      field: 'plane',
    });
  }
  return { frame, component };
}

function isValidity({ role }: ComponentInfo): boolean {
  return role === 'mask' || role === 'enabled';
}

async function readPlane(
  source: TreeSource,
  info: BufferInfo,
  place: TreePlace,
  { ref, frame, component }: { readonly ref: PlaneRef; readonly frame: FrameInfo; readonly component: ComponentInfo },
  options: ReadOptions,
): Promise<TypedArray> {
  const samples = frame.shape[0] * frame.shape[1];
  // What is not in the file has a defined value: all samples are valid, and the first choice is in effect.
  if (!component.stored) return allocateSamples(component.dtype, samples).fill((isValidity(component) ? 1 : 0) as never);
  if (info.state !== 'present') return allocateSamples(component.dtype, samples);
  const apart = place.apart.has(ref.frame);
  const path = `${apart ? `/apart/${info.index}` : ''}/frame${ref.frame}/${treeName(component.name)}`;
  const array = await source.array(path);
  checkArray(array, path, place, { frame, component, buffers: apart ? 1 : place.buffers });
  return array.plane(apart ? 0 : info.index, ref.plane, options);
}

function checkArray(
  array: TreeArray,
  path: string,
  place: TreePlace,
  promised: { readonly frame: FrameInfo; readonly component: ComponentInfo; readonly buffers: number },
): void {
  const shape = [promised.buffers, promised.frame.planes, ...promised.frame.shape];
  const same = array.shape.length === shape.length && shape.every((size, axis) => size === array.shape[axis]);
  if (same && array.dtype === promised.component.dtype) return;
  const found = `${array.dtype} [${array.shape.join(', ')}]`;
  const message = `${path} in ${place.path} holds ${found}; the description promises ${promised.component.dtype} [${shape.join(', ')}].`;
  throw new DataError('malformed', message, { path: place.path, field: path });
}
