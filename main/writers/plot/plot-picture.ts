import { drawArrows } from '../../../shared/draw/arrows.ts';
import { colorOf, prepareScale, valueAtFraction } from '../../../shared/draw/color-scale.ts';
import { drawImage } from '../../../shared/draw/image.ts';
import type { ArrowLayer, ColorScale, HatchStyle, Raster, Viewport } from '../../../shared/draw/scene.ts';
import { IMAGE_PIXELS } from './figure.ts';
import type { PlotLayout } from './plot-layout.ts';
import type { PlotOptions, PlotStyle } from './plot-options.ts';
import type { PlotArrows, PlotScene } from './plot-scene.ts';

const WHITE = 0xffffffff;
const BLACK = 0xff000000;

/** Colours of the light theme, 0xAABBGGRR. */
const MASKED: HatchStyle = { fill: 0xfff0eeec, line: 0xff7c736d, period: 7 * IMAGE_PIXELS };
const BLANK: HatchStyle = { fill: WHITE, line: 0xffa59e9a, period: 10 * IMAGE_PIXELS };
const NOT_A_NUMBER = 0xffa02fa0;
const DISABLED = 0xff005cb8;
const PLAIN_WHITE: HatchStyle = { fill: WHITE, line: WHITE, period: 7 };

/** Units between arrows, and the width of their shafts. */
const SPACING = 13;
const ARROW_WIDTH = 1.25;
/** Shaft of arrows in the style of lvpyio in widths of the picture. */
const THIN_SHAFT = 0.002;

export function plotColors({ levels: [low, high], colors }: PlotScene, { style, map }: PlotOptions): ColorScale {
  const usual = colors.map === 'dark-centre' ? 'light-centre' : colors.map;
  const notANumber = style === 'lvpyio' ? WHITE : NOT_A_NUMBER;
  return { map: map ?? (style === 'lvpyio' ? 'viridis' : usual), reversed: false, low, high, transfer: 'linear', gamma: 1, notANumber };
}

/** The plane with its arrows, as the drawing of the window has it. */
export function drawPicture(scene: PlotScene, { box, axes }: PlotLayout, plot: PlotOptions): Raster {
  const [width, height] = [box.width * IMAGE_PIXELS, box.height * IMAGE_PIXELS];
  const raster: Raster = { width, height, pixels: new Uint32Array(width * height).fill(WHITE) };
  const [scaleX, scaleY] = [width / (axes.x.range[1] - axes.x.range[0]), height / (axes.y.range[1] - axes.y.range[0])];
  const viewport: Viewport = { scaleX, offsetX: -axes.x.range[0] * scaleX, scaleY, offsetY: -axes.y.range[0] * scaleY };
  const { field, frame, arrows } = scene;
  const isPlain = plot.style === 'lvpyio';
  // The other style knows no states but one: what is not valid is white.
  const state = isPlain ? { ...scene.state, data: scene.state.data.map((code) => (code === 0 ? 0 : 4)) } : scene.state;
  const hatches = isPlain ? { masked: PLAIN_WHITE, blank: PLAIN_WHITE } : { masked: MASKED, blank: BLANK };
  const smooth = frame.kind === 'vector' && !isPlain;
  drawImage(raster, viewport, { field, state, colors: plotColors(scene, plot), smooth, ...hatches });
  if (arrows) drawArrows(raster, viewport, { ...arrowLook(scene, arrows, viewport, width, plot.style), state });
  return raster;
}

type Look = Omit<ArrowLayer, 'state'>;

/** Arrows of the window are thinned out and as long as their distance; those of lvpyio are all there, stored numbers in steps of samples. */
function arrowLook(
  { frame, field }: PlotScene,
  { u, v, mean, greatest }: PlotArrows,
  viewport: Viewport,
  width: number,
  style: PlotStyle,
): Look {
  const colors: ColorScale = { map: 'gray', reversed: false, low: 0, high: 1, transfer: 'linear', gamma: 1, notANumber: BLACK };
  const common = { u, v, colors, disabledColor: DISABLED };
  if (style === 'lvpyio') {
    // The usual length of quiver plots: the mean vector by the square root of their number.
    const pixelsPerUnit = width / (1.8 * mean * Math.max(10, Math.sqrt(field.width * field.height)));
    const lineWidth = Math.max(1, THIN_SHAFT * width);
    return {
      ...common,
      pixelsPerUnit,
      signX: 1,
      signY: 1,
      everyX: 1,
      everyY: 1,
      showDisabled: false,
      color: BLACK,
      lineWidth,
      anchor: 'tail',
    };
  }
  const every = (scale: number): number => Math.max(1, Math.ceil((SPACING * IMAGE_PIXELS) / Math.abs(scale)));
  const [everyX, everyY] = [every(viewport.scaleX), every(viewport.scaleY)];
  const spacing = Math.min(everyX * viewport.scaleX, everyY * viewport.scaleY);
  const sign = (slope: number): 1 | -1 => (slope < 0 ? -1 : 1);
  return {
    ...common,
    pixelsPerUnit: spacing / greatest,
    signX: sign(frame.scales.x.slope),
    signY: sign(frame.scales.y.slope),
    everyX,
    everyY,
    showDisabled: true,
    color: WHITE,
    lineWidth: ARROW_WIDTH * IMAGE_PIXELS,
    anchor: 'middle',
  };
}

/** All colours, the highest on top. */
export function drawColorBar(colors: ColorScale, width: number, height: number): Raster {
  const scale = prepareScale(colors);
  const pixels = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) pixels.fill(colorOf(scale, valueAtFraction(colors, 1 - (y + 0.5) / height)), y * width, (y + 1) * width);
  return { width, height, pixels };
}
