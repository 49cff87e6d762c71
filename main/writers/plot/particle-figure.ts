import { unitText } from '../../../shared/draw/number-text.ts';
import type { ParticleAxes } from '../../../shared/draw/particle-axes.ts';
import type { Raster, Rgba } from '../../../shared/draw/scene.ts';
import { edgeAxes, edgeAxesRoom, type EdgeAxis } from '../../../shared/draw/space-axes.ts';
import { spaceTicks } from '../../../shared/draw/space-box.ts';
import {
  fitBox,
  PLANES,
  seenSpans,
  spaceMatrix,
  viewAlong,
  type PlaneName,
  type SpaceCamera,
  type SpaceMatrix,
} from '../../../shared/draw/space-camera.ts';
import { drawSpace } from '../../../shared/draw/space-picture.ts';
import { IMAGE_PIXELS, type Figure, type FigureItem } from './figure.ts';
import { colorBar, frameLines, labelText, line, plainAxes, text, TEXT_SIZE, TICK, titleText, type Rectangle } from './figure-parts.ts';
import type { ParticlePlotScene } from './particle-scene.ts';
import { BAR_ROOM, LARGEST_HEIGHT, planeLayout, TITLE_HEIGHT, WIDTH, type PlotLayout } from './plot-layout.ts';
import type { ParticlePlotOptions } from './plot-options.ts';

const WHITE: Rgba = 0xffffffff;
const INK: Rgba = 0xff101010;
const BOX_LINE: Rgba = 0xff808080;
const GRID: Rgba = 0xffdcdcdc;
/** Pixels of lines along tracks and of the box; points are as much larger than those of the window as the picture has more pixels. */
const TRACK_LINE = 1.8;
const BOX_WIDTH = 1.6;
const POINTS = 1.4;
/** Colour that is left of the farthest particles in space. */
const FAR_SHARE = 0.6;
/** Below the lowest number or name in space. */
const LOWER_EDGE = 8;
const NO_PAN = { magnification: 1, panX: 0, panY: 0, perspective: false };

/** Particles and tracks in space or on a plane, with axes and a colour bar. */
export function particleFigure(scene: ParticlePlotScene, plot: ParticlePlotOptions): Figure {
  return typeof plot.view === 'string' ? planeFigure(scene, plot, plot.view) : spaceFigure(scene, plot, { ...NO_PAN, ...plot.view });
}

/** Seen along an axis: the box is the picture. */
function planeFigure(scene: ParticlePlotScene, plot: ParticlePlotOptions, plane: PlaneName): Figure {
  const { along, across, up } = PLANES[plane];
  const { low, high } = scene.axes.box;
  const names = axisNames(scene.axes);
  const layout = planeLayout(
    { label: names[across] as string, range: [low[across], high[across]] },
    { label: names[up] as string, range: [high[up], low[up]] },
    plot,
  );
  const gridAt = [0, 1, 2].map((axis) =>
    axis === across ? layout.axes.x.ticks.map(({ index }) => index) : axis === up ? layout.axes.y.ticks.map(({ index }) => index) : [],
  );
  const camera = { ...NO_PAN, ...viewAlong(along) };
  const fit = fitBox(scene.axes.box, camera, layout.box, { left: 0, right: 0, top: 0, bottom: 0 });
  const matrix = spaceMatrix(scene.axes.box, { ...camera, ...fit }, pixelsOf(layout.box));
  const raster = drawParticles(scene, plot, matrix, layout.box, gridAt);
  return figureOf(scene, plot, layout, layout.box, [
    { kind: 'image', ...layout.box, raster },
    ...frameLines(layout.box),
    ...plainAxes(layout),
  ]);
}

