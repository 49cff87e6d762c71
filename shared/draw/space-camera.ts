/** Ends on each axis, in the units of the axes. */
export interface Box {
  readonly low: readonly [x: number, y: number, z: number];
  readonly high: readonly [x: number, y: number, z: number];
}

/** Where a box in space is looked at from. Angles in radians: turned about its vertical (y) axis, tilted towards the viewer. */
export interface SpaceCamera {
  readonly turn: number;
  readonly tilt: number;
  /** 1 = the box fits into the picture from every side, so that turning never changes its size. */
  readonly magnification: number;
  /** Shift of the picture to the right and down, in parts of its smaller side. */
  readonly panX: number;
  readonly panY: number;
  readonly perspective: boolean;
}

/** Rows x, y, depth, w (four numbers each) for x, y, z, 1: pixel = (x / w, y / w), larger depth / w = nearer; w <= 0 = behind the viewer. */
export type SpaceMatrix = Float64Array;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Part of the picture's smaller side that the diagonal of the box takes at magnification 1; the rest is for the numbers of the axes. */
const FILLED = 0.806;
/** Distance of the viewer from the middle of the box, in diagonals of the box. */
const VIEWER_DISTANCE = 1.7;

/** From positions to pixels of a picture of this size; the middle of the box lies in its middle unless it is panned. */
export function spaceMatrix(box: Box, camera: SpaceCamera, size: Size): SpaceMatrix {
  const { turn, tilt, magnification, panX, panY, perspective } = camera;
  const diagonal = boxDiagonal(box);
  const smaller = Math.min(size.width, size.height);
  const scale = (magnification * FILLED * smaller) / diagonal;
  const [c, s, ct, st] = [Math.cos(turn), Math.sin(turn), Math.cos(tilt), Math.sin(tilt)];
  const right = [c, 0, s];
  const up = [s * st, ct, -c * st];
  const near = [-s * ct, st, c * ct];
  const centre = [0, 1, 2].map((axis) => (box.high[axis]! + box.low[axis]!) / 2);
  const away = perspective ? 1 / (VIEWER_DISTANCE * diagonal) : 0;
  const [middleX, middleY] = [size.width / 2 + panX * smaller, size.height / 2 + panY * smaller];
  const matrix = new Float64Array(16);
  for (let axis = 0; axis < 3; axis++) {
    const w = -away * near[axis]!;
    matrix[axis] = scale * right[axis]! + middleX * w;
    matrix[4 + axis] = -scale * up[axis]! + middleY * w;
    matrix[8 + axis] = scale * near[axis]!;
    matrix[12 + axis] = w;
  }
  const constants = [middleX, middleY, 0, 1];
  for (let row = 0; row < 4; row++) {
    const at = 4 * row;
    matrix[at + 3] = constants[row]! - matrix[at]! * centre[0]! - matrix[at + 1]! * centre[1]! - matrix[at + 2]! * centre[2]!;
  }
  return matrix;
}

export function boxDiagonal({ low, high }: Box): number {
  return Math.hypot(high[0] - low[0], high[1] - low[1], high[2] - low[2]) || 1;
}

/** Pixel and depth (larger = nearer) of a position; NaN for what lies behind the viewer. */
export function projectSpace(matrix: SpaceMatrix, x: number, y: number, z: number): readonly [x: number, y: number, depth: number] {
  const row = (at: number): number => matrix[at]! * x + matrix[at + 1]! * y + matrix[at + 2]! * z + matrix[at + 3]!;
  const w = row(12);
  return w > 0 ? [row(0) / w, row(4) / w, row(8) / w] : [Number.NaN, Number.NaN, Number.NaN];
}

/** Pixels per unit of the axes in the plane of the middle of the box. */
export function spaceScale(box: Box, { magnification }: Pick<SpaceCamera, 'magnification'>, size: Size): number {
  return (magnification * FILLED * Math.min(size.width, size.height)) / boxDiagonal(box);
}

/** How something is seen at first: from above the front, a little from the right. */
export const FIRST_VIEW: Pick<SpaceCamera, 'turn' | 'tilt'> = { turn: -0.6, tilt: 0.42 };

