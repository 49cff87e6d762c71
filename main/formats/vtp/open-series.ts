import type { ParticleDatasetInfo, ReadOptions } from '../../../shared/model/dataset.ts';
import { unitScale, type FrameScales, type Scale } from '../../../shared/model/scale.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import type { ParticleDescription } from '../../codecs/particle-description.ts';
import { passedOver } from '../particle-table/load-rows.ts';
import { noIntensity } from '../particles/column-meanings.ts';
import { describedInfo } from '../particles/described-info.ts';
import { findBounds, lookThrough, type SeriesFacts } from './look-through.ts';
import { findTracks, type SeriesTracks } from './series-tracks.ts';
import type { SnapshotFiles } from './snapshot-files.ts';

export const VTP_FORMAT = 'vtp';

/** What a series is read by. */
export interface Series {
  readonly files: SnapshotFiles;
  readonly info: ParticleDatasetInfo;
  /** Particles of every snapshot. */
  readonly counts: Uint32Array;
  /** Names of the columns of the scalars. */
  readonly scalars: readonly string[];
  readonly hasIntensity: boolean;
  /** Of x, y, z, intensity and the scalars in the files; undefined where these are the numbers that are kept. */
  readonly scales: readonly Scale[] | undefined;
  readonly tracks: SeriesTracks;
}

export interface SeriesPlace {
  readonly path: string;
  readonly title: string;
  readonly warnings: readonly Warning[];
}

/** Our descriptions say everything; other files are looked through. */
export async function openSeries(
  files: SnapshotFiles,
  description: ParticleDescription,
  { path, title, warnings }: SeriesPlace,
  options: ReadOptions,
): Promise<Series> {
  const facts = await factsOf(files, description, options);
  const { counts, columns } = facts;
  const particles = counts.reduce((sum, count) => sum + count, 0);
  const tracks = await findTracks(
    files,
    { known: description.isOwn ? description.tracks : undefined, hasColumn: columns.includes('track'), particles, path },
    options,
  );
  const box = description.bounds ? { bounds: description.bounds, warnings: [] } : await findBounds(files, options);
  const scales = positionScales(description);
  const scalars = columns.filter((name) => name !== 'track' && name !== 'intensity');
  const scalarInfo = scalars.map((column) => ({
    name: description.scalarNames.get(column) ?? column,
    scale: description.scalarScales.get(column) ?? unitScale(''),
  }));
  const info = describedInfo(description, {
    format: VTP_FORMAT,
    path,
    title,
    tracks: tracks.count,
    particles,
    scales,
    scalars: scalarInfo,
    bounds: box.bounds,
    warnings: [...warnings, ...box.warnings, ...oddities(facts, tracks, path)],
  });
  const valueScales = [scales.x, scales.y, scales.z, scales.i, ...scalarInfo.map(({ scale }) => scale)];
  return {
    files,
    info,
    counts,
    scalars,
    hasIntensity: columns.includes('intensity'),
    scales: description.coordinates === 'scaled' ? valueScales : undefined,
    tracks,
  };
}

async function factsOf(
  files: SnapshotFiles,
  { isOwn, counts, scalarNames }: ParticleDescription,
  options: ReadOptions,
): Promise<SeriesFacts> {
  const columns = ['intensity', 'track', ...scalarNames.keys()];
  if (isOwn && counts) return { counts, columns, passedOver: [], lines: 0 };
  const facts = await lookThrough(files, options);
  return isOwn ? { ...facts, columns } : facts;
}

function positionScales({ scales }: ParticleDescription): FrameScales {
  const axis = (name: keyof FrameScales): Scale => scales[name] ?? unitScale('');
  return { x: axis('x'), y: axis('y'), z: axis('z'), i: axis('i') };
}

function oddities({ columns, lines, passedOver: names }: SeriesFacts, { ids }: SeriesTracks, path: string): readonly Warning[] {
  const told = (code: string, message: string): Warning => ({ code, message, path });
  return [
    ...(columns.includes('intensity') ? [] : [noIntensity(path)]),
    ...(lines > 0 && !columns.includes('track')
      ? [told('lines', `Lines (${lines}) are not read as tracks: their points do not say of which track and step they are.`)]
      : []),
    ...passedOver({ passedOver: names, path }),
    ...(ids ? [told('renumbered', 'The tracks are numbered anew, from 0 on in the order of their numbers.')] : []),
  ];
}
