import { blendPixel } from './blend.ts';
import { smoothDiscs, SUB_PLACES } from './disc-stamps.ts';
import type { Box } from './space-camera.ts';
import { drawDot, drawLine } from './line.ts';
import type { Raster, Rgba } from './scene.ts';
import { drawBoxBefore, drawBoxBehind, type BoxStyle } from './space-box.ts';
import { projectSpace, type SpaceMatrix } from './space-camera.ts';
import { drawDensities, type Densities } from './space-densities.ts';
import type { DepthRaster, SpaceLayer, SpaceLink } from './space-layer.ts';
import { drawLinks, drawSpaceArrows, emptyProjection, projectLayer, type LineStyle, type Projected } from './space-lines.ts';
import { drawPoints, type PointStyle } from './space-points.ts';
import { depthRange, shadeTable, type DepthRange } from './space-shades.ts';

/** A track drawn over everything: positions in the units of the axes, NaN = a gap. */
export interface BoldTrack {
  readonly positions: Float32Array;
  /** The point that gets a mark. */
  readonly current?: number;
}

/** What lies in space. */
export interface SpaceContent {
  readonly box: Box;
  readonly points: readonly SpaceLayer[];
  /** In the order of time: a layer that ends a link and begins the next one is projected once. */
  readonly links: readonly SpaceLink[];
  readonly arrows: readonly SpaceLayer[];
  /** Units of position per unit of the vectors. */
  readonly arrowLength: number;
  readonly densities?: Densities;
  readonly bold?: BoldTrack;
}

/** How it is drawn; sizes in pixels of the raster. */
export interface SpaceStyle {
  /** Colours by code, see space-shades. */
  readonly palette: Uint32Array;
  readonly canvas: Rgba;
  /** Part of the colour that is left of the farthest; 1 = colours are those of the palette at any depth. */
  readonly farShare: number;
  /** Diameter of points; in perspective that of those in the middle where `attenuated`. */
  readonly pointSize: number;
  readonly attenuated: boolean;
  readonly lineWidth: number;
  readonly boxStyle?: BoxStyle;
  /** Colour of the bold track and of the fullest density. */
  readonly ink: Rgba;
  /** Above 1 while it is moved: every n-th point and arrow. */
  readonly every: number;
  /** Smooth edges, as far as that does not take too long; however long it takes where it is 'always'. */
  readonly smooth: boolean | 'always';
}

export interface SpaceDrawn {
  readonly points: number;
  readonly links: number;
}

/** Memory that is kept from picture to picture. */
export interface SpaceMemory {
  depth: Float32Array;
  readonly projections: [Projected, Projected];
}

export function spaceMemory(): SpaceMemory {
  return { depth: new Float32Array(0), projections: [emptyProjection(), emptyProjection()] };
}

/** Up to so many points, and lines, have smooth edges; more are drawn in a third of the time without. */
const MOST_SMOOTH_POINTS = 250_000;
const MOST_SMOOTH_LINKS = 400_000;
/** Points drawn between two looks whether the picture is still wanted. */
const POINTS_AT_ONCE = 1 << 16;

function isSmooth({ smooth }: SpaceStyle, amount: number, most: number): boolean {
  return smooth === 'always' || (smooth && amount <= most);
}

interface Canvas {
  readonly raster: DepthRaster;
  readonly matrix: SpaceMatrix;
  readonly range: DepthRange;
  readonly content: SpaceContent;
  readonly style: SpaceStyle;
  readonly memory: SpaceMemory;
}

/** Draws everything in steps of a few milliseconds each; between two of them the drawing may be given up. */
export function* spaceDrawing(
  raster: Raster,
  matrix: SpaceMatrix,
  content: SpaceContent,
  style: SpaceStyle,
  memory: SpaceMemory,
): Generator<undefined, SpaceDrawn> {
  const { box, bold } = content;
  const canvas: Canvas = {
    raster: { ...raster, depth: clearedDepth(memory, raster) },
    matrix,
    range: depthRange(matrix, box),
    content,
    style,
    memory,
  };
  drawSpaceBehind(raster, matrix, content, style);
  yield;
  // Tails let through what is behind them, so that must be there first.
  const points = yield* pointDrawing(canvas);
  const links = yield* linkDrawing(canvas);
  yield* arrowDrawing(canvas);
  if (style.boxStyle) drawBoxBefore(raster, matrix, box, style.boxStyle);
  if (bold) drawBold(raster, matrix, bold, style);
  return { points, links };
}

/** What lies behind all particles: canvas, densities and the far part of the box. */
export function drawSpaceBehind(
  raster: Raster,
  matrix: SpaceMatrix,
  { box, densities }: Pick<SpaceContent, 'box' | 'densities'>,
  { canvas, ink, boxStyle }: SpaceStyle,
): void {
  raster.pixels.fill(canvas);
  if (densities) drawDensities(raster, matrix, box, densities, canvas, ink);
  if (boxStyle) drawBoxBehind(raster, matrix, box, boxStyle);
}

/** Draws everything at once: figures, small pictures, tests. */
export function drawSpace(
  raster: Raster,
  matrix: SpaceMatrix,
  content: SpaceContent,
  style: SpaceStyle,
  memory = spaceMemory(),
): SpaceDrawn {
  const drawing = spaceDrawing(raster, matrix, content, style, memory);
  for (;;) {
    const step = drawing.next();
    if (step.done) return step.value;
  }
}

