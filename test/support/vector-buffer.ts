import { takeWindow } from '../../shared/compute/plane-window.ts';
import type { FrameBuffer } from '../../shared/model/dataset.ts';
import type { TypedArray } from '../../shared/model/dtype.ts';
import type { BufferState, ComponentInfo, ComponentRole, FrameInfo } from '../../shared/model/frames.ts';
import type { Scale } from '../../shared/model/scale.ts';

export interface StoredComponent {
  readonly role: ComponentRole;
  readonly dtype: ComponentInfo['dtype'];
  readonly data: TypedArray;
  readonly scale?: Scale;
  readonly stored?: boolean;
}

export interface BufferParts {
  readonly kind: FrameInfo['kind'];
  readonly shape: readonly [height: number, width: number];
  readonly components: Readonly<Record<string, StoredComponent>>;
  readonly frame?: Partial<FrameInfo>;
  readonly state?: BufferState;
}

const ONE: Scale = { slope: 1, offset: 0, unit: '', description: '' };

/** A buffer of one frame and one plane from arrays written down in a test. Counts nothing, caches nothing. */
export function bufferOf({ kind, shape, components, frame, state = 'present' }: BufferParts): FrameBuffer {
  const infos = Object.entries(components).map(
    ([name, { role, dtype, scale = ONE, stored = true }]): ComponentInfo => ({ name, role, dtype, planes: 1, scale, stored }),
  );
  const info: FrameInfo = {
    kind,
    shape,
    planes: 1,
    grid: [1, 1, 1],
    scales: { x: ONE, y: ONE, z: ONE, i: ONE },
    choices: kind === 'vector' ? 1 : 0,
    dimensions: kind === 'vector' ? 2 : 0,
    components: infos,
    attributes: {},
    ...frame,
  };
  return {
    info: { index: 0, state, name: 'test', frames: [info], attributes: {} },
    warnings: [],
    bytes: 0,
    plane: async (ref) => {
      const component = components[ref.component];
      if (!component) throw new Error(`no ${ref.component}`);
      return takeWindow(component.dtype, component.data, shape, ref.window);
    },
  };
}
