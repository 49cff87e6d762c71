import { sampleBytes, type TypedArray } from '../../shared/model/dtype.ts';
import type { ComponentInfo, FrameInfo } from '../../shared/model/frames.ts';
import { unitScale } from '../../shared/model/scale.ts';
import type { NpyField, NpyHeader } from '../codecs/npy.ts';
import { decodeSamples } from '../codecs/sample-type.ts';
import { signalPlanes, stackFrame } from './stack-dataset.ts';

/** A field of the samples and the component that it becomes. */
export interface ArrayComponent {
  readonly name: string;
  readonly role: ComponentInfo['role'];
  readonly field: NpyField;
}

const VECTORS: readonly (readonly string[])[] = [
  ['u', 'v'],
  ['u', 'v', 'w'],
];

/** A plain array is PIXEL; fields u, v[, w], in any order, are a vector; other fields are values under their own names. */
export function arrayComponents(header: NpyHeader): readonly ArrayComponent[] {
  const sorted = [...header.fields].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  const names = sorted.map(({ name }) => name.toLowerCase());
  if (VECTORS.some((vector) => vector.join() === names.join()))
    return sorted.map((field) => ({ name: `${field.name.toUpperCase()}0`, role: 'velocity', field }));
  return header.fields.map((field) => ({ name: field.name || 'PIXEL', role: field.name === '' ? 'intensity' : 'scalar', field }));
}

export function arrayFrame(components: readonly ArrayComponent[], sig: readonly number[], hasMask: boolean): FrameInfo {
  const [first] = components;
  const frame = stackFrame(first?.field.type.dtype ?? 'u1', sig);
  const { planes } = signalPlanes(sig);
  const isVector = first?.role === 'velocity';
  const scale = unitScale('');
  const infos = components.map(
    ({ name, role, field }): ComponentInfo => ({ name, role, dtype: field.type.dtype, planes, scale, stored: true }),
  );
  const mask: ComponentInfo = { name: 'MASK', role: 'mask', dtype: 'u1', planes, scale: unitScale('Valid', 'Mask'), stored: true };
  return {
    ...frame,
    kind: isVector ? 'vector' : 'image',
    choices: isVector ? 1 : 0,
    dimensions: !isVector ? 0 : components.length === 3 ? 3 : 2,
    components: hasMask ? [...infos, mask] : infos,
  };
}

/** The bytes of whole samples as one array per component. Works in place for plain arrays. */
export function splitFields(
  header: NpyHeader,
  components: readonly ArrayComponent[],
  bytes: Uint8Array,
  samples: number,
): Map<string, TypedArray> {
  const split = components.map(({ name, field }): readonly [string, TypedArray] => {
    const isWhole = sampleBytes(field.type.dtype) === header.sampleBytes;
    return [name, decodeSamples(field.type, isWhole ? bytes : fieldBytes(bytes, header.sampleBytes, field, samples), samples)];
  });
  return new Map(split);
}

function fieldBytes(bytes: Uint8Array, stride: number, field: NpyField, samples: number): Uint8Array {
  const size = sampleBytes(field.type.dtype);
  const out = new Uint8Array(samples * size);
  for (let byte = 0; byte < size; byte++) {
    for (let i = 0, at = field.offset + byte, put = byte; i < samples; i++, at += stride, put += size) out[put] = bytes[at] as number;
  }
  return out;
}
