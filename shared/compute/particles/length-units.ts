import type { Warning } from '../../model/warning.ts';
import type { FrameScales } from '../../model/scale.ts';

/** Metres of the units of length that files name. */
const METRES: ReadonlyMap<string, number> = new Map([
  ['km', 1e3],
  ['m', 1],
  ['cm', 1e-2],
  ['mm', 1e-3],
  ['µm', 1e-6],
  ['μm', 1e-6],
  ['um', 1e-6],
  ['nm', 1e-9],
  ['in', 0.0254],
  ['inch', 0.0254],
]);

type Axes = Pick<FrameScales, 'x' | 'y' | 'z'>;

/** How many units of x one unit of each axis is; undefined where the units are no lengths that can be compared. */
export function axisFactors({ x, y, z }: Axes): readonly [x: number, y: number, z: number] | undefined {
  const [toY, toZ] = [unitFactor(y.unit, x.unit), unitFactor(z.unit, x.unit)];
  return toY === undefined || toZ === undefined ? undefined : [1, toY, toZ];
}

function unitFactor(unit: string, of: string): number | undefined {
  const [from, to] = [lengthUnit(unit), lengthUnit(of)];
  if (from === to) return 1;
  const [metres, base] = [METRES.get(from), METRES.get(to)];
  // Units differ by powers of ten, mostly: their quotient has 15 digits that count.
  return metres === undefined || base === undefined ? undefined : Number((metres / base).toPrecision(15));
}

/** Stored positions are voxels. */
export function lengthUnit(unit: string): string {
  return unit.trim() === '' ? 'voxel' : unit.trim();
}

/** The three units in words, for sentences. */
export function axisUnits({ x, y, z }: Axes): string {
  return `x is in ${lengthUnit(x.unit)}, y in ${lengthUnit(y.unit)}, z in ${lengthUnit(z.unit)}`;
}

/** Told of sets whose axes cannot be put together. */
export function unitWarnings(scales: Axes, path: string): readonly Warning[] {
  if (axisFactors(scales)) return [];
  return [
    {
      code: 'mixed-units',
      message: `There is no speed, acceleration or curvature: ${axisUnits(scales)}, which have no common unit.`,
      path,
    },
  ];
}
