import { COLOR_MAPS } from '../../shared/colors/color-map.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { naming } from '../host/naming.ts';
import { openFrames } from '../host/open-path.ts';
import { writeAtomically } from '../writers/atomic-file.ts';
import { figureFormat } from '../writers/plot/figure-formats.ts';
import { plotFigure } from '../writers/plot/plot-figure.ts';
import { PLOT_STYLES, type PlotOptions, type Span } from '../writers/plot/plot-options.ts';
import { readScene } from '../writers/plot/plot-scene.ts';
import { parseBufferIndex } from './buffer-index.ts';
import type { CommandAnswer, CommandCall, CommandSpec } from './command.ts';
import { flag, indexOption, openOptions, textOption } from './given-options.ts';
import { addOutputOptions, addReaderOptions } from './reader-options.ts';

const MAPS = COLOR_MAPS.map(({ name }) => name);

export const plotCommand: CommandSpec = {
  name: 'plot',
  configure: (command) => {
    addOutputOptions(
      addReaderOptions(command.description('Draw a plane of a buffer with axes and colour bar: .png, .svg or .pdf by extension.')),
    )
      .requiredOption('--out <file>', 'file to write')
      .option('--buffer <I[,J...]>', 'this buffer (default: the first)')
      .option('--frame <K>', 'frame of the buffer (default: 0)')
      .option('--plane <P>', 'plane of a volume (default: 0)')
      .option('--component <name>', 'stored or derived component (default: PIXEL, of vectors their length)')
      .option('--style <style>', `one of ${PLOT_STYLES.join(', ')} (default: ${PLOT_STYLES[0]})`)
      .option('--title <text>', 'text above the picture')
      .option('--grid', 'lines at the ticks')
      .option('--xlim <A:B>', 'this part of the x axis, in its unit')
      .option('--ylim <A:B>', 'this part of the y axis, in its unit')
      .option('--ticks <N>', 'about so many ticks an axis')
      .option('--cmap <map>', `one of ${MAPS.join(', ')}`)
      .option('--levels <A:B>', 'values of the first and the last colour')
      .option('--force', 'replace an existing file');
  },
  run: runPlot,
};

async function runPlot(call: CommandCall): Promise<CommandAnswer> {
  const out = textOption(call, 'out') ?? '';
  const encode = figureFormat(out);
  const plot = plotOptions(call);
  const place = { frame: indexOption(call, 'frame') ?? 0, plane: indexOption(call, 'plane') ?? 0 };
  const { dataset } = await openFrames(call.args[0] ?? '', openOptions(call));
  await using _ = dataset;
  const chosen = textOption(call, 'buffer');
  const index = chosen === undefined ? 0 : parseBufferIndex(dataset.info, chosen);
  const { signal } = call.io;
  const scene = await naming(dataset.info.path, async () => readScene(await dataset.buffer(index, { signal }), place, plot, { signal }));
  const figure = plotFigure(scene, plot);
  const bytes = await encode(figure);
  await writeAtomically(out, { force: flag(call, 'force') }, (file) => file.write(bytes));
  const result = { path: out, component: scene.values.description, levels: scene.levels };
  return { result, text: () => (flag(call, 'quiet') ? '' : `${out}: ${figure.width} x ${figure.height}\n`) };
}

function plotOptions(call: CommandCall): PlotOptions {
  const ticks = indexOption(call, 'ticks');
  if (ticks === 0) throw new DataError('invalid-option', '--ticks must be 1 or more, got 0.', { field: 'ticks' });
  return {
    style: choiceOption(call, 'style', PLOT_STYLES) ?? PLOT_STYLES[0],
    component: textOption(call, 'component'),
    title: textOption(call, 'title'),
    grid: flag(call, 'grid'),
    xlim: spanOption(call, 'xlim'),
    ylim: spanOption(call, 'ylim'),
    ticks,
    map: choiceOption(call, 'cmap', MAPS),
    levels: spanOption(call, 'levels'),
  };
}

function choiceOption<T extends string>(call: CommandCall, name: string, choices: readonly T[]): T | undefined {
  const text = textOption(call, name);
  const found = choices.find((choice) => choice === text);
  if (text !== undefined && found === undefined)
    throw new DataError('invalid-option', `--${name} must be one of ${choices.join(', ')}, got '${text}'.`, { field: name });
  return found;
}

function spanOption(call: CommandCall, name: string): Span | undefined {
  const text = textOption(call, name);
  if (text === undefined) return undefined;
  const [from, to, ...more] = text.split(':').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (from !== undefined && to !== undefined && more.length === 0 && Number.isFinite(from) && Number.isFinite(to) && from !== to)
    return [from, to];
  throw new DataError('invalid-option', `--${name} must be two different numbers A:B, got '${text}'.`, { field: name });
}