function clearedDepth(memory: SpaceMemory, { width, height }: Raster): Float32Array {
  if (memory.depth.length !== width * height) memory.depth = new Float32Array(width * height);
  return memory.depth.fill(Number.NEGATIVE_INFINITY);
}

function* linkDrawing({ raster, matrix, range, content: { links }, style, memory: { projections } }: Canvas): Generator<undefined, number> {
  const amount = links.reduce((sum, { from }) => sum + from.count, 0);
  const pen = { width: style.lineWidth, smooth: isSmooth(style, amount, MOST_SMOOTH_LINKS) };
  const tables = new Map<number, Uint32Array>();
  let [begin, end] = projections;
  let projected: SpaceLayer | undefined;
  let drawn = 0;
  for (const { from, to, opacity } of links) {
    if (projected === from) [begin, end] = [end, begin];
    else projectLayer(matrix, from, begin);
    projectLayer(matrix, to, end);
    projected = to;
    const table = tables.get(opacity) ?? shadeTable(style.palette, style.canvas, style.farShare, opacity);
    tables.set(opacity, table);
    drawn += drawLinks(raster, from, to, begin, end, { table, range, pen });
    yield;
  }
  return drawn;
}

function* pointDrawing({ raster, matrix, range, content: { points }, style }: Canvas): Generator<undefined, number> {
  const every = style.every;
  const amount = points.reduce((sum, { count }) => sum + count, 0) / every;
  const how: PointStyle = {
    table: shadeTable(style.palette, style.canvas, style.farShare),
    range,
    size: style.pointSize,
    attenuated: style.attenuated,
    smooth: isSmooth(style, amount, MOST_SMOOTH_POINTS),
    every,
  };
  let drawn = 0;
  for (const layer of points) {
    const chunk = POINTS_AT_ONCE * every;
    for (let from = 0; from < layer.count; from += chunk) {
      drawn += drawPoints(raster, matrix, layer, from, Math.min(layer.count, from + chunk), how);
      yield;
    }
  }
  return drawn;
}

function* arrowDrawing({ raster, matrix, range, content: { arrows, arrowLength }, style }: Canvas): Generator<undefined, void> {
  const every = style.every;
  const amount = arrows.reduce((sum, { count }) => sum + count, 0) / every;
  const how: LineStyle = {
    table: shadeTable(style.palette, style.canvas, style.farShare),
    range,
    pen: { width: style.lineWidth, smooth: isSmooth(style, 3 * amount, MOST_SMOOTH_LINKS) },
  };
  for (const layer of arrows) {
    const chunk = POINTS_AT_ONCE * every;
    for (let from = 0; from < layer.count; from += chunk) {
      drawSpaceArrows(raster, matrix, layer, from, Math.min(layer.count, from + chunk), every, arrowLength, how);
      yield;
    }
  }
}

/** Widths of the bold track and its border in widths of the other lines. */
export const BOLD = 2.2;
export const BORDER = 4;
const MARK = 6.4;

/** Diameter of the mark at the current point of a bold track. */
export function markSize({ lineWidth, pointSize }: Pick<SpaceStyle, 'lineWidth' | 'pointSize'>): number {
  return Math.max(MARK * lineWidth, pointSize * 1.6);
}

/** Before everything else, with a border that sets it apart from what it crosses. */
function drawBold(raster: Raster, matrix: SpaceMatrix, { positions, current }: BoldTrack, style: SpaceStyle): void {
  const { lineWidth, canvas, ink } = style;
  const places = Array.from({ length: positions.length / 3 }, (_, i) =>
    projectSpace(matrix, positions[3 * i]!, positions[3 * i + 1]!, positions[3 * i + 2]!),
  );
  for (const [width, color] of [
    [BORDER * lineWidth, canvas],
    [BOLD * lineWidth, ink],
  ] as const) {
    for (let i = 0; i + 1 < places.length; i++) {
      const [[x0, y0], [x1, y1]] = [places[i]!, places[i + 1]!];
      drawLine(raster, x0, y0, x1, y1, width, color);
      // Round joints: lines have flat ends.
      if (width > 2) drawDot(raster, x1, y1, width * 0.7, color);
    }
  }
  const mark = current === undefined ? undefined : places[current];
  if (!mark) return;
  const size = markSize(style);
  drawDisc(raster, mark[0], mark[1], size + 2 * lineWidth, canvas);
  drawDisc(raster, mark[0], mark[1], size, ink);
}

function drawDisc({ pixels, width, height }: Raster, x: number, y: number, size: number, color: Rgba): void {
  if (!(x > -size && y > -size && x < width + size && y < height + size)) return;
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const { columns, rows, cover } =
    smoothDiscs(size)[Math.floor((y - row) * SUB_PLACES) * SUB_PLACES + Math.floor((x - column) * SUB_PLACES)]!;
  for (const [i, part] of cover.entries()) {
    const [px, py] = [column + columns[i]!, row + rows[i]!];
    if (px >= 0 && py >= 0 && px < width && py < height) blendPixel(pixels, py * width + px, color, part);
  }
}
