import { fieldPlane } from '../../../shared/compute/derived-plane.ts';
import { vectorNames } from '../../../shared/compute/vector-plane.ts';
import type { FrameBuffer } from '../../../shared/model/dataset.ts';
import type { ComponentInfo, FrameInfo } from '../../../shared/model/frames.ts';
import { positionAt, type Scale } from '../../../shared/model/scale.ts';
import { treeName } from '../../codecs/frame-tree.ts';
import type { PendingWrites } from './pending-writes.ts';
import type { PlanesSink, TreeSink } from './tree-sink.ts';

/** The arrays of a frame: component as it is stored or derived, and where its planes go. */
export type FrameArrays = readonly { readonly component: string; readonly mode: 'raw' | 'masked'; readonly sink: PlanesSink }[];

/** Makes the group of a frame with its coordinates and empty arrays for `buffers` buffers. */
export async function addFrame(sink: TreeSink, path: string, frame: FrameInfo, buffers: number, derived: boolean): Promise<FrameArrays> {
  const { kind, planes, grid, choices, dimensions } = frame;
  const [height, width] = frame.shape;
  const stored = frame.components.filter((component) => component.stored);
  const names = new Set(stored.map(({ name }) => treeName(name)));
  await sink.group(path, { kind, grid: { dtype: 'f8', shape: [3], values: grid }, choices, dimensions });
  await addPositions(sink, path, frame, names);
  const arrays = [];
  const axes = (['z', 'y', 'x'] as const).map((name, i) => {
    const { unit, offset, slope } = frame.scales[name];
    return { name, unit, start: offset, step: slope * (grid[2 - i] ?? 1) };
  });
  const add = async (name: string, spec: Pick<Parameters<TreeSink['planes']>[1], 'dtype' | 'attributes' | 'fill'>) =>
    sink.planes(`${path}/${treeName(name)}`, { ...spec, shape: [buffers, planes, height, width], axes });
  for (const component of stored) {
    const array = await add(component.name, { dtype: component.dtype, attributes: componentAttributes(component) });
    arrays.push({ component: component.name, mode: 'raw' as const, sink: array });
  }
  for (const name of derived ? derivedNames(frame, names) : []) {
    const { unit } = frame.scales.i;
    const array =
      name === 'valid'
        ? await add(name, { dtype: 'u1', attributes: { description: '1 where the sample counts: mask and enabled' } })
        : await add(name, {
            dtype: 'f8',
            fill: Number.NaN,
            attributes: { unit, description: `${name}, scaled, in effect; NaN where invalid` },
          });
    arrays.push({ component: name, mode: 'masked' as const, sink: array });
  }
  return arrays;
}

/** Reads all planes of a frame and hands them over; encoding goes on meanwhile. */
export async function writeFrame(
  buffer: FrameBuffer,
  k: number,
  arrays: FrameArrays,
  at: number,
  pending: PendingWrites,
  signal: AbortSignal | undefined,
): Promise<void> {
  const planes = buffer.info.frames[k]?.planes ?? 0;
  for (const { component, mode, sink } of arrays) {
    for (let plane = 0; plane < planes; plane++) {
      const { data } = await fieldPlane(buffer, { frame: k, plane }, component, mode, { signal });
      await pending.add(() => sink.put(at, plane, data));
    }
  }
}

function componentAttributes({ name, role, scale }: ComponentInfo): Record<string, string | number> {
  return { name, role, scale_slope: scale.slope, scale_offset: scale.offset, unit: scale.unit, description: scale.description };
}

/** u, v, w of vectors, and the samples that count where a component says so. */
export function derivedNames(frame: FrameInfo, taken: ReadonlySet<string>): readonly string[] {
  const vectors = frame.kind === 'vector' ? vectorNames(frame.dimensions) : [];
  const judged = frame.kind === 'vector' || frame.components.some(({ role, stored }) => stored && (role === 'mask' || role === 'enabled'));
  return [...vectors, ...(judged ? ['valid'] : [])].filter((name) => !taken.has(name));
}

async function addPositions(sink: TreeSink, path: string, frame: FrameInfo, taken: ReadonlySet<string>): Promise<void> {
  const { scales, grid, planes } = frame;
  const [height, width] = frame.shape;
  const axes: readonly (readonly [name: string, axis: string, count: number, scale: Scale, grid: number])[] = [
    ['x', 'x', width, scales.x, grid[0]],
    ['y', 'y', height, scales.y, grid[1]],
    ['z', 'z', planes, scales.z, grid[2]],
  ];
  for (const [name, axis, count, scale, step] of axes) {
    if (taken.has(name)) continue;
    const data = Float64Array.from({ length: count }, (_, index) => positionAt(scale, step, index));
    const attributes = { unit: scale.unit, description: scale.description, scale_slope: scale.slope, scale_offset: scale.offset };
    await sink.values(`${path}/${name}`, { dtype: 'f8', axes: [axis], data, attributes });
  }
}