/** The box with numbers along three of its edges. */
function spaceFigure(scene: ParticlePlotScene, plot: ParticlePlotOptions, view: SpaceCamera): Figure {
  const { box } = scene.axes;
  const around = edgeAxesRoom(box, plot.ticks);
  const width = WIDTH - BAR_ROOM;
  const [[x0, x1], [y0, y1]] = seenSpans(box, view, { width, height: width });
  const scale = Math.min((width - around.left - around.right) / (x1 - x0), LARGEST_HEIGHT / (y1 - y0));
  const top = plot.title === undefined ? 0 : TITLE_HEIGHT;
  const seen = Math.round(scale * (y1 - y0));
  const whole = { width, height: seen + around.top + around.bottom };
  const camera = { ...view, ...fitBox(box, view, whole, around) };
  const axes = edgeAxes(spaceMatrix(box, camera, whole), box, plot.ticks);
  // The paper ends below what stands lowest.
  const lowest = Math.max(around.top + seen, ...axes.flatMap(({ ticks, name }) => [name, ...ticks].map(({ at }) => at[1] + TEXT_SIZE)));
  const area = { x: 0, y: top, width, height: Math.min(whole.height, Math.ceil(lowest) + LOWER_EDGE) };
  const gridAt = ([0, 1, 2] as const).map((axis) => spaceTicks(box, axis, plot.ticks).values);
  const raster = drawParticles(scene, plot, spaceMatrix(box, camera, pixelsOf(whole)), area, gridAt);
  const beside = { ...area, y: top + around.top, height: seen };
  return figureOf(scene, plot, { width: WIDTH, height: top + area.height }, beside, [
    { kind: 'image', ...area, raster },
    ...edgeItems(axes, axisNames(scene.axes), top),
  ]);
}

function edgeItems(axes: readonly EdgeAxis[], names: readonly string[], top: number): readonly FigureItem[] {
  return axes.flatMap(({ axis, out, anchor, ticks, name: { at, turned } }): FigureItem[] => [
    ...ticks.flatMap(({ text: words, at: [x, y], textAt }) => [
      line([x, top + y], [x + out[0] * TICK, top + y + out[1] * TICK]),
      text(words, [textAt[0], top + textAt[1]], anchor),
    ]),
    text(names[axis] as string, [at[0], top + at[1]], turned ? 'middle' : anchor, turned ? -90 : 0),
  ]);
}

function pixelsOf({ width, height }: Pick<Rectangle, 'width' | 'height'>): Pick<Rectangle, 'width' | 'height'> {
  return { width: width * IMAGE_PIXELS, height: height * IMAGE_PIXELS };
}

function figureOf(
  { colors, column: { name, unit } }: ParticlePlotScene,
  { title }: ParticlePlotOptions,
  { width, height }: Pick<PlotLayout, 'width' | 'height'>,
  beside: Rectangle,
  items: readonly FigureItem[],
): Figure {
  return {
    width,
    height,
    title: title ?? '',
    items: [...items, ...colorBar(colors, labelText(name, unit), beside, height), ...titleText(title, beside)],
  };
}

function axisNames({ units }: ParticleAxes): readonly string[] {
  return ['x', 'y', 'z'].map((name, axis) => labelText(name, unitText(units[axis] ?? '')));
}

/** The same drawing as the window's, on paper. */
function drawParticles(
  { axes: { box }, points, links, palette, pointSize }: ParticlePlotScene,
  { grid, view }: ParticlePlotOptions,
  matrix: SpaceMatrix,
  area: Rectangle,
  gridAt: readonly (readonly number[])[],
): Raster {
  const { width, height } = pixelsOf(area);
  const raster: Raster = { width, height, pixels: new Uint32Array(width * height) };
  const content = { box, points, links, arrows: [], arrowLength: 1 };
  drawSpace(raster, matrix, content, {
    palette,
    canvas: WHITE,
    ink: INK,
    farShare: typeof view === 'string' ? 1 : FAR_SHARE,
    pointSize: POINTS * pointSize,
    attenuated: false,
    lineWidth: TRACK_LINE,
    boxStyle: { line: BOX_LINE, lineWidth: BOX_WIDTH, gridAt, ...(grid ? { grid: GRID } : {}) },
    every: 1,
    smooth: 'always',
  });
  return raster;
}
