import { planColumns } from '../../../shared/compute/particles/column-plan.ts';
import { particleColumns, type ParticleColumn } from '../../../shared/compute/particles/columns.ts';
import { onAxes, particleAxes, usualPointSize, type ParticleAxes } from '../../../shared/draw/particle-axes.ts';
import type { ColorScale } from '../../../shared/draw/scene.ts';
import type { SpaceLayer, SpaceLink } from '../../../shared/draw/space-layer.ts';
import { tailOpacity, tailRange, tailThinning, type TailReach } from '../../../shared/draw/tails.ts';
import type { ParticleDataset, ParticleDatasetInfo, ReadOptions } from '../../../shared/model/dataset.ts';
import { clipOf, limitedBox } from './particle-limits.ts';
import { particlePaint } from './particle-paint.ts';
import { layerReader, type ReadLayer, type TrackOptions } from './particle-reader.ts';
import type { ParticlePlotOptions } from './plot-options.ts';

/** What of a particle set is drawn. */
export interface ParticlePlotScene {
  readonly axes: ParticleAxes;
  readonly points: readonly SpaceLayer[];
  readonly links: readonly SpaceLink[];
  /** Colours by code, see shared/draw/space-shades. */
  readonly palette: Uint32Array;
  readonly colors: ColorScale;
  readonly column: ParticleColumn;
  /** Diameter of points in pixels of the window. */
  readonly pointSize: number;
  /** Above 1 where tails are those of every n-th track, as all of them would be too many. */
  readonly every: number;
  /** Steps that tails go through and that are damaged. */
  readonly missing: readonly number[];
}

/** Steps that tails reach over where nothing else is asked for. */
const USUAL_TAIL = 10;

export async function readParticleScene(
  dataset: ParticleDataset,
  plot: ParticlePlotOptions,
  options: TrackOptions,
): Promise<ParticlePlotScene> {
  const { info } = dataset;
  const open = particleAxes(info);
  const axes = { ...open, box: limitedBox(open.box, plot) };
  const column = colorColumn(info, plot.component);
  const { shown, range, reach } = await placesOf(dataset, plot, options);
  const every = tailThinning(info, range[1] - range[0]);
  const read = await layerReader(dataset, column.name, plot.differentiation, options);
  const layers: (ReadLayer | undefined)[] = [];
  for (let snapshot = range[0]; snapshot < range[1]; snapshot++) layers.push(await read(snapshot, every, snapshot === shown));
  // What is shown is whole even where its tails are thinned.
  const own = shown === undefined ? undefined : every === 1 ? layers[shown - range[0]] : await read(shown, 1, true);
  const there = layers.filter((layer) => layer !== undefined);
  for (const { xyz } of new Set(own ? [...there, own] : there)) onAxes(xyz, axes);
  const isCloud = info.tracks === 0 && plot.all;
  const dots = isCloud ? there : own ? [own] : [];
  const { colors, palette, paint } = particlePaint(column.name, plot.all ? there : dots, clipOf(plot), plot);
  const drawn = layers.map((layer, i) => layer && paint(layer, layers[i + 1]));
  const links = drawn.flatMap((from, i): SpaceLink[] => {
    const to = drawn[i + 1];
    if (!from || !to || info.tracks === 0) return [];
    return [{ from, to, opacity: plot.all || shown === undefined ? 1 : tailOpacity(range[0] + i, shown, reach) }];
  });
  return {
    axes,
    points: dots.map((layer) => drawn[layers.indexOf(layer)] ?? paint(layer)),
    links,
    palette,
    colors,
    column,
    pointSize: usualPointSize(info),
    every,
    missing: [...new Set(layers.flatMap((layer, i) => (layer ? [] : [Math.floor((range[0] + i) / info.pulses)])))],
  };
}

/** The speed, or the intensity where there is none. */
function colorColumn(info: ParticleDatasetInfo, asked: string | undefined): ParticleColumn {
  if (asked !== undefined) planColumns(info, [asked]);
  const columns = particleColumns(info);
  const found = (name: string): ParticleColumn | undefined => columns.find((column) => column.name === name);
  return found(asked ?? 'speed') ?? (found('intensity') as ParticleColumn);
}

interface Places {
  /** Snapshot (step * pulses + pulse) whose particles are points; undefined where only tracks are wanted. */
  readonly shown: number | undefined;
  readonly range: readonly [from: number, to: number];
  readonly reach: TailReach;
}

/** Near the first step the usual tail reaches as far beyond it as it lacks before it. */
async function placesOf(dataset: ParticleDataset, plot: ParticlePlotOptions, options: ReadOptions): Promise<Places> {
  const { steps, pulses, tracks } = dataset.info;
  const { step = 0, pulse = 0, all } = plot;
  const isAsked = plot.step !== undefined || plot.pulse !== undefined;
  // The reader tells which step or pulse is not there.
  if (isAsked || !all) await dataset.step(step, pulse, options);
  const snapshot = step * pulses + pulse;
  if (all) return { shown: isAsked ? snapshot : undefined, range: [0, steps * pulses], reach: { before: 0, after: 0 } };
  const before = Math.min(USUAL_TAIL, pulses > 1 ? pulse : step);
  const isUsual = plot.before === undefined && plot.after === undefined;
  const reach = isUsual ? { before, after: USUAL_TAIL - before } : { before: plot.before ?? 0, after: plot.after ?? 0 };
  return { shown: snapshot, range: tracks > 0 ? tailRange(dataset.info, snapshot, reach) : [snapshot, snapshot + 1], reach };
}
