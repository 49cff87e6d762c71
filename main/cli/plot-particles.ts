import { FIRST_VIEW, PLANES, type PlaneName } from '../../shared/draw/space-camera.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { ParticleDataset } from '../../shared/model/dataset.ts';
import { selectTracks } from '../host/chain/particles/select-tracks.ts';
import { particleFigure } from '../writers/plot/particle-figure.ts';
import { readParticleScene } from '../writers/plot/particle-scene.ts';
import type { ParticlePlotOptions, PlotOptions } from '../writers/plot/plot-options.ts';
import type { CommandCall } from './command.ts';
import { flag, indexOption, spanOption, textOption } from './given-options.ts';
import { particleWish } from './particle-wish.ts';
import type { Plotted } from './plotted.ts';

export const PARTICLE_VIEWS = Object.keys(PLANES) as readonly PlaneName[];

export function particlePlotOptions(call: CommandCall, plot: PlotOptions): ParticlePlotOptions {
  const all = flag(call, 'all');
  const [before, after] = [indexOption(call, 'before'), indexOption(call, 'after')];
  if (all && (before ?? after) !== undefined)
    throw new DataError('invalid-option', '--all draws whole tracks: it goes neither with --before nor with --after.', { field: 'all' });
  return {
    ...plot,
    zlim: spanOption(call, 'zlim'),
    view: viewOption(call),
    step: indexOption(call, 'step'),
    pulse: indexOption(call, 'pulse'),
    before,
    after,
    all,
    differentiation: particleWish(call).differentiation,
  };
}

function viewOption(call: CommandCall): ParticlePlotOptions['view'] {
  const view = textOption(call, 'view');
  if (view === undefined) return FIRST_VIEW;
  const plane = PARTICLE_VIEWS.find((name) => name === view);
  if (plane) return plane;
  const [turn, tilt, ...more] = view.split(':').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (turn !== undefined && tilt !== undefined && more.length === 0 && Number.isFinite(turn) && Math.abs(tilt) <= 90)
    return { turn: (turn * Math.PI) / 180, tilt: (tilt * Math.PI) / 180 };
  const planes = PARTICLE_VIEWS.join(', ');
  throw new DataError('invalid-option', `--view must be ${planes} or degrees TURN:TILT with a tilt from -90 to 90, got '${view}'.`, {
    field: 'view',
  });
}

export async function particlePlot(call: CommandCall, dataset: ParticleDataset, plot: ParticlePlotOptions): Promise<Plotted> {
  const { signal } = call.io;
  const { selection, differentiation } = particleWish(call);
  const chosen = selection && (await selectTracks(dataset, selection, differentiation, { signal }));
  if (chosen?.info.particles === 0) {
    const { title, path, tracks } = dataset.info;
    const what = tracks > 0 ? `none of its ${tracks} tracks` : 'none of its particles';
    throw new DataError('out-of-range', `There is nothing to draw of ${title}: ${what} meets the conditions.`, { path, field: 'where' });
  }
  const scene = await readParticleScene(chosen ?? dataset, plot, { signal, original: chosen?.original });
  const { column, colors, points, links, every, missing } = scene;
  const notes = [
    every > 1 ? `tails of one track in ${every}` : '',
    missing.length > 0 ? `without the damaged step${missing.length > 1 ? 's' : ''} ${missing.join(', ')}` : '',
  ].filter(Boolean);
  return {
    figure: particleFigure(scene, plot),
    facts: {
      component: column.name,
      levels: [colors.low, colors.high],
      particles: points.reduce((sum, { count }) => sum + count, 0),
      ...(links.length > 0 ? { tailSteps: links.length } : {}),
      ...(every > 1 ? { every } : {}),
      ...(missing.length > 0 ? { missing } : {}),
    },
    ...(notes.length > 0 ? { note: `, ${notes.join(', ')}` } : {}),
  };
}
