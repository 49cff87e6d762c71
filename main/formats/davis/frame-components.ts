import { viewSamples, type DType, type NumberArray, type TypedArray } from '../../../shared/model/dtype.ts';
import type { ComponentInfo, ComponentRole } from '../../../shared/model/frames.ts';
import { unitScale, type FrameScales, type Scale } from '../../../shared/model/scale.ts';
import type { BufferContent } from './buffer-content.ts';
import { planeSamples, type Geometry } from './geometry.ts';
import type { StoredPlane } from './layout.ts';

/** A component of one frame: its facts and its planes; the planes are views of the decoded buffer where it is stored. */
export interface Component {
  readonly info: ComponentInfo;
  plane(index: number): TypedArray | Promise<TypedArray>;
}

/** One whose samples are decoded. */
interface Decoded extends Component {
  plane(index: number): TypedArray;
}

const COUNTS = unitScale('counts');
const PEAK_RATIO = 'TS:Peak ratio';

/**
 * The components of a frame in the order in which lvpyio lists them: PIXEL, or U0 V0 U1 V1 .. ACTIVE_CHOICE ENABLED W0 W1 .. TS:Peak ratio;
 * then MASK and the scalar fields.
 */
export function frameComponents(content: BufferContent, frame: number, scales: FrameScales): readonly Component[] {
  const { geometry } = content;
  const own =
    geometry.format.kind === 'image'
      ? [storedComponent(content, frame, 'PIXEL', { role: 'intensity', scale: scales.i })]
      : vectorComponents(content, frame, scales.i);
  const { mask } = content;
  const maskComponent = mask
    ? [viewed(geometry, { name: 'MASK', role: 'mask', dtype: 'u1', scale: unitScale('Valid', 'Mask') }, mask, frame)]
    : [];
  const scalars = content.scalars.map((field) => {
    const facts = { name: `TS:${field.name}`, role: 'scalar', dtype: field.dtype, scale: field.scale } as const;
    return { info: infoOf(geometry, facts), plane: async (index: number) => viewPlane(geometry, await field.samples(), frame, index) };
  });
  return merged([...own, ...maskComponent, ...scalars]);
}

/** A scalar field may be named like the peak ratio of the format: the last data at the first position. */
function merged(components: readonly Component[]): readonly Component[] {
  return [...new Map(components.map((component) => [component.info.name, component])).values()];
}

function vectorComponents(content: BufferContent, frame: number, scale: Scale): readonly Component[] {
  const { format } = content.geometry;
  const velocity = (letters: string): readonly Component[] =>
    format.stored
      .filter((name) => letters.includes(name[0] ?? '') && name.length === 2)
      .map((name) => storedComponent(content, frame, name, { role: 'velocity', scale }));
  const peak = format.stored.includes('PEAK_RATIO')
    ? [storedComponent(content, frame, 'PEAK_RATIO', { role: 'scalar', scale: COUNTS }, PEAK_RATIO)]
    : [];
  return [...velocity('UV'), ...flagComponents(content, frame), ...velocity('W'), ...peak];
}

function flagComponents(content: BufferContent, frame: number): readonly Component[] {
  const { geometry } = content;
  const choice = { name: 'ACTIVE_CHOICE', role: 'choice', dtype: 'i4', scale: COUNTS } as const;
  const enabled = { name: 'ENABLED', role: 'enabled', dtype: 'u1', scale: COUNTS } as const;
  if (geometry.format.stored.includes('HEADER')) {
    const header = storedComponent(content, frame, 'HEADER', { role: 'choice', scale: COUNTS });
    return [
      derived(geometry, choice, (plane) => choicesOf(header.plane(plane))),
      derived(geometry, enabled, (plane) => enabledOf(header.plane(plane))),
    ];
  }
  const field = content.enabled;
  const flags = field && viewed(geometry, { ...enabled, dtype: field.dtype }, field.samples, frame);
  return [
    implied(geometry, choice, 0),
    flags ? derived(geometry, enabled, (plane) => enabledByFlags(flags.plane(plane) as NumberArray)) : implied(geometry, enabled, 1),
  ];
}

// Plain loops: `from` with a function is some twenty times slower, and these planes belong to every picture of vectors.

function enabledByFlags(flags: NumberArray): Uint8Array {
  const enabled = new Uint8Array(flags.length);
  for (let i = 0; i < flags.length; i++) enabled[i] = Math.trunc(flags[i] as number) === 0 ? 0 : 1;
  return enabled;
}

/** Header plane: h <= 0 disabled; 1 to 6 = choice 0 to 5, fractions cut off. */
function choicesOf(plane: TypedArray): Int32Array {
  const header = plane as NumberArray;
  const choices = new Int32Array(header.length);
  for (let i = 0; i < header.length; i++) {
    const h = header[i] as number;
    choices[i] = h > 0 ? Math.trunc(h) - 1 : 0;
  }
  return choices;
}

function enabledOf(plane: TypedArray): Uint8Array {
  const header = plane as NumberArray;
  const enabled = new Uint8Array(header.length);
  for (let i = 0; i < header.length; i++) enabled[i] = (header[i] as number) > 0 ? 1 : 0;
  return enabled;
}

interface Facts {
  readonly name: string;
  readonly role: ComponentRole;
  readonly dtype: DType;
  readonly scale: Scale;
}

/** A plane of the data section; all planes of a component of a frame lie one after the other. */
function storedComponent(
  content: BufferContent,
  frame: number,
  stored: StoredPlane,
  facts: Pick<Facts, 'role' | 'scale'>,
  name: string = stored,
): Decoded {
  const { geometry, samples } = content;
  const position = geometry.format.stored.indexOf(stored);
  const first = frame * geometry.format.stored.length + position;
  const dtype = geometry.format.dtype === 'u1' && !content.keepsBytes ? 'u2' : geometry.format.dtype;
  return viewed(geometry, { ...facts, name, dtype }, samples, first);
}

/** Views of an array that holds blocks of `planes` planes: of the data section by frame and stored plane, of mask and flags by frame. */
function viewed(geometry: Geometry, facts: Facts, samples: NumberArray, block: number): Decoded {
  return { info: infoOf(geometry, facts), plane: (index) => viewPlane(geometry, samples, block, index) };
}

function viewPlane(geometry: Geometry, samples: NumberArray, block: number, index: number): NumberArray {
  const count = planeSamples(geometry);
  const start = (block * geometry.planes + index) * count;
  return samples.subarray(start, start + count);
}

function infoOf({ planes }: Geometry, facts: Facts): ComponentInfo {
  return { ...facts, planes, stored: true };
}

/** Computed from stored planes, once per plane. */
function derived(geometry: Geometry, facts: Facts, compute: (plane: number) => TypedArray): Component {
  const known = new Map<number, TypedArray>();
  return {
    info: infoOf(geometry, facts),
    plane: (index) => {
      const plane = known.get(index) ?? compute(index);
      known.set(index, plane);
      return plane;
    },
  };
}

/** Not in the file: the format implies one value for all samples. */
function implied(geometry: Geometry, facts: Facts, value: number): Component {
  return {
    info: { ...facts, planes: geometry.planes, stored: false },
    plane: () => {
      const count = planeSamples(geometry);
      return viewSamples(facts.dtype, new ArrayBuffer(count * (facts.dtype === 'i4' ? 4 : 1)), 0, count).fill(value as never);
    },
  };
}
