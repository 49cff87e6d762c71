import type { Differentiation } from '../../model/track-selection.ts';

/** Weights of neighbouring points of a track: what their positions add up to is a derivative at one of them. */
export interface Stencil {
  /** The first neighbour, counted from the point itself (0). */
  readonly first: number;
  readonly velocity: Float64Array;
  /** NaN where there are too few points, or a line was asked for. */
  readonly acceleration: Float64Array;
}

/** Finds the stencil at a snapshot for a point with so many neighbours in a row before and after it, both at most `reach`. */
export type Stencils = (snapshot: number, back: number, forward: number) => Stencil;

/** How many neighbours on either side can have a say. */
export function reachOf(differentiation: Differentiation, acceleration: boolean): number {
  if (differentiation.method === 'fit') return differentiation.length - 1;
  return acceleration ? 2 : 1;
}

/** So many neighbours on either side are all that count. */
export function halfOf(differentiation: Differentiation): number {
  return differentiation.method === 'fit' ? (differentiation.length - 1) / 2 : 1;
}

/** Stencils that are kept: some 30 MB. */
const MAX_KNOWN = 1 << 16;

/** Stencils over these times in seconds; each is made once as long as there are not too many. */
export function createStencils(times: Float64Array, differentiation: Differentiation, reach: number): Stencils {
  const known = new Map<number, Stencil>();
  const side = reach + 1;
  return (snapshot, back, forward) => {
    const key = (snapshot * side + back) * side + forward;
    let stencil = known.get(key);
    if (!stencil) {
      const since = Float64Array.from(
        { length: back + forward + 1 },
        (_, i) => (times[snapshot - back + i] as number) - (times[snapshot] as number),
      );
      stencil = stencilOf(since, back, differentiation);
      if (known.size >= MAX_KNOWN) known.clear();
      known.set(key, stencil);
    }
    return stencil;
  };
}

/** The stencil at point `at` of points in a row at these times, counted from the time of that point. */
export function stencilOf(since: Float64Array, at: number, differentiation: Differentiation): Stencil {
  return differentiation.method === 'fit'
    ? fitStencil(since, at, differentiation.order, differentiation.length)
    : differenceStencil(since, at);
}

/**
 * Velocity: slope of the parabola through a point and its neighbours (for equal time steps the central difference), at an end the difference
 * of two points. Acceleration: that of the parabola through the point and its neighbours, at an end through the three last points.
 */
function differenceStencil(since: Float64Array, at: number): Stencil {
  const last = since.length - 1;
  const [low, high] = [Math.max(0, at - 1), Math.min(last, at + 1)];
  const [from, to] = [Math.max(0, Math.min(low, high - 2)), Math.min(last, Math.max(high, low + 2))];
  const velocity = new Float64Array(to - from + 1);
  velocity.set(slopeWeights(since.subarray(low, high + 1)), low - from);
  return { first: from - at, velocity, acceleration: bendWeights(since.subarray(from, to + 1)) };
}

/** Slope at time 0 of the line through two points, or of the parabola through three of which the middle one is at time 0. */
function slopeWeights(since: Float64Array): Float64Array {
  const [first = 0, middle = 0, last = middle] = since;
  if (since.length === 3) return known(last / (first * (last - first)), -(first + last) / (first * last), -first / (last * (last - first)));
  return known(1 / (first - last), 1 / (last - first)).subarray(0, since.length);
}

/** Second derivative of the parabola through three points. */
function bendWeights(since: Float64Array): Float64Array {
  const [a = 0, b = 0, c = 0] = since;
  if (since.length < 3) return new Float64Array(since.length).fill(Number.NaN);
  return known(2 / ((a - b) * (a - c)), 2 / ((b - a) * (b - c)), 2 / ((c - a) * (c - b)));
}

/** Weights, or none of them where times coincide. */
function known(...weights: readonly number[]): Float64Array {
  return weights.every(Number.isFinite) ? Float64Array.from(weights) : new Float64Array(weights.length).fill(Number.NaN);
}

/** The polynomial through `length` points with this one in the middle, shifted inwards at the ends; fewer points, or a lower order, where there are no more. */
function fitStencil(since: Float64Array, at: number, order: number, length: number): Stencil {
  const points = Math.min(length, since.length);
  const from = Math.min(Math.max(at - (length - 1) / 2, 0), since.length - points);
  const taken = since.subarray(from, from + points);
  return { first: from - at, velocity: derivativeWeights(taken, order, 1), acceleration: derivativeWeights(taken, order, 2) };
}

/**
 * Weights that give the derivative at time 0 of the least-squares polynomial through values at these times. NaN where the polynomial has no
 * such derivative of its own: too few points, a lower order, or times that are not all different.
 */
function derivativeWeights(since: Float64Array, wanted: number, derivative: 1 | 2): Float64Array {
  const points = since.length;
  const order = Math.min(wanted, points - 1);
  const span = since.reduce((most, time) => Math.max(most, Math.abs(time)), 0);
  const weights = new Float64Array(points).fill(Number.NaN);
  if (order < derivative || !(span > 0)) return weights;
  const basis = orthonormalPowers(since, span, order);
  if (!basis) return weights;
  const { columns, triangle } = basis;
  // c = inverse(R) Q' y, so the weights of coefficient c_d are Q z with R' z = e_d.
  const z = new Float64Array(order + 1);
  for (let row = 0; row <= order; row++) {
    let sum = row === derivative ? 1 : 0;
    for (let k = 0; k < row; k++) sum -= (triangle[k]?.[row] as number) * (z[k] as number);
    z[row] = sum / (triangle[row]?.[row] as number);
  }
  const factor = derivative === 1 ? 1 / span : 2 / (span * span);
  for (let i = 0; i < points; i++) {
    let sum = 0;
    for (let k = 0; k <= order; k++) sum += (columns[k]?.[i] as number) * (z[k] as number);
    weights[i] = factor * sum;
  }
  return weights;
}

/** Less of a power than this is left after taking out the lower ones: the times do not determine it. */
const SINGULAR = 1e-9;

interface Basis {
  readonly columns: readonly Float64Array[];
  readonly triangle: readonly Float64Array[];
}

/** Q and R of the powers 0 ... order of since / span, by Gram and Schmidt; undefined where times coincide. */
function orthonormalPowers(since: Float64Array, span: number, order: number): Basis | undefined {
  const columns: Float64Array[] = [];
  const triangle = Array.from({ length: order + 1 }, () => new Float64Array(order + 1));
  for (let power = 0; power <= order; power++) {
    const column = since.map((time) => (time / span) ** power);
    const before = Math.hypot(...column);
    // Twice is enough for all digits.
    for (let round = 0; round < 2; round++) {
      for (const [k, other] of columns.entries()) {
        const part = column.reduce((sum, value, i) => sum + value * (other[i] as number), 0);
        (triangle[k] as Float64Array)[power] = (triangle[k]?.[power] as number) + part;
        for (let i = 0; i < column.length; i++) column[i] = (column[i] as number) - part * (other[i] as number);
      }
    }
    const left = Math.hypot(...column);
    if (!(left > SINGULAR * before)) return undefined;
    (triangle[power] as Float64Array)[power] = left;
    for (let i = 0; i < column.length; i++) column[i] = (column[i] as number) / left;
    columns.push(column);
  }
  return { columns, triangle };
}