/** Looking along an axis: z shows x to the right and y up, y shows x to the right and z up, x shows z to the right and y up. */
export function viewAlong(axis: 'x' | 'y' | 'z'): Pick<SpaceCamera, 'turn' | 'tilt'> {
  switch (axis) {
    case 'x':
      return { turn: Math.PI / 2, tilt: 0 };
    case 'y':
      return { turn: 0, tilt: -Math.PI / 2 };
    case 'z':
      return { turn: 0, tilt: 0 };
  }
}

/** The axis that a camera looks along, where it does so without perspective: its picture is a plane. */
export function axisSeen({ turn, tilt, perspective }: SpaceCamera): 'x' | 'y' | 'z' | undefined {
  if (perspective) return undefined;
  return (['x', 'y', 'z'] as const).find((axis) => {
    const along = viewAlong(axis);
    return Math.abs(along.turn - turn) < 1e-9 && Math.abs(along.tilt - tilt) < 1e-9;
  });
}

/** Looking along an axis without perspective shows a plane: its axis to the right and its axis up. */
export const PLANES = {
  xy: { along: 'z', across: 0, up: 1 },
  xz: { along: 'y', across: 0, up: 2 },
  yz: { along: 'x', across: 2, up: 1 },
} as const;
export type PlaneName = keyof typeof PLANES;

/** The plane that a camera shows, where it looks along an axis without perspective. */
export function planeOf(camera: SpaceCamera): PlaneName | undefined {
  const axis = axisSeen(camera);
  return (Object.keys(PLANES) as PlaneName[]).find((plane) => PLANES[plane].along === axis);
}

/** Pixels on the four sides of a box that something else takes. */
export interface Around {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Magnification and shift at which the box, seen from a side, fills the picture but for what is around it. */
export function fitBox(
  box: Box,
  camera: SpaceCamera,
  { width, height }: Size,
  { left, right, top, bottom }: Around,
): Pick<SpaceCamera, 'magnification' | 'panX' | 'panY'> {
  const [[x0, x1], [y0, y1]] = seenSpans(box, camera, { width, height });
  const room = { width: Math.max(40, width - left - right), height: Math.max(40, height - top - bottom) };
  const magnification = Math.min(room.width / (x1 - x0 || 1), room.height / (y1 - y0 || 1));
  const smaller = Math.min(width, height);
  // The middle of what is seen of the box comes to the middle of the room for it.
  return {
    magnification,
    panX: (left + room.width / 2 - width / 2 - magnification * ((x0 + x1) / 2 - width / 2)) / smaller,
    panY: (top + room.height / 2 - height / 2 - magnification * ((y0 + y1) / 2 - height / 2)) / smaller,
  };
}

type Ends = readonly [low: number, high: number];

/** Pixels that the box covers to the right and down at magnification 1 in the middle of a picture. */
export function seenSpans(box: Box, camera: SpaceCamera, size: Size): readonly [across: Ends, down: Ends] {
  const matrix = spaceMatrix(box, { ...camera, magnification: 1, panX: 0, panY: 0 }, size);
  const ends = boxCorners(box).map((corner) => projectSpace(matrix, ...corner));
  const span = (axis: 0 | 1): Ends => [Math.min(...ends.map((end) => end[axis])), Math.max(...ends.map((end) => end[axis]))];
  return [span(0), span(1)];
}

/** Magnification at which the box, seen from this side, fills as much of the picture as leaves room for the numbers of its axes. For reset and views along axes. */
export function fillingMagnification(box: Box, camera: SpaceCamera, size: Size): number {
  const matrix = spaceMatrix(box, { ...camera, magnification: 1, panX: 0, panY: 0 }, size);
  const ends = boxCorners(box).map((corner) => projectSpace(matrix, ...corner));
  const reach = (axis: 0 | 1, side: number): number => Math.max(...ends.map((end) => Math.abs(end[axis] - side / 2))) || 1;
  return FILLED * Math.min(size.width / 2 / reach(0, size.width), size.height / 2 / reach(1, size.height));
}

/** Corner i has the high end of axis k where bit k of i is set. */
export function boxCorners({ low, high }: Box): readonly (readonly [x: number, y: number, z: number])[] {
  return Array.from({ length: 8 }, (_, i) => [i & 1 ? high[0] : low[0], i & 2 ? high[1] : low[1], i & 4 ? high[2] : low[2]] as const);
}
