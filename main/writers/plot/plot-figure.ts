import type { Rgba } from '../../../shared/draw/scene.ts';
import type { Figure, FigureItem, FigureLine } from './figure.ts';
import { colorBar, columnAt, frameLines, labelText, line, plainAxes, rowAt, titleText } from './figure-parts.ts';
import { layoutPlot, type PlotLayout } from './plot-layout.ts';
import type { PlotOptions } from './plot-options.ts';
import { drawPicture, plotColors } from './plot-picture.ts';
import type { PlotScene } from './plot-scene.ts';

const GRID: Rgba = 0xffb8b8b8;
const GRID_LINE = 0.4;

/** A plane with axes, ticks, labels and a colour bar. */
export function plotFigure(scene: PlotScene, plot: PlotOptions): Figure {
  const layout = layoutPlot(scene.frame, plot);
  const { box, width, height } = layout;
  const { description, unit } = scene.values;
  const items: readonly FigureItem[] = [
    { kind: 'image', ...box, raster: drawPicture(scene, layout, plot) },
    ...(plot.grid ? gridLines(layout) : []),
    ...frameLines(box),
    ...plainAxes(layout),
    ...colorBar(plotColors(scene, plot), labelText(description, unit), box, height),
    ...titleText(plot.title, box),
  ];
  return { width, height, title: plot.title ?? '', items };
}

function gridLines(layout: PlotLayout): readonly FigureLine[] {
  const { box, axes } = layout;
  return [
    ...axes.x.ticks.map(({ index }) => columnAt(layout, index)).map((x) => line([x, box.y], [x, box.y + box.height], GRID, GRID_LINE)),
    ...axes.y.ticks.map(({ index }) => rowAt(layout, index)).map((y) => line([box.x, y], [box.x + box.width, y], GRID, GRID_LINE)),
  ];
}
