import type { FieldRequest } from '../../shared/contract/planes.ts';
import { atChoice } from '../../shared/compute/vector-choice.ts';
import type { GlyphCloud } from '../../shared/draw/glyphs.ts';
import { spaceScale, type Box } from '../../shared/draw/space-camera.ts';
import type { NumberArray, TypedArray } from '../../shared/model/dtype.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { positionAt } from '../../shared/model/scale.ts';
import type { ArrowDensity, DisplaySettings } from '../stores/display-settings.ts';
import type { Place, Shown } from '../stores/view-store.ts';
import type { Size } from '../views/frame/viewport.ts';
import { fieldKey, filterComponent } from './fetch-plan.ts';
import type { HostAccess } from './host-access.ts';

/** Most arrows of a volume that are fetched, and that are drawn while it is turned. */
export const MOST_GLYPHS = 60_000;
export const MOST_MOVING_GLYPHS = 20_000;

/** State of samples that a filter hides. */
const FILTERED = 5;

/** Planes that are asked for at the same time. */
const PLANES_AT_ONCE = 4;

/** How a volume is looked at, as far as the distance of its arrows depends on it; CSS pixels. */
export interface GlyphLook {
  readonly density: ArrowDensity;
  readonly area: Size;
  readonly magnification: number;
}

/** Every n-th sample of a volume on each axis, as the density wants it, and so that at most MOST_GLYPHS are left. */
export function glyphStep(frame: FrameInfo, look: GlyphLook): number {
  const {
    shape: [height, width],
    planes,
  } = frame;
  let step = Math.min(wantedStep(frame, look), Math.max(width, height, planes));
  while (Math.ceil(width / step) * Math.ceil(height / step) * Math.ceil(planes / step) > MOST_GLYPHS) step++;
  return step;
}

function wantedStep(frame: FrameInfo, { density, area, magnification }: GlyphLook): number {
  if (density.mode === 'every') return Math.max(1, Math.round(Math.max(density.x, density.y)));
  const pixels = spaceScale(glyphBox(frame), { magnification }, area) * glyphSpacing(frame, 1);
  return pixels > 0 ? Math.max(1, Math.round(density.spacing / pixels)) : 1;
}

/** Distance of neighbouring arrows in the units of the box. */
export function glyphSpacing(frame: FrameInfo, step: number): number {
  return Math.min(...([0, 1] as const).map((axis) => Math.abs(axisPosition(frame, axis, step) - axisPosition(frame, axis, 0))));
}

/** The box of all sample positions; in indices where the axes have different units, as there is no common length then. */
export function glyphBox(frame: FrameInfo): Box {
  const ends = ([0, 1, 2] as const).map((axis) => {
    const last = [frame.shape[1], frame.shape[0], frame.planes][axis]! - 1;
    return [axisPosition(frame, axis, 0), axisPosition(frame, axis, last)];
  });
  return { low: ends.map((pair) => Math.min(...pair)) as never, high: ends.map((pair) => Math.max(...pair)) as never };
}

export function hasCommonUnit({ scales: { x, y, z } }: FrameInfo): boolean {
  return x.unit === y.unit && y.unit === z.unit && x.slope * y.slope * z.slope !== 0;
}

export function axisPosition(frame: FrameInfo, axis: 0 | 1 | 2, index: number): number {
  const { x, y, z } = frame.scales;
  const scale = [x, y, z][axis]!;
  return hasCommonUnit(frame) ? positionAt(scale, frame.grid[axis], index) : scale.slope < 0 ? 0 - index : index;
}

/** What a cloud is made from; another key means another cloud. */
export function cloudRequests(frame: FrameInfo, display: DisplaySettings): readonly FieldRequest[] {
  const { choice, arrows } = display;
  const values = (component: string): FieldRequest => ({ component: atChoice(component, choice), mode: 'scaled', as: 'f4' });
  const filter = filterComponent(display);
  return [
    values('u'),
    values('v'),
    ...(frame.dimensions === 3 ? [values('w')] : []),
    values(arrows.colorBy ?? 'speed'),
    { component: atChoice('state', choice), mode: 'raw' },
    ...(filter === undefined ? [] : [values(filter)]),
  ];
}

/** The valid vectors of a volume, plane after plane; those that a filter hides are left out. */
export async function loadCloud(
  host: HostAccess,
  dataset: string,
  place: Place,
  frame: FrameInfo,
  display: DisplaySettings,
  step: number,
  signal: AbortSignal,
): Promise<LoadedCloud> {
  const [height, width] = frame.shape;
  const window = { x: 0, y: 0, width, height, step };
  const requests = cloudRequests(frame, display);
  const planes = Array.from({ length: Math.ceil(frame.planes / step) }, (_, index) => index * step);
  const builder = cloudBuilder(frame, step, planes.length);
  for (let first = 0; first < planes.length; first += PLANES_AT_ONCE) {
    const some = planes.slice(first, first + PLANES_AT_ONCE);
    const sets = await Promise.all(
      some.map((plane) => host.fields(dataset, { ...place, plane, cut: undefined }, { window, requests }, signal)),
    );
    for (const [index, { fields }] of sets.entries()) {
      builder.add(
        some[index]!,
        requests.map((request) => fields.get(fieldKey(request))),
        display,
        frame.dimensions === 3,
      );
    }
  }
  return { cloud: builder.cloud(), states: { ...builder.states(), part: step > 1 } };
}

/** Vectors with the amounts of samples that are none. */
export interface LoadedCloud {
  readonly cloud: GlyphCloud;
  readonly states: NonNullable<Shown['states']>;
}

function cloudBuilder(frame: FrameInfo, step: number, planes: number) {
  const [height, width] = frame.shape;
  const [columns, rows] = [Math.ceil(width / step), Math.ceil(height / step)];
  const most = columns * rows * planes;
  const positions = new Float32Array(3 * most);
  const vectors = new Float32Array(3 * most);
  const values = new Float32Array(most);
  const amounts: number[] = [0, 0, 0, 0, 0, 0];
  let count = 0;
  return {
    states: () => {
      const [, masked = 0, disabled = 0, outside = 0, blank = 0, filtered = 0] = amounts;
      return { masked, disabled, outside, blank, filtered };
    },
    add(plane: number, arrays: readonly (TypedArray | undefined)[], display: DisplaySettings, threeComponents: boolean): void {
      const [u, v, ...rest] = arrays as readonly NumberArray[];
      const w = threeComponents ? rest.shift() : undefined;
      const [value, state, filter] = rest;
      if (!u || !v || !value || !state) return;
      const z = axisPosition(frame, 2, plane);
      const above = display.filter?.above ?? Number.POSITIVE_INFINITY;
      for (let row = 0; row < rows; row++) {
        const y = axisPosition(frame, 1, row * step);
        for (let column = 0; column < columns; column++) {
          const at = row * columns + column;
          const kind = state[at] === 0 && filter && filter[at]! > above ? FILTERED : state[at]!;
          amounts[kind] = (amounts[kind] ?? 0) + 1;
          if (kind !== 0 || !Number.isFinite(u[at]! + v[at]!)) continue;
          positions.set([axisPosition(frame, 0, column * step), y, z], 3 * count);
          vectors.set([u[at]!, v[at]!, w ? w[at]! : 0], 3 * count);
          values[count++] = value[at]!;
        }
      }
    },
    cloud: (): GlyphCloud => ({
      count,
      positions: positions.subarray(0, 3 * count),
      vectors: vectors.subarray(0, 3 * count),
      values: values.subarray(0, count),
    }),
  };
}
