import { fixedText } from '../../../shared/draw/number-text.ts';
import type { ColorScale, Rgba } from '../../../shared/draw/scene.ts';
import { ticksBetween } from '../../../shared/draw/ticks.ts';
import { IMAGE_PIXELS, type FigureItem, type FigureLine, type FigureText } from './figure.ts';
import type { PlotAxis, PlotLayout } from './plot-layout.ts';
import { drawColorBar } from './plot-picture.ts';

const INK: Rgba = 0xff202020;
export const TEXT_SIZE = 11;
const TITLE_SIZE = 14;
/** Length of ticks, and width of lines. */
export const TICK = 4;
const LINE = 0.8;
/** From a baseline to the middle of digits, in sizes of the font. */
const HALF_DIGIT = 0.36;

type Point = readonly [x: number, y: number];
export type Rectangle = PlotLayout['box'];

export function line(from: Point, to: Point, color = INK, width = LINE): FigureLine {
  return { kind: 'line', from, to, width, color };
}

export function text(words: string, at: Point, anchor: FigureText['anchor'], turn: FigureText['turn'] = 0, size = TEXT_SIZE): FigureText {
  return { kind: 'text', text: words, at, anchor, turn, size, color: INK };
}

/** Above the middle of a rectangle. */
export function titleText(title: string | undefined, { x, y, width }: Rectangle): readonly FigureText[] {
  return title === undefined ? [] : [text(title, [x + width / 2, y - 10], 'middle', 0, TITLE_SIZE)];
}

export function frameLines({ x, y, width, height }: Rectangle): readonly FigureLine[] {
  const corners: readonly Point[] = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
  return corners.map((from, i) => line(from, corners[(i + 1) % corners.length] as Point));
}

export function columnAt({ box, axes }: PlotLayout, index: number): number {
  return box.x + ((index - axes.x.range[0]) / (axes.x.range[1] - axes.x.range[0])) * box.width;
}

export function rowAt({ box, axes }: PlotLayout, index: number): number {
  return box.y + ((index - axes.y.range[0]) / (axes.y.range[1] - axes.y.range[0])) * box.height;
}

/** Ticks, numbers and label below and to the left of the picture. */
export function plainAxes(layout: PlotLayout): readonly FigureItem[] {
  return [...horizontalAxis(layout.axes.x, layout), ...verticalAxis(layout.axes.y, layout)];
}

function horizontalAxis({ ticks, label }: PlotAxis, layout: PlotLayout): readonly FigureItem[] {
  const { box } = layout;
  const bottom = box.y + box.height;
  return [
    ...ticks.flatMap(({ index, text: words }): FigureItem[] => {
      const x = columnAt(layout, index);
      return [line([x, bottom], [x, bottom + TICK]), text(words, [x, bottom + TICK + TEXT_SIZE + 2], 'middle')];
    }),
    text(label, [box.x + box.width / 2, bottom + 40], 'middle'),
  ];
}

function verticalAxis({ ticks, label }: PlotAxis, layout: PlotLayout): readonly FigureItem[] {
  const { box } = layout;
  return [
    ...ticks.flatMap(({ index, text: words }): FigureItem[] => {
      const y = rowAt(layout, index);
      return [line([box.x - TICK, y], [box.x, y]), text(words, [box.x - TICK - 3, y + HALF_DIGIT * TEXT_SIZE], 'end')];
    }),
    text(label, [16, box.y + box.height / 2], 'middle', -90),
  ];
}

/** A description and the unit behind it. */
export function labelText(description: string, unit: string): string {
  return [description, unit === '' ? '' : `[${unit}]`].filter(Boolean).join(' ');
}

const BAR = { gap: 18, width: 14, smallest: 80, tickSpacing: 40 };
/** From the bar to its label: beyond the longest number, in letters of the wider font, as far as the paper reaches. */
const BAR_LABEL = { least: 56, most: 64, letter: 7.3, gap: 5 };

/** Beside a rectangle, of its height where that is enough for some ticks. */
export function colorBar(colors: ColorScale, label: string, beside: Rectangle, paper: number): readonly FigureItem[] {
  const height = Math.min(paper - 8, Math.max(beside.height, BAR.smallest));
  const bar = {
    x: beside.x + beside.width + BAR.gap,
    y: Math.max(4, Math.round(beside.y + (beside.height - height) / 2)),
    width: BAR.width,
    height: Math.round(height),
  };
  const { values, decimals } = ticksBetween(colors.low, colors.high, Math.max(3, height / BAR.tickSpacing));
  const right = bar.x + bar.width;
  const numbers = values.map((value) => fixedText(value, decimals));
  const letters = Math.max(...numbers.map(({ length }) => length), 0);
  const labelAt = Math.min(BAR_LABEL.most, Math.max(BAR_LABEL.least, TICK + 3 + BAR_LABEL.letter * letters + BAR_LABEL.gap));
  const yOf = (value: number): number =>
    bar.y + bar.height * (colors.high > colors.low ? 1 - (value - colors.low) / (colors.high - colors.low) : 0.5);
  return [
    { kind: 'image', ...bar, raster: drawColorBar(colors, bar.width * IMAGE_PIXELS, bar.height * IMAGE_PIXELS) },
    ...frameLines(bar),
    ...values.flatMap((value, i): FigureItem[] => [
      line([right, yOf(value)], [right + TICK, yOf(value)]),
      text(numbers[i] as string, [right + TICK + 3, yOf(value) + HALF_DIGIT * TEXT_SIZE], 'start'),
    ]),
    text(label, [right + labelAt, bar.y + bar.height / 2], 'middle', 90),
  ];
}
