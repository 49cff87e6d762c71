import type { ComponentInfo, FrameInfo } from '../../shared/model/frames.ts';
import type { Scale } from '../../shared/model/scale.ts';

/*
 * Outputs for other programs (CSV, Tecplot, VTK) hold scaled values: the vector in effect u, v, w, every other value, and one mask.
 * They are described, and read back, as float64 components of slope 1.
 */

/** A value of every sample of such an output. */
export interface ScaledField {
  /** What it is called: u, v, w, PIXEL, TS:Peak ratio. */
  readonly name: string;
  /** The component that it is read back as: U0, PIXEL. */
  readonly component: string;
  readonly unit: string;
  /** Axis whose sign has been applied: x, y, z for u, v, w. */
  readonly axis?: 'x' | 'y' | 'z';
}

const AXES = ['x', 'y', 'z'] as const;
const FLAG_ROLES: readonly ComponentInfo['role'][] = ['mask', 'enabled', 'choice'];

/** The vector first, then every value that is neither vector nor flag. */
export function scaledFields(frame: FrameInfo): readonly ScaledField[] {
  const unitOf = (name: string): string => frame.components.find((component) => component.name === name)?.scale.unit ?? frame.scales.i.unit;
  const vector = (['U0', 'V0', 'W0'] as const).slice(0, frame.kind === 'vector' ? frame.dimensions : 0).map((component, i): ScaledField => {
    const axis = AXES[i] as 'x' | 'y' | 'z';
    return { name: component.charAt(0).toLowerCase(), component, unit: unitOf(component), axis };
  });
  const others = valueComponents(frame).map(({ name, scale }): ScaledField => ({ name, component: name, unit: scale.unit }));
  return [...vector, ...others];
}

function valueComponents(frame: FrameInfo): readonly ComponentInfo[] {
  return frame.components.filter(
    ({ role, stored }) => stored && !FLAG_ROLES.includes(role) && !(frame.kind === 'vector' && role === 'velocity'),
  );
}

/** True where samples may not count. */
export function hasFlags(frame: FrameInfo): boolean {
  return frame.components.some(({ role, stored }) => stored && FLAG_ROLES.includes(role));
}

/** The frame as it is read back from such an output. */
export function scaledFrame(frame: FrameInfo): FrameInfo {
  const { planes } = frame;
  const isVector = frame.kind === 'vector';
  const roleOf = (name: string): ComponentInfo['role'] => frame.components.find((component) => component.name === name)?.role ?? 'velocity';
  const values = scaledFields(frame).map(
    ({ component, unit }): ComponentInfo => ({
      name: component,
      role: roleOf(component),
      dtype: 'f8',
      planes,
      scale: plain(frame.components.find(({ name }) => name === component)?.scale ?? frame.scales.i, unit),
      stored: true,
    }),
  );
  const mask: ComponentInfo = {
    name: 'MASK',
    role: 'mask',
    dtype: 'u1',
    planes,
    scale: { slope: 1, offset: 0, unit: 'Valid', description: 'Mask' },
    stored: true,
  };
  return {
    ...frame,
    scales: { ...frame.scales, i: plain(frame.scales.i, frame.scales.i.unit) },
    choices: isVector ? 1 : 0,
    components: hasFlags(frame) ? [...values, mask] : values,
  };
}

function plain(scale: Scale, unit: string): Scale {
  return { slope: 1, offset: 0, unit, description: scale.description };
}

/** Turns values whose axis sign has been applied back into stored ones, in place. */
export function undoSign(values: Float64Array, frame: FrameInfo, component: string): Float64Array {
  const axis = scaledFields(frame).find((field) => field.component === component)?.axis;
  if (axis && frame.scales[axis].slope < 0) for (let i = 0; i < values.length; i++) values[i] = -(values[i] as number);
  return values;
}
