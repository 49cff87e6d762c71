import { DataError } from '../../../shared/model/data-error.ts';

/** Equally spaced positions along an axis, in the order in which a table has them. */
export interface GridAxis {
  readonly size: number;
  readonly start: number;
  /** Negative where the positions of the table fall. */
  readonly step: number;
}

/** Texts are rounded: a position may be off by so much of a step. */
const TOLERANCE = 0.05;
/** A table with fewer points is no grid with gaps. */
const LEAST_FILLED = 0.1;

const HINT = 'Tables of one frame on a regular grid are read; those of particles with --format particle-table.';

/** The axes of the regular grid that the points lie on; some of its places may be without one. `unsupported` where there is no such grid. */
export function findGrid(points: readonly Float64Array[], path: string): readonly GridAxis[] {
  const axes = points.map((positions, at) => findAxis(positions, 'xyz'.charAt(at), path));
  const places = axes.reduce((product, { size }) => product * size, 1);
  const rows = points[0]?.length ?? 0;
  if (rows >= places * LEAST_FILLED && rows <= places) return axes;
  const message = `${rows} points do not make a grid of ${axes.map(({ size }) => size).join(' x ')}.`;
  throw new DataError('unsupported', message, { path, field: 'x', hint: HINT });
}

function findAxis(positions: Float64Array, name: string, path: string): GridAxis {
  const sorted = [...new Set(positions)].sort((a, b) => a - b);
  const [least = 0] = sorted;
  const most = sorted[sorted.length - 1] ?? 0;
  if (!Number.isFinite(least) || !Number.isFinite(most) || sorted.some(Number.isNaN))
    throw new DataError('unsupported', `A position ${name} is no finite number.`, { path, field: name });
  if (sorted.length < 2) return { size: 1, start: least, step: 1 };
  const size = Math.round((most - least) / smallestStep(sorted)) + 1;
  const step = (most - least) / (size - 1);
  const wrong = sorted.find((position) => Math.abs((position - least) / step - Math.round((position - least) / step)) > TOLERANCE);
  if (wrong !== undefined) {
    const message = `The positions ${name} are not equally spaced: ${wrong} is between two steps of ${step}.`;
    throw new DataError('unsupported', message, { path, field: name, hint: HINT });
  }
  const falls = (positions.find((position) => position !== positions[0]) ?? most) < (positions[0] ?? 0);
  return falls ? { size, start: rounded(most), step: -rounded(step) } : { size, start: rounded(least), step: rounded(step) };
}

/** Differences by rounding are no steps. */
function smallestStep(sorted: readonly number[]): number {
  const gaps = sorted.slice(1).map((position, at) => position - (sorted[at] as number));
  return Math.min(...chunkMinima(gaps));
}

/** Minima of parts: a call takes so many arguments only. */
function chunkMinima(values: readonly number[]): readonly number[] {
  const minima: number[] = [];
  for (let at = 0; at < values.length; at += 10_000) minima.push(Math.min(...values.slice(at, at + 10_000)));
  return minima;
}

/** The place of every point in C order, x fastest; `malformed` where two points share one. */
export function gridPlaces(points: readonly Float64Array[], axes: readonly GridAxis[], path: string): Uint32Array {
  const rows = points[0]?.length ?? 0;
  const places = new Uint32Array(rows);
  const taken = new Uint8Array(axes.reduce((product, { size }) => product * size, 1));
  for (let row = 0; row < rows; row++) {
    let place = 0;
    for (let at = axes.length - 1; at >= 0; at--) {
      const { size, start, step } = axes[at] as GridAxis;
      place = place * size + Math.round(((points[at]?.[row] as number) - start) / step);
    }
    if (taken[place] === 1) {
      const point = points.map((positions) => positions[row]).join(', ');
      throw new DataError('unsupported', `Two rows have the position ${point}: the table holds more than one frame.`, { path, field: 'x' });
    }
    taken[place] = 1;
    places[row] = place;
  }
  return places;
}

/** Differences of decimal texts have digits of their own at the end. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
