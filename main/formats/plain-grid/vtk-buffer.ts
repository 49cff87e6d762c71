import type { ReadOptions } from '../../../shared/model/dataset.ts';
import { allocateSamples, type TypedArray } from '../../../shared/model/dtype.ts';
import type { ComponentInfo, FrameInfo } from '../../../shared/model/frames.ts';
import { unitScale, type Scale } from '../../../shared/model/scale.ts';
import type { VtkArray } from '../../codecs/vtk/array.ts';
import type { VtkImage } from '../../codecs/vtk/image.ts';
import type { DescribedBuffer } from '../described-dataset.ts';

/** A number of every sample of an array, and the component that it becomes. */
interface Field {
  readonly component: string;
  readonly role: ComponentInfo['role'];
  readonly array: VtkArray;
  readonly at: number;
}

/** 1 = valid: ours, and that of ParaView's filters. */
const MASKS: readonly string[] = ['mask', 'vtkValidPointMask'];
const LARGEST_VECTOR = 3;

/** An image of another program as a buffer of one frame. Each array is decoded once. */
export function vtkBuffer(image: VtkImage, name: string): DescribedBuffer {
  const fields = chooseFields(image);
  const decoded = new Map<VtkArray, Promise<TypedArray>>();
  const read = (array: VtkArray, options: ReadOptions): Promise<TypedArray> => {
    const known = decoded.get(array);
    if (known) return known;
    const reading = array.read(options);
    decoded.set(array, reading);
    reading.catch(() => decoded.delete(array));
    return reading;
  };
  const [width, height] = image.size;
  const { time } = image;
  return {
    description: {
      state: 'present',
      name,
      ...(time !== undefined && Number.isFinite(time) ? { time: { seconds: time, source: 'TimeValue' } } : {}),
      frames: [frameOf(image, fields)],
      attributes: {},
    },
    plane: async ({ component, plane }, options) => {
      const field = fields.find((one) => one.component === component.name) as Field;
      const samples = takeEvery(await read(field.array, options), field, plane * width * height, width * height);
      return field.role === 'mask' ? Uint8Array.from(samples as Uint8Array, (flag) => (Number(flag) === 0 ? 0 : 1)) : samples;
    },
  };
}

/** The vector that the file names, or the first one; all other numbers under the names of their arrays. */
function chooseFields({ arrays, vectors }: VtkImage): readonly Field[] {
  const isVector = ({ step }: VtkArray): boolean => step === 2 || step === LARGEST_VECTOR;
  const vector = arrays.find((array) => array.name === vectors && isVector(array)) ?? arrays.find(isVector);
  const mask = arrays.find(({ name, step }) => MASKS.includes(name) && step === 1);
  const others = arrays.filter((array) => array !== vector && array !== mask);
  const isPicture = !vector && others.length === 1 && others[0]?.step === 1;
  const taken = new Set(['U0', 'V0', 'W0', 'MASK']);
  const unique = (plain: string): string => {
    let free = plain;
    for (let n = 2; taken.has(free); n++) free = `${plain} ${n}`;
    taken.add(free);
    return free;
  };
  return [
    ...(vector
      ? ['U0', 'V0', 'W0'].slice(0, vector.step).map((component, at): Field => ({ component, role: 'velocity', array: vector, at }))
      : []),
    ...others.flatMap((array) =>
      Array.from({ length: array.step }, (_, at): Field => {
        const name = isPicture ? 'PIXEL' : array.step === 1 ? array.name : `${array.name} ${at}`;
        return { component: unique(name), role: vector ? 'scalar' : 'intensity', array, at };
      }),
    ),
    ...(mask ? [{ component: 'MASK', role: 'mask' as const, array: mask, at: 0 }] : []),
  ];
}

function frameOf({ size, origin, spacing }: VtkImage, fields: readonly Field[]): FrameInfo {
  const [width, height, planes] = size;
  const scale = (at: number): Scale => ({ slope: spacing[at] ?? 1, offset: origin[at] ?? 0, unit: '', description: '' });
  const dimensions = fields.filter(({ role }) => role === 'velocity').length;
  return {
    kind: dimensions > 0 ? 'vector' : 'image',
    shape: [height, width],
    planes,
    grid: [1, 1, 1],
    scales: { x: scale(0), y: scale(1), z: scale(2), i: unitScale('') },
    choices: dimensions > 0 ? 1 : 0,
    dimensions: dimensions === 2 || dimensions === LARGEST_VECTOR ? dimensions : 0,
    components: fields.map(({ component, role, array }): ComponentInfo => {
      const own = role === 'mask' ? unitScale('Valid', 'Mask') : unitScale('', array.name);
      return { name: component, role, dtype: role === 'mask' ? 'u1' : array.dtype, planes, scale: own, stored: true };
    }),
    attributes: {},
  };
}

function takeEvery(all: TypedArray, { array, at }: Field, first: number, samples: number): TypedArray {
  if (array.step === 1) return all.subarray(first, first + samples);
  const out = allocateSamples(array.dtype, samples);
  for (let i = 0; i < samples; i++) out[i] = all[(first + i) * array.step + at] as never;
  return out;
}
