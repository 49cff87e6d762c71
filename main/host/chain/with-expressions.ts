import { canStore, storeNumbers } from '../../../shared/compute/store-numbers.ts';
import { toFloat64 } from '../../../shared/compute/sample-values.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { FrameBuffer, FrameDataset, ReadOptions } from '../../../shared/model/dataset.ts';
import type { BufferInfo, ComponentInfo, FrameInfo, Plane, PlaneRef } from '../../../shared/model/frames.ts';
import { unitScale } from '../../../shared/model/scale.ts';
import { withMaskComponent } from './blank-mask.ts';
import { evaluate } from './evaluate.ts';
import { namesIn, parseExpression, type Expression } from './expression.ts';
import { mappedFacts } from './mapped-facts.ts';
import type { NotedDataset } from './noted.ts';

/**
 * 'NAME=expression': the raw numbers of component NAME become those of the expression, in every frame and plane; it keeps its type. Several are
 * applied in order, so that a later one sees what an earlier one made. MASK and scalar fields (TS:NAME, float64 without unit) can be made where there are none. Rounding and clamping are noted, once each.
 * Closing it closes the dataset.
 */
export function withExpressions(dataset: FrameDataset, texts: readonly string[]): NotedDataset {
  const notes = new Set<string>();
  const changes = texts.map(parseChange);
  const buffer = async (index: number, options?: ReadOptions): Promise<FrameBuffer> => {
    let changed = await dataset.buffer(index, options);
    for (const change of changes) changed = changedBuffer(changed, change, notes);
    return changed;
  };
  return {
    info: dataset.info,
    buffer,
    ...mappedFacts(dataset, ({ info, warnings }) => ({ info: changes.reduce(changedInfo, info), warnings })),
    notes: () => [...notes],
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}

interface Change {
  readonly name: string;
  readonly expression: Expression;
  /** Components that the expression reads. */
  readonly reads: readonly string[];
}

function parseChange(text: string): Change {
  const [, quoted, ticked, plain, right] = /^\s*(?:"([^"]+)"|`([^`]+)`|([^="`]+?))\s*=(?!=)(.*)$/s.exec(text) ?? [];
  const name = quoted ?? ticked ?? plain;
  if (name === undefined || right === undefined) {
    throw new DataError('invalid-option', `'${text.slice(0, 200)}' is not of the form NAME=expression.`, {
      field: 'set',
      hint: "For example 'PIXEL=PIXEL-100'.",
    });
  }
  const expression = parseExpression(right);
  return { name, expression, reads: namesIn(expression) };
}

const MASK = 'MASK';
const SCALAR_PREFIX = 'TS:';

/** True for components that can be made where there are none. */
function isMade(name: string): boolean {
  return name === MASK || (name.startsWith(SCALAR_PREFIX) && name.length > SCALAR_PREFIX.length);
}

function madeScalar(name: string, planes: number): ComponentInfo {
  return { name, role: 'scalar', dtype: 'f8', planes, scale: unitScale(''), stored: true };
}

/** Blank buffers have no numbers to compute with and stay as they are. */
function changedBuffer(buffer: FrameBuffer, change: Change, notes: Set<string>): FrameBuffer {
  if (buffer.info.state !== 'present') return buffer;
  const info = changedInfo(buffer.info, change);
  const { frames } = info;
  return {
    info,
    warnings: buffer.warnings,
    get bytes() {
      return buffer.bytes;
    },
    plane: (ref, options) =>
      ref.component === change.name ? computedPlane(buffer, frames, change, ref, notes, options) : buffer.plane(ref, options),
  };
}

function changedInfo(info: BufferInfo, change: Change): BufferInfo {
  if (info.state !== 'present') return info;
  return { ...info, frames: info.frames.map((frame) => changedFrame(frame, change, info.index)) };
}

function changedFrame(frame: FrameInfo, { name, reads }: Change, index: number): FrameInfo {
  const names = frame.components.map((component) => component.name);
  const hint = `Stored are ${names.join(', ')}.`;
  const unknown = [...(isMade(name) ? [] : [name]), ...reads].find((read) => !names.includes(read));
  if (unknown !== undefined)
    throw new DataError('out-of-range', `There is no component '${unknown}' in buffer ${index}.`, { field: 'set', hint });
  const refused = frame.components.find((component) => component.name === name && !canStore(component.dtype));
  if (refused) throw new DataError('unsupported', `${name} has type ${refused.dtype}, which cannot be computed.`, { field: 'set' });
  if (name === MASK) return withMaskComponent(frame);
  if (!names.includes(name)) return { ...frame, components: [...frame.components, madeScalar(name, frame.planes)] };
  return {
    ...frame,
    components: frame.components.map((component) => (component.name === name ? { ...component, stored: true } : component)),
  };
}

async function computedPlane(
  buffer: FrameBuffer,
  frames: readonly FrameInfo[],
  { name, expression, reads }: Change,
  ref: PlaneRef,
  notes: Set<string>,
  options?: ReadOptions,
): Promise<Plane> {
  const component = frames[ref.frame]?.components.find((one) => one.name === name);
  // A plane that is always there tells the size of the window, and whether the place exists.
  const pattern = await buffer.plane({ ...ref, component: buffer.info.frames[ref.frame]?.components[0]?.name ?? name }, options);
  if (!component) return pattern;
  const values = new Map<string, Float64Array>();
  for (const read of reads) {
    const plane = await buffer.plane({ ...ref, component: read }, options);
    values.set(read, toFloat64(plane.dtype, plane.data));
  }
  const { width, height } = pattern;
  const numbers = evaluate(expression, values, width * height);
  const isFlag = component.role === 'mask' || component.role === 'enabled';
  const { data, rounded, clamped, infinite } = storeNumbers(component.dtype, isFlag ? flags(numbers) : numbers, name);
  if (rounded > 0)
    notes.add(`${name}: computed numbers were rounded to whole ones (halves up), as its type ${component.dtype} has no others.`);
  if (clamped > 0) notes.add(`${name}: computed numbers outside of the range of ${component.dtype} became its least or greatest number.`);
  if (infinite > 0) notes.add(`${name}: computed numbers beyond the range of ${component.dtype} became infinite.`);
  return { dtype: component.dtype, width, height, data };
}

/** 1 where the number is neither 0 nor NaN. */
function flags(numbers: Float64Array): Float64Array {
  for (let i = 0; i < numbers.length; i++) numbers[i] = numbers[i] ? 1 : 0;
  return numbers;
}
