import { fixedText } from '../../../shared/draw/number-text.ts';
import { ticksBetween } from '../../../shared/draw/ticks.ts';
import type { Rgba } from '../../../shared/draw/scene.ts';
import { IMAGE_PIXELS, type Figure, type FigureItem, type FigureLine, type FigureText } from './figure.ts';
import { layoutPlot, type PlotAxis, type PlotLayout } from './plot-layout.ts';
import type { PlotOptions } from './plot-options.ts';
import { drawColorBar, drawPicture, plotColors } from './plot-picture.ts';
import type { PlotScene } from './plot-scene.ts';

const INK: Rgba = 0xff202020;
const GRID: Rgba = 0xffb8b8b8;
const SIZE = { title: 14, text: 11 };
const TICK = 4;
const LINE = 0.8;
/** From a baseline to the middle of digits, in sizes of the font. */
const HALF_DIGIT = 0.36;

/** A plane with axes, ticks, labels and a colour bar. */
export function plotFigure(scene: PlotScene, plot: PlotOptions): Figure {
  const layout = layoutPlot(scene.frame, plot);
  const { box, axes, width, height } = layout;
  const items: readonly FigureItem[] = [
    { kind: 'image', ...box, raster: drawPicture(scene, layout, plot) },
    ...(plot.grid ? gridLines(layout) : []),
    ...frameLines(box),
    ...horizontalAxis(axes.x, layout),
    ...verticalAxis(axes.y, layout),
    ...colorBar(scene, layout, plot),
    ...(plot.title === undefined ? [] : [text(plot.title, [box.x + box.width / 2, box.y - 10], 'middle', 0, SIZE.title)]),
  ];
  return { width, height, title: plot.title ?? '', items };
}

type Point = readonly [x: number, y: number];
type Box = PlotLayout['box'];

function line(from: Point, to: Point, color = INK, width = LINE): FigureLine {
  return { kind: 'line', from, to, width, color };
}

function text(words: string, at: Point, anchor: FigureText['anchor'], turn: FigureText['turn'] = 0, size = SIZE.text): FigureText {
  return { kind: 'text', text: words, at, anchor, turn, size, color: INK };
}

function frameLines({ x, y, width, height }: Box): readonly FigureLine[] {
  const corners: readonly Point[] = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
  return corners.map((from, i) => line(from, corners[(i + 1) % corners.length] as Point));
}

function columnAt({ box, axes }: PlotLayout, index: number): number {
  return box.x + ((index - axes.x.range[0]) / (axes.x.range[1] - axes.x.range[0])) * box.width;
}

function rowAt({ box, axes }: PlotLayout, index: number): number {
  return box.y + ((index - axes.y.range[0]) / (axes.y.range[1] - axes.y.range[0])) * box.height;
}

function gridLines(layout: PlotLayout): readonly FigureLine[] {
  const { box, axes } = layout;
  return [
    ...axes.x.ticks.map(({ index }) => columnAt(layout, index)).map((x) => line([x, box.y], [x, box.y + box.height], GRID, LINE / 2)),
    ...axes.y.ticks.map(({ index }) => rowAt(layout, index)).map((y) => line([box.x, y], [box.x + box.width, y], GRID, LINE / 2)),
  ];
}

function horizontalAxis({ ticks, label }: PlotAxis, layout: PlotLayout): readonly FigureItem[] {
  const { box } = layout;
  const bottom = box.y + box.height;
  return [
    ...ticks.flatMap(({ index, text: words }): FigureItem[] => {
      const x = columnAt(layout, index);
      return [line([x, bottom], [x, bottom + TICK]), text(words, [x, bottom + TICK + SIZE.text + 2], 'middle')];
    }),
    text(label, [box.x + box.width / 2, bottom + 40], 'middle'),
  ];
}

function verticalAxis({ ticks, label }: PlotAxis, layout: PlotLayout): readonly FigureItem[] {
  const { box } = layout;
  return [
    ...ticks.flatMap(({ index, text: words }): FigureItem[] => {
      const y = rowAt(layout, index);
      return [line([box.x - TICK, y], [box.x, y]), text(words, [box.x - TICK - 3, y + HALF_DIGIT * SIZE.text], 'end')];
    }),
    text(label, [16, box.y + box.height / 2], 'middle', -90),
  ];
}

const BAR = { gap: 18, width: 14, smallest: 80 };

/** Beside the picture, of its height where that is enough for some ticks. */
function colorBar(scene: PlotScene, { box, height: paper }: PlotLayout, plot: PlotOptions): readonly FigureItem[] {
  const colors = plotColors(scene, plot);
  const height = Math.min(paper - 8, Math.max(box.height, BAR.smallest));
  const bar = {
    x: box.x + box.width + BAR.gap,
    y: Math.max(4, Math.round(box.y + (box.height - height) / 2)),
    width: BAR.width,
    height: Math.round(height),
  };
  const { values, decimals } = ticksBetween(colors.low, colors.high, Math.max(2, height / 50));
  const right = bar.x + bar.width;
  const yOf = (value: number): number =>
    bar.y + bar.height * (colors.high > colors.low ? 1 - (value - colors.low) / (colors.high - colors.low) : 0.5);
  const { description, unit } = scene.values;
  const label = [description, unit === '' ? '' : `[${unit}]`].filter(Boolean).join(' ');
  return [
    { kind: 'image', ...bar, raster: drawColorBar(colors, bar.width * IMAGE_PIXELS, bar.height * IMAGE_PIXELS) },
    ...frameLines(bar),
    ...values.flatMap((value): FigureItem[] => [
      line([right, yOf(value)], [right + TICK, yOf(value)]),
      text(fixedText(value, decimals), [right + TICK + 3, yOf(value) + HALF_DIGIT * SIZE.text], 'start'),
    ]),
    text(label, [right + 56, bar.y + bar.height / 2], 'middle', 90),
  ];
}
