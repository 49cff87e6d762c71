import { takeWindow } from '../../shared/compute/plane-window.ts';
import type { Attributes } from '../../shared/model/attributes.ts';
import type { ChildRef, FrameBuffer, FrameDataset, FrameDatasetInfo } from '../../shared/model/dataset.ts';
import type { DType, TypedArray } from '../../shared/model/dtype.ts';
import type { BufferInfo, ComponentInfo, FrameInfo } from '../../shared/model/frames.ts';
import { unitScale, type Scale } from '../../shared/model/scale.ts';

/** A component with its planes in memory. */
export interface MadeComponent {
  readonly role?: ComponentInfo['role'];
  readonly dtype: DType;
  readonly planes: readonly TypedArray[];
  readonly scale?: Scale;
  readonly stored?: boolean;
}

export interface MadeFrame {
  readonly shape: readonly [height: number, width: number];
  readonly components: Readonly<Record<string, MadeComponent>>;
  readonly facts?: Partial<FrameInfo>;
}

export interface MadeBuffer {
  readonly frames: readonly MadeFrame[];
  readonly attributes?: Attributes;
  readonly facts?: Partial<BufferInfo>;
}

/** A dataset of buffers that are written down in a test. */
export function madeDataset(
  buffers: readonly MadeBuffer[],
  facts: Partial<FrameDatasetInfo> & { readonly children?: readonly ChildRef[] } = {},
): FrameDataset {
  const info: FrameDatasetInfo = {
    kind: 'frames',
    format: 'made',
    title: 'made',
    path: 'made',
    summary: 'made',
    attributes: {},
    warnings: [],
    tables: [],
    children: [],
    nav: [{ name: 'buffer', size: buffers.length, scale: unitScale('') }],
    uniform: false,
    rawDtype: '',
    guessed: [],
    diagnostics: [],
    firstNumber: 0,
    missing: [],
    ...facts,
  };
  return { info, buffer: async (index) => madeBuffer(buffers[index] as MadeBuffer, index), [Symbol.asyncDispose]: async () => {} };
}

function madeBuffer({ frames, attributes = {}, facts = {} }: MadeBuffer, index: number): FrameBuffer {
  return {
    info: { index, state: 'present', name: `buffer ${index}`, frames: frames.map(madeFrame), attributes, ...facts },
    warnings: [],
    bytes: 0,
    plane: async (ref) => {
      const frame = frames[ref.frame] as MadeFrame;
      const component = frame.components[ref.component];
      if (!component) throw new Error(`no ${ref.component}`);
      return takeWindow(component.dtype, component.planes[ref.plane] as TypedArray, frame.shape, ref.window);
    },
  };
}

const ROLES: Readonly<Record<string, ComponentInfo['role']>> = {
  PIXEL: 'intensity',
  MASK: 'mask',
  ACTIVE_CHOICE: 'choice',
  ENABLED: 'enabled',
};

export function roleOf(name: string): ComponentInfo['role'] {
  return ROLES[name] ?? (/^[UVW]\d$/.test(name) ? 'velocity' : 'scalar');
}

/** Scale that DaVis readers give to a component whose own is not stored. */
function scaleOf(name: string): Scale {
  return name === 'MASK' ? unitScale('Valid', 'Mask') : unitScale('counts');
}

function madeFrame({ shape, components, facts = {} }: MadeFrame): FrameInfo {
  const listed = Object.entries(components).map(
    ([name, { role = roleOf(name), dtype, planes, scale = scaleOf(name), stored = true }]): ComponentInfo => ({
      name,
      role,
      dtype,
      planes: planes.length,
      scale,
      stored,
    }),
  );
  const pixel = unitScale('pixel');
  return {
    kind: 'image',
    shape,
    planes: listed[0]?.planes ?? 1,
    grid: [1, 1, 1],
    scales: { x: pixel, y: pixel, z: pixel, i: listed[0]?.scale ?? pixel },
    choices: 0,
    dimensions: 0,
    components: listed,
    attributes: {},
    ...facts,
  };
}

/** One frame, one plane of numbers from `data`. */
export function imageFrame(
  dtype: DType,
  shape: readonly [height: number, width: number],
  data: TypedArray,
  more: Readonly<Record<string, MadeComponent>> = {},
): MadeFrame {
  return { shape, components: { PIXEL: { dtype, planes: [data] }, ...more } };
}
