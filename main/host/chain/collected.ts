import { isDeepStrictEqual } from 'node:util';
import type { Attributes } from '../../../shared/model/attributes.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import {
  bufferCount,
  type FrameBuffer,
  type FrameDataset,
  type FrameDatasetInfo,
  type ReadOptions,
} from '../../../shared/model/dataset.ts';
import type { BufferInfo, FrameInfo } from '../../../shared/model/frames.ts';
import { unitScale } from '../../../shared/model/scale.ts';
import { withBlankMask } from './blank-mask.ts';
import { renumbered } from './selected.ts';

/**
 * The buffers of several datasets one after the other; with `framesPerBuffer` so many of them in a row become the frames of one buffer.
 * Closing it closes them all.
 */
export function collectDatasets(datasets: readonly FrameDataset[], framesPerBuffer = 1): FrameDataset {
  const [first] = datasets;
  if (!first) throw new DataError('invalid-option', 'There is nothing to collect.');
  if (!Number.isInteger(framesPerBuffer) || framesPerBuffer < 1) {
    throw new DataError('invalid-option', `The number of frames per buffer must be 1 or more, got ${framesPerBuffer}.`, {
      field: 'frames-per-buffer',
    });
  }
  if (datasets.length === 1 && framesPerBuffer === 1) return first;
  const places = datasets.flatMap((dataset) => Array.from({ length: bufferCount(dataset.info) }, (_, index) => ({ dataset, index })));
  if (places.length % framesPerBuffer !== 0) {
    throw new DataError('invalid-option', `${places.length} buffers cannot be divided into groups of ${framesPerBuffer}.`, {
      field: 'frames-per-buffer',
    });
  }
  const read = async (at: number, options?: ReadOptions): Promise<FrameBuffer> => {
    const place = places[at];
    if (!place) throw new DataError('out-of-range', `There is no buffer ${at} in the collection.`, { field: 'buffer' });
    return place.dataset.buffer(place.index, options);
  };
  return {
    info: collectedInfo(
      first.info,
      datasets.map(({ info }) => info),
      places.length / framesPerBuffer,
      framesPerBuffer,
    ),
    buffer: async (index, options) => {
      const members: FrameBuffer[] = [];
      for (let member = 0; member < framesPerBuffer; member++) members.push(await read(index * framesPerBuffer + member, options));
      return members.length === 1 ? renumbered(members[0] as FrameBuffer, index) : joined(members, index);
    },
    [Symbol.asyncDispose]: async () => {
      for (const dataset of datasets) await dataset[Symbol.asyncDispose]();
    },
  };
}

function collectedInfo(
  first: FrameDatasetInfo,
  infos: readonly FrameDatasetInfo[],
  buffers: number,
  framesPerBuffer: number,
): FrameDatasetInfo {
  const { shape: _, ...facts } = first;
  const single = infos.length === 1;
  const missing = framesPerBuffer === 1 ? shiftedMissing(infos) : [];
  return {
    ...facts,
    summary: `<${buffers} buffers of ${infos.length} datasets, '${first.title}' and on>`,
    attributes: single ? first.attributes : commonAttributes(infos.map(({ attributes }) => attributes)),
    warnings: infos.flatMap(({ warnings }) => warnings),
    tables: infos.flatMap(({ tables }) => tables),
    children: infos.flatMap(({ children }) => children),
    nav: [{ name: 'buffer', size: buffers, scale: unitScale('') }],
    uniform: false,
    missing,
  };
}

function shiftedMissing(infos: readonly FrameDatasetInfo[]): FrameDatasetInfo['missing'] {
  let start = 0;
  return infos.flatMap((info) => {
    const shift = start;
    start += bufferCount(info);
    return info.missing.map(([from, to]) => [from + shift, to + shift] as const);
  });
}

/** Attributes that all have with the same value. */
function commonAttributes(all: readonly Attributes[]): Attributes {
  const [first = {}, ...others] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((other) => isDeepStrictEqual(other[name], value))),
  );
}

/** One buffer of the frames of all; what their attributes do not share goes to the frames. */
function joined(parts: readonly FrameBuffer[], index: number): FrameBuffer {
  const state = stateOf(parts);
  const members = parts.some((part) => part.info.state !== state) ? parts.map(withBlankMask) : parts;
  const shared = commonAttributes(members.map(({ info }) => info.attributes));
  const owners = members.flatMap((buffer) => buffer.info.frames.map((_, frame) => ({ buffer, frame })));
  const frames = members.flatMap(({ info }) => info.frames.map((frame) => withOwnAttributes(frame, info.attributes, shared)));
  const [first] = members as readonly [FrameBuffer, ...FrameBuffer[]];
  const info: BufferInfo = { ...first.info, index, frames, attributes: shared, state };
  return {
    info,
    warnings: members.flatMap(({ warnings }) => warnings),
    get bytes() {
      return members.reduce((sum, { bytes }) => sum + bytes, 0);
    },
    plane: async (ref, options) => {
      const owner = owners[ref.frame];
      if (!owner)
        throw new DataError(
          'out-of-range',
          `There is no frame ${ref.frame}: the buffer has ${owners.length} (0 to ${owners.length - 1}).`,
          { field: 'frame' },
        );
      return owner.buffer.plane({ ...ref, frame: owner.frame }, options);
    },
  };
}

function withOwnAttributes(frame: FrameInfo, attributes: Attributes, shared: Attributes): FrameInfo {
  const own = Object.entries(attributes).filter(([name]) => !Object.hasOwn(shared, name));
  return own.length === 0 ? frame : { ...frame, attributes: { ...Object.fromEntries(own), ...frame.attributes } };
}

/** A buffer of blank frames alone is blank. */
function stateOf(members: readonly FrameBuffer[]): BufferInfo['state'] {
  const [first] = members;
  return first && members.every(({ info }) => info.state === first.info.state) ? first.info.state : 'present';
}
