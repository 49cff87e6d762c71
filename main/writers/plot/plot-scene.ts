import { fieldPlane } from '../../../shared/compute/derived-plane.ts';
import { levelsFromPercentiles, planeStatistics } from '../../../shared/compute/statistics.ts';
import { FIELD_COLORS, fieldKind, type FieldColors } from '../../../shared/draw/field-kind.ts';
import type { SampledField, StateField } from '../../../shared/draw/scene.ts';
import type { FrameBuffer, ReadOptions } from '../../../shared/model/dataset.ts';
import type { NumberArray } from '../../../shared/model/dtype.ts';
import type { FrameInfo, Plane } from '../../../shared/model/frames.ts';
import type { Scale } from '../../../shared/model/scale.ts';
import type { PlotOptions, Span } from './plot-options.ts';

/** Where in a buffer. */
export interface PlotPlace {
  readonly frame: number;
  readonly plane: number;
}

/** What of a plane is drawn. */
export interface PlotScene {
  readonly frame: FrameInfo;
  /** Scaled values of the component. */
  readonly field: SampledField;
  readonly state: StateField;
  /** Unit and description of the values. */
  readonly values: Pick<Scale, 'unit' | 'description'>;
  readonly colors: FieldColors;
  readonly levels: Span;
  readonly arrows?: PlotArrows;
}

export interface PlotArrows {
  readonly u: SampledField;
  readonly v: SampledField;
  /** Mean and greatest length of the valid ones; 1 where there is none. */
  readonly mean: number;
  readonly greatest: number;
}

const SPEED = 'speed';

export async function readScene(buffer: FrameBuffer, place: PlotPlace, plot: PlotOptions, options: ReadOptions): Promise<PlotScene> {
  const info = buffer.info.frames[place.frame];
  const component = plot.component ?? defaultComponent(info);
  const read = (name: string, mode: 'raw' | 'scaled'): Promise<Plane> => fieldPlane(buffer, place, name, mode, options);
  const plane = await read(component, 'scaled');
  const frame = info as FrameInfo;
  const states = (await read('state', 'raw')).data as Uint8Array;
  const statistics = planeStatistics(plane, states).reply;
  const colors = FIELD_COLORS[kindOf(frame, component)];
  const usual: Span =
    plot.style === 'lvpyio'
      ? [statistics.min, statistics.max]
      : levelsFromPercentiles(statistics, colors.low, colors.high, colors.symmetric);
  return {
    frame,
    field: sampled(plane),
    state: { ...sampled(plane), data: states },
    values: valueScale(frame, component),
    colors,
    levels: plot.levels ?? usual,
    ...(frame.kind === 'vector'
      ? { arrows: await readArrows(states, (name) => read(name, plot.style === 'lvpyio' ? 'raw' : 'scaled')) }
      : {}),
  };
}

/** The length of vectors, the picture of images. */
function defaultComponent(frame: FrameInfo | undefined): string {
  if (frame?.kind === 'vector') return SPEED;
  const names = frame?.components.map(({ name }) => name) ?? [];
  return names.includes('PIXEL') ? 'PIXEL' : (names[0] ?? 'PIXEL');
}

function kindOf(frame: FrameInfo, component: string): keyof typeof FIELD_COLORS {
  const stored = frame.components.find(({ name }) => name === component);
  if (stored) return fieldKind(stored);
  return /^[uvw](@|$)/.test(component) ? 'signed' : 'positive';
}

/** Derived velocities have the scale of the vectors, positions that of their axis. */
function valueScale(frame: FrameInfo, component: string): Pick<Scale, 'unit' | 'description'> {
  const stored = frame.components.find(({ name }) => name === component);
  if (stored) return { unit: stored.scale.unit, description: stored.scale.description || stored.name };
  if (component === 'x' || component === 'y' || component === 'z') return { ...frame.scales[component], description: component };
  const isVelocity = frame.kind === 'vector' && /^([uvw]|speed)(@|$)/.test(component);
  return isVelocity
    ? { unit: frame.scales.i.unit, description: component === SPEED ? frame.scales.i.description : component }
    : { unit: '', description: component };
}

async function readArrows(states: Uint8Array, read: (name: string) => Promise<Plane>): Promise<PlotArrows> {
  const [u, v] = [sampled(await read('u')), sampled(await read('v'))];
  let [count, sum, greatest] = [0, 0, 0];
  for (let i = 0; i < states.length; i++) {
    const length = Math.hypot(u.data[i] as number, v.data[i] as number);
    if (states[i] !== 0 || !Number.isFinite(length)) continue;
    count++;
    sum += length;
    greatest = Math.max(greatest, length);
  }
  return { u, v, mean: sum / Math.max(1, count) || 1, greatest: greatest || 1 };
}

function sampled({ data, width, height }: Plane): SampledField {
  return { data: data as NumberArray, width, height, x: 0, y: 0, step: 1, slope: 1, offset: 0 };
}
