/** More points than this would lie on one another: lowest and highest of each stretch are drawn then. */
const MAX_POINTS = 512;

/**
 * A curve of values in a box of 1 x 1, first left and largest on top, as an SVG path; gaps where values are not finite. A constant curve
 * lies in the middle.
 */
export function sparklinePath(values: readonly number[]): string {
  const points = thinned(values);
  const finite = points.flatMap(({ value }) => (Number.isFinite(value) ? [value] : []));
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low;
  const last = Math.max(1, values.length - 1);
  let open = false;
  return points
    .map(({ index, value }) => {
      const starts = !open;
      open = Number.isFinite(value);
      if (!open) return '';
      return `${starts ? 'M' : 'L'}${digits(index / last)} ${digits(span > 0 ? 1 - (value - low) / span : 0.5)}`;
    })
    .join('');
}

interface Point {
  readonly index: number;
  readonly value: number;
}

function thinned(values: readonly number[]): readonly Point[] {
  const points = values.map((value, index) => ({ index, value }));
  if (points.length <= MAX_POINTS) return points;
  const stretch = Math.ceil((2 * points.length) / MAX_POINTS);
  return Array.from({ length: Math.ceil(points.length / stretch) }, (_, part) =>
    extremes(points.slice(part * stretch, (part + 1) * stretch)),
  ).flat();
}

/** The lowest and the highest point in their order; a stretch with a gap in it keeps the gap. */
function extremes(points: readonly Point[]): readonly Point[] {
  const gap = points.find(({ value }) => !Number.isFinite(value));
  const finite = points.filter(({ value }) => Number.isFinite(value));
  const [first] = finite;
  if (!first) return gap ? [gap] : [];
  const low = finite.reduce((least, point) => (point.value < least.value ? point : least), first);
  const high = finite.reduce((most, point) => (point.value > most.value ? point : most), first);
  return [...new Set([low, high, ...(gap ? [gap] : [])])].sort((a, b) => a.index - b.index);
}

const FRACTION_DIGITS = 4;

function digits(share: number): string {
  return String(Number(share.toFixed(FRACTION_DIGITS)));
}
