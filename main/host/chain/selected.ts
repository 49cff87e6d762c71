import { DataError } from '../../../shared/model/data-error.ts';
import { bufferCount, type Axis, type FrameBuffer, type FrameDataset, type FrameDatasetInfo } from '../../../shared/model/dataset.ts';
import { unitScale } from '../../../shared/model/scale.ts';
import { mappedFacts } from './mapped-facts.ts';

/**
 * The buffers of a dataset at these flat indices, in this order, as a dataset of one navigation axis; the positions of a single axis go along.
 * Closing it closes the dataset.
 */
export function selectBuffers(dataset: FrameDataset, indices: readonly number[]): FrameDataset {
  const total = bufferCount(dataset.info);
  const wrong = indices.find((index) => !Number.isInteger(index) || index < 0 || index >= total);
  if (wrong !== undefined) {
    throw new DataError('out-of-range', `There is no buffer ${wrong}: the dataset has ${total} (0 to ${total - 1}).`, {
      path: dataset.info.path,
      field: 'range',
    });
  }
  const placeOf = (index: number): number => {
    const from = indices[index];
    if (from !== undefined) return from;
    throw new DataError('out-of-range', `There is no buffer ${index}: ${indices.length} are selected (0 to ${indices.length - 1}).`, {
      path: dataset.info.path,
      field: 'buffer',
    });
  };
  return {
    info: selectedInfo(dataset.info, indices),
    buffer: async (index, options) => renumbered(await dataset.buffer(placeOf(index), options), index),
    ...mappedFacts(dataset, ({ info, warnings }, index) => ({ info: { ...info, index }, warnings }), placeOf),
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}

/** The same buffer at another place. */
export function renumbered(buffer: FrameBuffer, index: number): FrameBuffer {
  if (buffer.info.index === index) return buffer;
  return {
    info: { ...buffer.info, index },
    warnings: buffer.warnings,
    get bytes() {
      return buffer.bytes;
    },
    plane: (ref, options) => buffer.plane(ref, options),
  };
}

/** Facts of the buffers at these indices. */
export function selectedInfo(info: FrameDatasetInfo, indices: readonly number[]): FrameDatasetInfo {
  const { shape: _, ...facts } = info;
  const missing = indices.flatMap((from, at) =>
    info.missing.some(([start, end]) => from >= start && from < end) ? [[at, at + 1] as const] : [],
  );
  return { ...facts, nav: [selectedAxis(info, indices)], missing };
}

function selectedAxis({ nav }: FrameDatasetInfo, indices: readonly number[]): Axis {
  const [axis] = nav;
  const size = indices.length;
  if (!axis || nav.length > 1) return { name: 'buffer', size, scale: unitScale('') };
  const { name, scale, values } = axis;
  const [first = 0, second = first + 1] = indices;
  const step = second - first;
  if (!values && indices.every((index, at) => index === first + at * step)) {
    return { name, size, scale: { ...scale, slope: scale.slope * step, offset: scale.offset + scale.slope * first } };
  }
  return { name, size, scale, values: indices.map((index) => values?.[index] ?? scale.offset + scale.slope * index) };
}

/** Half-open range `A:B[:S]` over `count` buffers as Python slices it: parts may be absent, negative numbers count from the end. */
export function parseRange(text: string, count: number): readonly number[] {
  const [, from, to, step = ''] = /^\s*(-?\d+)?\s*:\s*(-?\d+)?\s*(?::\s*(-?\d+)?\s*)?$/.exec(text) ?? wrongRange(text);
  const stride = step === '' ? 1 : Number(step);
  if (stride === 0) throw new DataError('invalid-option', `The step of the range '${text}' is 0.`, { field: 'range' });
  const clamp = (value: string | undefined, missing: number): number => {
    if (value === undefined) return missing;
    const place = Number(value) < 0 ? Number(value) + count : Number(value);
    return stride > 0 ? Math.min(Math.max(place, 0), count) : Math.min(Math.max(place, -1), count - 1);
  };
  const start = clamp(from, stride > 0 ? 0 : count - 1);
  const end = clamp(to, stride > 0 ? count : -1);
  const indices: number[] = [];
  for (let index = start; stride > 0 ? index < end : index > end; index += stride) indices.push(index);
  if (indices.length === 0)
    throw new DataError('out-of-range', `The range '${text}' holds none of the ${count} buffers.`, { field: 'range' });
  return indices;
}

function wrongRange(text: string): never {
  throw new DataError('invalid-option', `The range '${text}' is not of the form A:B or A:B:S.`, {
    field: 'range',
    hint: 'B is the first buffer that is not taken: 0:10 takes ten.',
  });
}
