import { scaleInPlace, toFloat64 } from '../../shared/compute/sample-values.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { FrameBuffer } from '../../shared/model/dataset.ts';
import type { DType } from '../../shared/model/dtype.ts';
import type { ComponentInfo, FrameInfo, Plane } from '../../shared/model/frames.ts';
import type { OptionSpec, OptionValues } from '../../shared/model/option.ts';
import type { Scale } from '../../shared/model/scale.ts';
import { convertSamples, storeTold } from './converted-samples.ts';
import type { Losses } from './losses.ts';

const TYPES = ['u1', 'u2', 'f4', 'f8'] as const satisfies readonly DType[];
/** Greatest number of the types that values are spread over. */
const GREATEST: Readonly<Partial<Record<DType, number>>> = { u1: 255, u2: 65_535 };

/** Options of outputs whose sample type can be chosen. */
export const VALUE_OPTIONS = {
  dtype: {
    type: 'choice',
    label: 'Sample type',
    choices: TYPES,
    help: 'u1, u2, f4 or f8: 8 and 16 bit, 32 and 64 bit float; as stored where nothing is given. Whole numbers are rounded and clamped, or spread with low and high.',
  },
  values: {
    type: 'choice',
    label: 'Values',
    choices: ['stored', 'scaled'],
    help: 'stored: the numbers as they are (default); scaled: in their unit, as f4 where no type is given.',
  },
  low: { type: 'number', label: 'Low', help: 'Value that becomes 0 of dtype u1 or u2; with high. The scale in the file keeps the values.' },
  high: { type: 'number', label: 'High', help: 'Value that becomes the greatest number of dtype u1 or u2; with low.' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** How values are stored; without `spread` and `isScaled` the numbers keep their meaning. */
export interface WantedValues {
  readonly dtype?: DType;
  readonly isScaled: boolean;
  readonly spread?: { readonly low: number; readonly high: number; readonly greatest: number };
}

/** `invalid-option` where the options do not go together. */
export function wantedValues({ dtype, values, low, high }: OptionValues): WantedValues {
  const wanted = TYPES.find((type) => type === dtype);
  const isScaled = values === 'scaled';
  if (typeof low !== 'number' && typeof high !== 'number')
    return { isScaled, ...(wanted ? { dtype: wanted } : isScaled ? { dtype: 'f4' as const } : {}) };
  const greatest = wanted && GREATEST[wanted];
  if (typeof low === 'number' && typeof high === 'number' && low < high && wanted && greatest !== undefined)
    return { dtype: wanted, isScaled: true, spread: { low, high, greatest } };
  throw new DataError(
    'invalid-option',
    `low and high belong together, low below high, with dtype u1 or u2; got low ${low}, high ${high}, dtype ${dtype ?? 'as stored'}.`,
    {
      field: 'low',
    },
  );
}

/** The buffer with its values in the wanted type; masks, choices and labels stay. What does not fit is told. */
export function withValues(buffer: FrameBuffer, wanted: WantedValues, path: string, losses: Losses): FrameBuffer {
  if (wanted.dtype === undefined) return buffer;
  const { info } = buffer;
  const frames = info.frames.map((frame) => wantedFrame(frame, wanted));
  return {
    info: { ...info, frames },
    warnings: buffer.warnings,
    get bytes() {
      return buffer.bytes;
    },
    plane: async (ref, options) => {
      const plane = await buffer.plane(ref, options);
      const component = info.frames[ref.frame]?.components.find(({ name }) => name === ref.component);
      return component && isValue(component)
        ? wantedPlane(plane, component, wanted, { component: ref.component, buffer: info.index, frame: ref.frame, path }, losses)
        : plane;
    },
  };
}

const KEPT_ROLES: readonly ComponentInfo['role'][] = ['mask', 'enabled', 'choice', 'label'];

function isValue({ role, stored }: ComponentInfo): boolean {
  return stored && !KEPT_ROLES.includes(role);
}

function wantedFrame(frame: FrameInfo, wanted: WantedValues): FrameInfo {
  const components = frame.components.map((component) =>
    isValue(component) ? { ...component, dtype: wanted.dtype ?? component.dtype, scale: wantedScale(component.scale, wanted) } : component,
  );
  const main = frame.components.findIndex(({ role }) => role === 'intensity' || role === 'velocity');
  const i = components[main]?.scale ?? frame.scales.i;
  return { ...frame, components, scales: { ...frame.scales, i } };
}

function wantedScale(scale: Scale, { isScaled, spread }: WantedValues): Scale {
  if (!isScaled) return scale;
  if (!spread) return { ...scale, slope: 1, offset: 0 };
  return { ...scale, slope: (spread.high - spread.low) / spread.greatest, offset: spread.low };
}

type Place = Parameters<typeof convertSamples>[3];

function wantedPlane(
  plane: Plane,
  { scale }: ComponentInfo,
  { dtype = plane.dtype, isScaled, spread }: WantedValues,
  place: Place,
  losses: Losses,
): Plane {
  const { width, height } = plane;
  if (!isScaled || (!spread && scale.slope === 1 && scale.offset === 0))
    return { dtype, width, height, data: convertSamples(dtype, plane.dtype, plane.data, place, losses) };
  const values = scaleInPlace(toFloat64(plane.dtype, plane.data), scale);
  if (spread) spreadInPlace(values, spread);
  losses.add(
    `${place.component}: ${spread ? `values from ${spread.low} to ${spread.high} became 0 to ${spread.greatest}` : 'values are written scaled'}; its stored numbers are not kept.`,
  );
  return { dtype, width, height, data: storeTold(dtype, values, place, losses) };
}

function spreadInPlace(values: Float64Array, { low, high, greatest }: NonNullable<WantedValues['spread']>): void {
  const factor = greatest / (high - low);
  for (let i = 0; i < values.length; i++) values[i] = ((values[i] as number) - low) * factor;
}
