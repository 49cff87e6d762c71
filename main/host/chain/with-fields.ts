import { derivedComponents, fieldPlane } from '../../../shared/compute/derived-plane.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { FrameBuffer, FrameDataset } from '../../../shared/model/dataset.ts';
import type { BufferInfo, ComponentInfo, FrameInfo } from '../../../shared/model/frames.ts';
import { mappedFacts } from './mapped-facts.ts';

const FIELDS: readonly string[] = ['u', 'v', 'w', 'speed', 'x', 'y', 'z'];
const PREFIX = 'TS:';

/** The names of a list with commas; `invalid-option` where one is none. */
export function fieldNames(text: unknown): readonly string[] {
  const names =
    typeof text === 'string'
      ? text
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '')
      : [];
  const unknown = names.find((name) => !FIELDS.includes(name));
  if (unknown === undefined) return [...new Set(names)];
  throw new DataError('invalid-option', `There is no computed field '${unknown}'.`, {
    field: 'fields',
    hint: `There are ${FIELDS.join(', ')}.`,
  });
}

/** A dataset whose frames also have these computed fields, as scalars TS:speed ... of float64 in their units. Closing it closes the dataset. */
export function withFields(dataset: FrameDataset, names: readonly string[]): FrameDataset {
  if (names.length === 0) return dataset;
  return {
    ...dataset,
    buffer: async (index, options) => bufferWith(await dataset.buffer(index, options), names),
    ...mappedFacts(dataset, ({ info, warnings }) => ({ info: infoWith(info, names), warnings })),
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}

function bufferWith(buffer: FrameBuffer, names: readonly string[]): FrameBuffer {
  return {
    info: infoWith(buffer.info, names),
    warnings: buffer.warnings,
    get bytes() {
      return buffer.bytes;
    },
    plane: async (ref, options) => {
      const name = names.find((one) => `${PREFIX}${one}` === ref.component);
      if (name === undefined) return buffer.plane(ref, options);
      const plane = await fieldPlane(buffer, ref, name, 'scaled', options);
      // Blank buffers are zeros as they are stored.
      return buffer.info.state === 'present' ? plane : { ...plane, data: new Float64Array(plane.data.length) };
    },
  };
}

function infoWith(info: BufferInfo, names: readonly string[]): BufferInfo {
  return { ...info, frames: info.frames.map((frame) => frameWith(frame, names, info.index)) };
}

function frameWith(frame: FrameInfo, names: readonly string[], buffer: number): FrameInfo {
  const stored = frame.components.map(({ name }) => name);
  const wrong = names.find((name) => !derivedComponents(frame).includes(name) || stored.includes(`${PREFIX}${name}`));
  if (wrong !== undefined) {
    const why = stored.includes(`${PREFIX}${wrong}`)
      ? `has a scalar ${PREFIX}${wrong} already`
      : `holds ${frame.kind === 'image' ? 'images' : 'vectors'} without ${wrong}`;
    throw new DataError('out-of-range', `Buffer ${buffer} ${why}.`, { field: 'fields' });
  }
  return { ...frame, components: [...frame.components, ...names.map((name) => fieldInfo(name, frame))] };
}

function fieldInfo(name: string, { planes, scales }: FrameInfo): ComponentInfo {
  const { unit } = name === 'x' || name === 'y' || name === 'z' ? scales[name] : scales.i;
  return {
    name: `${PREFIX}${name}`,
    role: 'scalar',
    dtype: 'f8',
    planes,
    scale: { slope: 1, offset: 0, unit, description: name },
    stored: true,
  };
}
