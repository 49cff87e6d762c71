import { drawDepthLine, type Pen } from './depth-line.ts';
import type { SpaceMatrix } from './space-camera.ts';
import type { DepthRaster, SpaceLayer } from './space-layer.ts';
import { CODES, HIDDEN, shadeAt, type DepthRange } from './space-shades.ts';

/** Pixels and depths of the particles of a layer; NaN in `x` for those that are not drawn. Kept and refilled. */
export interface Projected {
  x: Float32Array;
  y: Float32Array;
  depth: Float32Array;
}

export function emptyProjection(): Projected {
  return { x: new Float32Array(0), y: new Float32Array(0), depth: new Float32Array(0) };
}

/** Projects a layer into `out`. */
export function projectLayer(matrix: SpaceMatrix, { count, positions, codes }: SpaceLayer, out: Projected): void {
  if (out.x.length < count) {
    out.x = new Float32Array(count);
    out.y = new Float32Array(count);
    out.depth = new Float32Array(count);
  }
  const { x: xs, y: ys, depth: depths } = out;
  const [ax, bx, cx, dx, ay, by, cy, dy] = matrix as unknown as Row8;
  const [ad, bd, cd, dd, aw, bw, cw, dw] = matrix.subarray(8) as unknown as Row8;
  const perspective = aw !== 0 || bw !== 0 || cw !== 0;
  for (let i = 0; i < count; i++) {
    if (codes[i] === HIDDEN) {
      xs[i] = Number.NaN;
      continue;
    }
    const px = positions[3 * i]!;
    const py = positions[3 * i + 1]!;
    const pz = positions[3 * i + 2]!;
    const w = perspective ? aw * px + bw * py + cw * pz + dw : 1;
    xs[i] = w > 0 ? (ax * px + bx * py + cx * pz + dx) / w : Number.NaN;
    ys[i] = (ay * px + by * py + cy * pz + dy) / w;
    depths[i] = (ad * px + bd * py + cd * pz + dd) / w;
  }
}

type Row8 = readonly [number, number, number, number, number, number, number, number];

export interface LineStyle {
  /** By shade and code, see shadeTable. */
  readonly table: Uint32Array;
  readonly range: DepthRange;
  readonly pen: Pen;
}

/** Lines from the particles of a layer to those of the same tracks in the next layer, coloured as the later ones. Returns how many. */
export function drawLinks(
  raster: DepthRaster,
  layer: SpaceLayer,
  after: SpaceLayer,
  begin: Projected,
  end: Projected,
  { table, range, pen }: LineStyle,
): number {
  const { count, next } = layer;
  const { codes } = after;
  const most = after.count;
  const ends = new Float64Array(6);
  let drawn = 0;
  for (let i = 0; i < count; i++) {
    const x0 = begin.x[i]!;
    const j = next[i]!;
    if (x0 !== x0 || j >= most) continue;
    const x1 = end.x[j]!;
    if (x1 !== x1) continue;
    const depth = end.depth[j]!;
    drawn++;
    ends[0] = x0;
    ends[1] = begin.y[i]!;
    ends[2] = begin.depth[i]!;
    ends[3] = x1;
    ends[4] = end.y[j]!;
    ends[5] = depth;
    drawDepthLine(raster, ends, table[shadeAt(range, depth) * CODES + codes[j]!]!, pen);
  }
  return drawn;
}

/** Heads of arrows: their part of the length, at most so many pixels long, and their half width as a part of their length. */
const HEAD_PART = 0.35;
const HEAD_PIXELS = 9;
const HEAD_WIDTH = 0.45;
/** Shorter arrows have no head that could be seen. */
const LEAST_HEADED = 4;

/** Arrows from every n-th of the particles from ... to - 1 along their vectors times `length`. Returns how many. */
export function drawSpaceArrows(
  raster: DepthRaster,
  matrix: SpaceMatrix,
  layer: SpaceLayer,
  from: number,
  to: number,
  every: number,
  length: number,
  { table, range, pen }: LineStyle,
): number {
  const { positions, codes, vectors } = layer;
  if (!vectors) return 0;
  const ends = new Float64Array(6);
  const stroke = (x0: number, y0: number, d0: number, x1: number, y1: number, d1: number, color: number): void => {
    ends.set([x0, y0, d0, x1, y1, d1]);
    drawDepthLine(raster, ends, color, pen);
  };
  const arrow = new Float64Array(6);
  let drawn = 0;
  for (let i = from; i < to; i += every) {
    const code = codes[i]!;
    if (code === HIDDEN) continue;
    const [px, py, pz] = [positions[3 * i]!, positions[3 * i + 1]!, positions[3 * i + 2]!];
    place(matrix, px, py, pz, arrow, 0);
    place(matrix, px + length * vectors[3 * i]!, py + length * vectors[3 * i + 1]!, pz + length * vectors[3 * i + 2]!, arrow, 3);
    const [x0, y0, d0, x1, y1, d1] = arrow as unknown as readonly [number, number, number, number, number, number];
    const [dx, dy] = [x1 - x0, y1 - y0];
    const span = Math.sqrt(dx * dx + dy * dy);
    if (!(span >= 0)) continue;
    const color = table[shadeAt(range, d1) * CODES + code]!;
    stroke(x0, y0, d0, x1, y1, d1, color);
    drawn++;
    if (span < LEAST_HEADED) continue;
    const part = Math.min(HEAD_PART, HEAD_PIXELS / span);
    const [bx, by, bd] = [x1 - part * dx, y1 - part * dy, d1 - part * (d1 - d0)];
    const [sx, sy] = [-dy * part * HEAD_WIDTH, dx * part * HEAD_WIDTH];
    stroke(bx + sx, by + sy, bd, x1, y1, d1, color);
    stroke(bx - sx, by - sy, bd, x1, y1, d1, color);
  }
  return drawn;
}

function place(m: SpaceMatrix, x: number, y: number, z: number, out: Float64Array, at: number): void {
  const w = m[12]! * x + m[13]! * y + m[14]! * z + m[15]!;
  const ok = w > 0 ? w : Number.NaN;
  out[at] = (m[0]! * x + m[1]! * y + m[2]! * z + m[3]!) / ok;
  out[at + 1] = (m[4]! * x + m[5]! * y + m[6]! * z + m[7]!) / ok;
  out[at + 2] = (m[8]! * x + m[9]! * y + m[10]! * z + m[11]!) / ok;
}
