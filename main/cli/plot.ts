import { COLOR_MAPS } from '../../shared/colors/color-map.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { isFrameDataset, type FrameDataset, type ParticleDataset } from '../../shared/model/dataset.ts';
import { naming } from '../host/naming.ts';
import { openPath } from '../host/open-path.ts';
import { writeAtomically } from '../writers/atomic-file.ts';
import { figureFormat } from '../writers/plot/figure-formats.ts';
import { plotFigure } from '../writers/plot/plot-figure.ts';
import { PLOT_STYLES, type PlotOptions } from '../writers/plot/plot-options.ts';
import { readScene } from '../writers/plot/plot-scene.ts';
import { parseBufferIndex } from './buffer-index.ts';
import type { CommandAnswer, CommandCall, CommandSpec } from './command.ts';
import { choiceOption, collect, flag, indexOption, openOptions, spanOption, textOption } from './given-options.ts';
import { PARTICLE_VIEWS, particlePlot, particlePlotOptions } from './plot-particles.ts';
import type { Plotted } from './plotted.ts';
import { addOutputOptions, addReaderOptions } from './reader-options.ts';

const MAPS = COLOR_MAPS.map(({ name }) => name);

export const plotCommand: CommandSpec = {
  name: 'plot',
  configure: (command) => {
    addOutputOptions(
      addReaderOptions(
        command.description(
          'Draw a plane of a buffer, or particles and tracks, with axes and colour bar: .png, .svg or .pdf by extension.',
        ),
      ),
    )
      .requiredOption('--out <file>', 'file to write')
      .option('--buffer <I[,J...]>', 'this buffer (default: the first)')
      .option('--frame <K>', 'frame of the buffer (default: 0)')
      .option('--plane <P>', 'plane of a volume (default: 0)')
      .option(
        '--component <name>',
        'stored or derived component, column of particles (default: PIXEL, length of vectors, speed of particles)',
      )
      .option('--style <style>', `one of ${PLOT_STYLES.join(', ')} (default: ${PLOT_STYLES[0]})`)
      .option('--title <text>', 'text above the picture')
      .option('--grid', 'lines at the ticks')
      .option('--xlim <A:B>', 'this part of the x axis, in its unit')
      .option('--ylim <A:B>', 'this part of the y axis, in its unit')
      .option('--zlim <A:B>', 'of particles, this part of the z axis, in its unit')
      .option('--ticks <N>', 'about so many ticks an axis')
      .option('--cmap <map>', `one of ${MAPS.join(', ')}`)
      .option('--levels <A:B>', 'values of the first and the last colour')
      .option('--step <I>', 'of particles, this step (default: the first)')
      .option('--pulse <P>', 'of particles, this pulse of the step (default: 0)')
      .option('--before <N>', 'tails over so many steps before the step shown')
      .option('--after <N>', 'tails over so many steps after it (default: 10 steps, before it as far as there are)')
      .option('--all', 'all tracks of a particle set, with the points of --step where it is given')
      .option('--view <view>', `of particles: ${PARTICLE_VIEWS.join(', ')}, or the degrees TURN:TILT of a view in space (default: -34:24)`)
      .option('--where <condition>', 'only tracks that it holds for, repeatable: length>=12, speed=0.5..2, box=X,Y,Z..X,Y,Z', collect)
      .option('--every <N>', 'only every n-th track')
      .option('--fit <order,length>', 'motion by a polynomial through so many points instead of central differences')
      .option('--force', 'replace an existing file');
  },
  run: runPlot,
};

async function runPlot(call: CommandCall): Promise<CommandAnswer> {
  const out = textOption(call, 'out') ?? '';
  const format = figureFormat(out);
  const plot = plotOptions(call);
  const particles = particlePlotOptions(call, plot);
  const { dataset } = await openPath(call.args[0] ?? '', openOptions(call));
  await using _ = dataset;
  refuseOptions(call, dataset);
  const {
    figure,
    facts,
    note = '',
  } = isFrameDataset(dataset)
    ? await framePlot(call, dataset, plot)
    : await naming(dataset.info.path, () => particlePlot(call, dataset, particles));
  const bytes = await format.encode(figure);
  await writeAtomically(out, { force: flag(call, 'force') }, (file) => file.write(bytes));
  return {
    result: { path: out, ...facts },
    text: () => (flag(call, 'quiet') ? '' : `${out}: ${format.sizeText(figure)}${note}\n`),
  };
}

async function framePlot(call: CommandCall, dataset: FrameDataset, plot: PlotOptions): Promise<Plotted> {
  const place = { frame: indexOption(call, 'frame') ?? 0, plane: indexOption(call, 'plane') ?? 0 };
  const chosen = textOption(call, 'buffer');
  const index = chosen === undefined ? 0 : parseBufferIndex(dataset.info, chosen);
  const { signal } = call.io;
  const scene = await naming(dataset.info.path, async () => readScene(await dataset.buffer(index, { signal }), place, plot, { signal }));
  return { figure: plotFigure(scene, plot), facts: { component: scene.values.description, levels: scene.levels } };
}

const OF_FRAMES = ['buffer', 'frame', 'plane'];
const OF_PARTICLES = ['step', 'pulse', 'before', 'after', 'all', 'view', 'zlim', 'where', 'every', 'fit'];

/** Options of the other kind of data would do nothing. */
function refuseOptions({ options }: CommandCall, { info }: FrameDataset | ParticleDataset): void {
  const isFrames = info.kind === 'frames';
  const field = (isFrames ? OF_PARTICLES : OF_FRAMES).find((name) => options[name] !== undefined);
  if (field === undefined) return;
  const what = isFrames ? 'frames, not particles' : 'particles, not frames';
  throw new DataError('invalid-option', `${info.title} holds ${what}: --${field} does not go with it.`, {
    path: info.path,
    field,
    hint: isFrames ? '--buffer, --frame and --plane choose a plane.' : '--step and --pulse choose particles.',
  });
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
