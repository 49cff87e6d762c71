import type { ComponentInfo, FrameInfo } from '../../../shared/model/frames.ts';

/** How the values of a field want to be seen; decides map and levels. */
export type FieldKind = 'intensity' | 'positive' | 'signed' | 'quality' | 'angle' | 'category';

/** A field that can be shown in colours. */
export interface FieldOption {
  readonly component: string;
  readonly label: string;
  readonly unit: string;
  readonly kind: FieldKind;
  readonly group: 'derived' | 'stored' | 'validity' | 'raw';
}

const KIND_BY_WORD: readonly (readonly [RegExp, FieldKind])[] = [
  [/uncertain|correl|ratio|peak|snr|residual/i, 'quality'],
  [/vortic|diverg|\brot|curl|shear|circul|swirl|strain|difference|\bdu\b|\bdv\b|\bd[uvw]\/d/i, 'signed'],
  [/angle|phase|direction/i, 'angle'],
];

/** Every field that the frame can show, best first: derived velocities, scalars, then raw components and validity. */
export function offeredFields(frame: FrameInfo): readonly FieldOption[] {
  const scalars = frame.components.filter(({ role }) => role === 'intensity' || role === 'scalar' || role === 'reference');
  const raw = frame.components.filter(({ role }) => role === 'velocity');
  const validity = frame.components.filter(({ role, stored }) => stored && (role === 'choice' || role === 'mask' || role === 'enabled' || role === 'label'));
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
  return frame.kind === 'vector' || frame.components.some(({ role, stored }) => stored && (role === 'mask' || role === 'enabled' || role === 'choice'));
}

function derivedFields(frame: FrameInfo): readonly FieldOption[] {
  if (frame.kind !== 'vector') return [];
  const unit = frame.scales.i.unit;
  const velocity = frame.dimensions === 3 ? ['u', 'v', 'w'] : ['u', 'v'];
  return [
    { component: 'speed', label: 'Speed |v|', unit, kind: 'positive', group: 'derived' },
    ...velocity.map((name) => ({ component: name, label: `Velocity ${name}`, unit, kind: 'signed', group: 'derived' }) as const),
  ];
}

function storedField(component: ComponentInfo, group: FieldOption['group']): FieldOption {
  const { name, scale } = component;
  const kind = kindOf(component);
  return { component: name, label: labelOf(component), unit: kind === 'category' ? '' : scale.unit, kind, group };
}

function kindOf({ name, role }: ComponentInfo): FieldKind {
  if (role === 'choice' || role === 'mask' || role === 'enabled' || role === 'label') return 'category';
  if (role === 'intensity') return 'intensity';
  if (role === 'velocity') return 'signed';
  return KIND_BY_WORD.find(([word]) => word.test(name))?.[1] ?? 'positive';
}

const PLAIN_NAMES: Readonly<Record<string, string>> = { PIXEL: 'Intensity', MASK: 'Mask', ENABLED: 'Enabled', ACTIVE_CHOICE: 'Vector choice' };

function labelOf({ name, role }: ComponentInfo): string {
  if (role === 'velocity') return `${name}, as stored`;
  return PLAIN_NAMES[name] ?? name.replace(/^TS:/, '');
}
