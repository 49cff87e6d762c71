import { fixedText } from './number-text.ts';
import { spaceEdges, spaceTicks, type Axis, type SpaceEdge } from './space-box.ts';
import { projectSpace, type Around, type Box, type SpaceMatrix } from './space-camera.ts';

type Pixel = readonly [x: number, y: number];

/** Numbers and name of an axis along an edge of the box; all places in pixels, those of texts on their baselines. */
export interface EdgeAxis {
  readonly axis: Axis;
  /** Across the edge, away from the box, of length 1. */
  readonly out: Pixel;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly ticks: readonly EdgeTick[];
  /** `turned` by -90 degrees and centred beside a steep edge, otherwise with the same anchor as the numbers. */
  readonly name: { readonly at: Pixel; readonly turned: boolean };
}

interface EdgeTick {
  readonly value: number;
  readonly text: string;
  readonly at: Pixel;
  readonly textAt: Pixel;
}

/** Numbers closer than this would run into each other. */
const CLOSEST_PIXELS = 26;
/** Shorter edges have no numbers. */
const LEAST_PIXELS = 30;

/** What stands along three outer edges of the box, one for each axis; about `most` numbers along the longest. */
export function edgeAxes(matrix: SpaceMatrix, box: Box, most?: number): readonly EdgeAxis[] {
  const edges = spaceEdges(matrix, box);
  const [cx, cy] = projectSpace(matrix, ...(AXES.map((axis) => (box.low[axis] + box.high[axis]) / 2) as [number, number, number]));
  const more = axisRoom(box, most);
  return AXES.flatMap((axis) => {
    const edge = outerEdge(edges, axis);
    return edge ? edgeAxis(edge, matrix, box, [cx, cy], more, most) : [];
  });
}

const AXES = [0, 1, 2] as const;

/** Of the edges at the outline the lowest along x and z, and the leftmost along y: numbers there stand outside of the box. */
function outerEdge(edges: readonly SpaceEdge[], axis: Axis): SpaceEdge | undefined {
  const rank = ({ ends: [x0, y0, x1, y1] }: SpaceEdge): number => (axis === 1 ? x0 + x1 : -(y0 + y1));
  const along = edges.filter((edge) => edge.axis === axis && edge.ends.every(Number.isFinite));
  const outer = along.filter(({ outline }) => outline);
  return (outer.length > 0 ? outer : along).sort((a, b) => rank(a) - rank(b))[0];
}

function edgeAxis(
  { axis, from, ends: [x0, y0, x1, y1] }: SpaceEdge,
  matrix: SpaceMatrix,
  box: Box,
  [cx, cy]: Pixel,
  more: number,
  most: number | undefined,
): readonly EdgeAxis[] {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length < LEAST_PIXELS) return [];
  const side = [(y1 - y0) / length, (x0 - x1) / length] as const;
  const [mx, my] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const away = side[0] * (mx - cx) + side[1] * (my - cy) < 0 ? -1 : 1;
  const [ax, ay] = [side[0] * away, side[1] * away];
  const { values, decimals } = spaceTicks(box, axis, most);
  const every = Math.max(1, Math.ceil((CLOSEST_PIXELS * values.length) / length));
  const ticks = values
    .filter((_, index) => index % every === 0)
    .map((value): EdgeTick => {
      const place = from.map((position, one) => (one === axis ? value : position)) as [number, number, number];
      const [x, y] = projectSpace(matrix, ...place);
      return { value, text: fixedText(value, decimals), at: [x, y], textAt: [x + ax * 9, y + ay * 11 + 3.5] };
    });
  // Beside a steep axis the name is turned, which leaves room for the box.
  const turned = Math.abs(y1 - y0) > 2 * Math.abs(x1 - x0);
  const at: Pixel = turned ? [mx + ax * (44 + more), my + ay * (44 + more)] : [mx + ax * (46 + more), my + ay * 34 + 4];
  return [{ axis, out: [ax, ay], anchor: ax < -0.35 ? 'end' : ax > 0.35 ? 'start' : 'middle', ticks, name: { at, turned } }];
}

/** What numbers and names take around a box in space. */
export function edgeAxesRoom(box: Box, most?: number): Around {
  const more = axisRoom(box, most);
  return { left: 76 + more, right: 48 + more, top: 22, bottom: 62 };
}

/** Letters of a number that axes have room for in any case. */
const USUAL_LETTERS = 5;
const LETTER_PIXELS = 6.8;

/** Pixels that the longest number along the axes of a box needs beyond the usual ones. */
export function axisRoom(box: Box, most?: number): number {
  const letters = AXES.flatMap((axis) => {
    const { values, decimals } = spaceTicks(box, axis, most);
    return values.map((value) => fixedText(value, decimals).length);
  });
  return Math.ceil(LETTER_PIXELS * Math.max(0, ...letters.map((count) => count - USUAL_LETTERS)));
}
