import type { ComponentInfo, ComponentRole, FrameInfo } from '../../shared/model/frames.ts';
import { unitScale, type Scale } from '../../shared/model/scale.ts';

/** Frames for the tests of the views. */
export function component(
  name: string,
  role: ComponentRole,
  dtype: ComponentInfo['dtype'] = 'f4',
  scale: Scale = unitScale(''),
): ComponentInfo {
  return { name, role, dtype, planes: 1, scale, stored: true };
}

export function imageFrame(width: number, height: number, change: Partial<FrameInfo> = {}): FrameInfo {
  const scales = { x: unitScale('mm'), y: unitScale('mm'), z: unitScale('mm'), i: unitScale('counts') };
  return {
    kind: 'image',
    shape: [height, width],
    planes: 1,
    grid: [1, 1, 1],
    scales,
    choices: 0,
    dimensions: 0,
    attributes: {},
    components: [component('PIXEL', 'intensity', 'u2', unitScale('counts'))],
    ...change,
  };
}

export function vectorFrame(width: number, height: number, scalars: readonly string[] = [], change: Partial<FrameInfo> = {}): FrameInfo {
  const scales = {
    x: { ...unitScale('mm'), slope: 0.1 },
    y: { ...unitScale('mm'), slope: -0.1, offset: 5 },
    z: unitScale('mm'),
    i: unitScale('m/s'),
  };
  return {
    kind: 'vector',
    shape: [height, width],
    planes: 1,
    grid: [16, 16, 1],
    scales,
    choices: 1,
    dimensions: 2,
    attributes: {},
    components: [
      component('U0', 'velocity'),
      component('V0', 'velocity'),
      component('ACTIVE_CHOICE', 'choice', 'u1'),
      component('ENABLED', 'enabled', 'u1'),
      ...scalars.map((name) => component(name, 'scalar')),
    ],
    ...change,
  };
}
