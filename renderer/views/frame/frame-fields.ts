import { unitText } from '../../../shared/draw/number-text.ts';
import { fieldKind, type FieldKind } from '../../../shared/draw/field-kind.ts';
import type { ComponentInfo, FrameInfo } from '../../../shared/model/frames.ts';

/** A field that can be shown in colours. */
export interface FieldOption {
  readonly component: string;
  readonly label: string;
  /** Name in the file, where the label is another one. */
  readonly stored?: string;
  readonly unit: string;
  readonly kind: FieldKind;
  readonly group: 'derived' | 'stored' | 'validity' | 'raw';
}

const offered = new WeakMap<FrameInfo, readonly FieldOption[]>();

/** Every field that the frame can show, best first: derived velocities, scalars, then raw components and validity. One list for each frame. */
export function offeredFields(frame: FrameInfo): readonly FieldOption[] {
  const fields = offered.get(frame) ?? listFields(frame);
  offered.set(frame, fields);
  return fields;
}

function listFields(frame: FrameInfo): readonly FieldOption[] {
  const scalars = frame.components.filter(({ role }) => role === 'intensity' || role === 'scalar' || role === 'reference');
  const raw = frame.components.filter(({ role }) => role === 'velocity');
  const validity = frame.components.filter(
    ({ role, stored }) => stored && (role === 'choice' || role === 'mask' || role === 'enabled' || role === 'label'),
  );
  return [
    ...derivedFields(frame),
    ...scalars.map((component) => storedField(component, 'stored')),
    ...validity.map((component) => storedField(component, 'validity')),
    ...raw.map((component) => storedField(component, 'raw')),
  ];
}

export function findField(frame: FrameInfo, component: string): FieldOption | undefined {
  return offeredFields(frame).find((field) => field.component === component);
}

/** True where samples can be masked, disabled or outside of the choices, so that their state is worth asking for. */
export function hasState(frame: FrameInfo): boolean {
  return (
    frame.kind === 'vector' ||
    frame.components.some(({ role, stored }) => stored && (role === 'mask' || role === 'enabled' || role === 'choice'))
  );
}

/** The field that shows the components R, G and B together as colours. */
export const COLOR_FIELD = 'rgb';
export const COLOR_COMPONENTS = ['R', 'G', 'B'] as const;

function derivedFields(frame: FrameInfo): readonly FieldOption[] {
  if (frame.kind !== 'vector') return colorFields(frame);
  const unit = unitText(frame.scales.i.unit);
  const velocity = frame.dimensions === 3 ? ['u', 'v', 'w'] : ['u', 'v'];
  return [
    { component: 'speed', label: 'Speed |v|', unit, kind: 'positive', group: 'derived' },
    ...velocity.map((name) => ({ component: name, label: `Velocity ${name}`, unit, kind: 'signed', group: 'derived' }) as const),
  ];
}

function colorFields({ components }: FrameInfo): readonly FieldOption[] {
  const parts = COLOR_COMPONENTS.map((name) => components.find((component) => component.name === name));
  const [red] = parts;
  return red && parts.every(Boolean)
    ? [{ component: COLOR_FIELD, label: 'Colour', unit: unitText(red.scale.unit), kind: 'color', group: 'derived' }]
    : [];
}

/** Fields of the uncertainty of velocities, the total one first. */
export function uncertaintyFields(frame: FrameInfo): readonly FieldOption[] {
  const fields = offeredFields(frame).filter(({ component }) => /^TS:Uncertainty /i.test(component));
  return [...fields].sort((a, b) => Number(b.component === TOTAL_UNCERTAINTY) - Number(a.component === TOTAL_UNCERTAINTY));
}

const TOTAL_UNCERTAINTY = 'TS:Uncertainty V';

/** Stored uncertainty along an axis; the total one where the axes have none of their own; undefined where nothing is stored. */
export function uncertaintyAlong({ components }: FrameInfo, axis: 'x' | 'y' | 'z'): string | undefined {
  return [`${TOTAL_UNCERTAINTY}${axis}`, TOTAL_UNCERTAINTY].find((name) => components.some((component) => component.name === name));
}

function storedField(component: ComponentInfo, group: FieldOption['group']): FieldOption {
  const { name, scale } = component;
  const kind = fieldKind(component);
  const label = labelOf(component);
  return {
    component: name,
    label,
    ...(label === name ? {} : { stored: name }),
    unit: kind === 'category' ? '' : unitText(scale.unit),
    kind,
    group,
  };
}

const PLAIN_NAMES: Readonly<Record<string, string>> = {
  PIXEL: 'Intensity',
  MASK: 'Mask',
  ENABLED: 'Enabled',
  ACTIVE_CHOICE: 'Vector choice',
};

function labelOf({ name, role }: ComponentInfo): string {
  const [, letter, set] = /^([UVW])(\d)$/.exec(name) ?? [];
  if (role === 'velocity') return letter && set ? `${letter} of choice ${Number(set) + 1}` : `${name}, as stored`;
  return PLAIN_NAMES[name] ?? name.replace(/^TS:/, '').replace(/\bw_([xyz])\b/g, 'ω$1');
}
