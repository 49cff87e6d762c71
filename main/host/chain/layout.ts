import { DataError } from '../../../shared/model/data-error.ts';
import {
  bufferCount,
  type FrameBuffer,
  type FrameDataset,
  type FrameDatasetInfo,
  type ReadOptions,
} from '../../../shared/model/dataset.ts';
import type { BufferInfo, FrameInfo } from '../../../shared/model/frames.ts';
import { withBlankMask } from './blank-mask.ts';

/** Meaning of the navigation axes of an array, slowest first: b buffers, f frames of a buffer, z planes of a frame; h and w are the plane. */
export const LAYOUTS = ['bhw', 'bzhw', 'bfhw', 'bfzhw'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** The layout that a value names, if it names one: other writers mean other things by that option. */
export function layoutOf(value: unknown): Layout | undefined {
  return LAYOUTS.find((known) => known === value);
}

/**
 * A dataset whose buffers are single planes, regrouped so that its inner navigation axes become frames and planes. The axis b may be absent
 * in the array. Closing it closes the dataset.
 */
export function withLayout(dataset: FrameDataset, layout: Layout): FrameDataset {
  const { nav } = dataset.info;
  const letters = layout.slice(0, -2);
  const total = bufferCount(dataset.info);
  const axes = nav.length === letters.length - 1 ? [undefined, ...nav] : nav;
  if (axes.length !== letters.length) {
    const shape = nav.map(({ size }) => size).join(' x ');
    throw new DataError(
      'invalid-option',
      `Layout ${layout} has ${letters.length === 1 ? 'one axis' : `${letters.length} axes`} before h and w, the array has ${nav.length} (${shape}).`,
      {
        path: dataset.info.path,
        field: 'layout',
      },
    );
  }
  const sizeOf = (letter: string): number => (letters.includes(letter) ? (axes[letters.indexOf(letter)]?.size ?? 1) : 1);
  const [frames, planes] = [sizeOf('f'), sizeOf('z')];
  const buffers = total / (frames * planes);
  const { shape: _, ...facts } = dataset.info;
  const source = hasBlank(dataset.info) ? maskedBlanks(dataset) : dataset;
  const first = axes[0] ?? { name: 'buffer', size: 1, scale: { slope: 1, offset: 0, unit: '', description: '' } };
  return {
    info: { ...facts, nav: [first] },
    buffer: async (index, options) => {
      if (!Number.isInteger(index) || index < 0 || index >= buffers) {
        throw new DataError('out-of-range', `There is no buffer ${index}: the array has ${buffers} (0 to ${buffers - 1}).`, {
          path: dataset.info.path,
          field: 'buffer',
        });
      }
      return regrouped(source, index, { frames, planes }, options);
    },
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}

function hasBlank({ shape }: FrameDatasetInfo): boolean {
  return shape !== undefined && shape.insertedStart + shape.insertedEnd > 0;
}

function maskedBlanks(dataset: FrameDataset): FrameDataset {
  return {
    info: dataset.info,
    buffer: async (index, options) => withBlankMask(await dataset.buffer(index, options)),
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}

/** Frame f, plane z of the buffer is the dataset's buffer (index * frames + f) * planes + z; it is opened when a plane of it is asked for. */
async function regrouped(
  dataset: FrameDataset,
  index: number,
  size: { frames: number; planes: number },
  options?: ReadOptions,
): Promise<FrameBuffer> {
  const at = (frame: number, plane: number): number => (index * size.frames + frame) * size.planes + plane;
  const start = await dataset.buffer(at(0, 0), options);
  let last = { at: at(0, 0), buffer: start };
  const [pattern] = start.info.frames;
  if (!pattern || start.info.frames.length !== 1 || pattern.planes !== 1) {
    throw new DataError('invalid-option', 'A layout regroups arrays of single planes; this dataset has frames or planes of its own.', {
      path: dataset.info.path,
      field: 'layout',
    });
  }
  const frame: FrameInfo = {
    ...pattern,
    planes: size.planes,
    components: pattern.components.map((component) => ({ ...component, planes: size.planes })),
  };
  const state = await sharedState(dataset, at, size, start, options);
  const info: BufferInfo = { ...start.info, index, state, frames: Array.from({ length: size.frames }, () => frame) };
  return {
    info,
    warnings: start.warnings,
    get bytes() {
      return last.buffer.bytes;
    },
    plane: async (ref, planeOptions) => {
      const isInside = ref.frame >= 0 && ref.frame < size.frames && ref.plane >= 0 && ref.plane < size.planes;
      if (!isInside)
        throw new DataError('out-of-range', `There is no plane ${ref.plane} of frame ${ref.frame}.`, {
          field: ref.frame < size.frames ? 'plane' : 'frame',
        });
      const wanted = at(ref.frame, ref.plane);
      const { buffer } = last.at === wanted ? last : { buffer: await dataset.buffer(wanted, planeOptions) };
      last = { at: wanted, buffer };
      return buffer.plane({ ...ref, frame: 0, plane: 0 }, planeOptions);
    },
  };
}

/** Blank where all parts are; otherwise the mask tells which are. Blank ones cost nothing to open. */
async function sharedState(
  dataset: FrameDataset,
  at: (frame: number, plane: number) => number,
  size: { frames: number; planes: number },
  start: FrameBuffer,
  options?: ReadOptions,
): Promise<BufferInfo['state']> {
  if (start.info.state === 'present') return 'present';
  for (let flat = at(0, 0) + 1; flat < at(0, 0) + size.frames * size.planes; flat++) {
    const { info } = await dataset.buffer(flat, options);
    if (info.state === 'present') return 'present';
  }
  return start.info.state;
}
