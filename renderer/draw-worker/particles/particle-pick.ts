import { particleColumns } from '../../../shared/compute/particles/columns.ts';
import { spaceMatrix, type SpaceMatrix } from '../../../shared/draw/space-camera.ts';
import { pickLine, pickPoint } from '../../../shared/draw/space-pick.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';
import type { PickedParticle } from '../../stores/particle-display.ts';
import type { ViewSpec } from '../messages.ts';
import type { ParticleAccess } from './particle-access.ts';
import type { StoredLayer } from './layer-store.ts';
import type { ParticleContent } from './particle-content.ts';
import { rasterSize, spaceStyle } from './space-renderer.ts';

/** Farthest particle that is still picked, in CSS pixels. */
const REACH = 8;
/** Farthest line of a tail that is still picked, in CSS pixels. */
const LINE_REACH = 5;

/** The drawn particle at a place in CSS pixels with all its values; they are asked of the host. */
export async function pickParticle(
  access: ParticleAccess,
  picture: ParticleContent,
  spec: ViewSpec,
  x: number,
  y: number,
): Promise<PickedParticle | undefined> {
  const { dataset, particles, pixelRatio } = spec;
  if (!particles) return undefined;
  const { info, camera, display } = particles;
  const matrix = spaceMatrix(picture.content.box, camera, rasterSize(spec));
  const { pointSize } = spaceStyle(spec, picture);
  const found = foundAt(picture, matrix, x * pixelRatio, y * pixelRatio, pixelRatio, pointSize / 2);
  if (!found) return undefined;
  const { source } = found;
  const [step, pulse] = [Math.floor(source.snapshot / info.pulses), source.snapshot % info.pulses];
  const id = source.track[found.index] as number;
  const columns = particleColumns(info);
  const names = columns.map(({ name }) => name);
  const signal = new AbortController().signal;
  const values = id === NO_TRACK ? await ofLayer() : await ofTrack();
  return {
    step,
    pulse,
    ...(id === NO_TRACK ? {} : { track: id }),
    values: columns.map(({ name, unit }, k) => ({ name, unit, value: values[k] ?? Number.NaN })),
  };

  async function ofTrack(): Promise<readonly number[]> {
    const points = await access.points({ dataset, track: id, columns: names, differentiation: display.differentiation }, signal);
    const at = points.step.findIndex((one, i) => one === step && points.pulse[i] === pulse);
    return points.columns.map((data) => data[at] ?? Number.NaN);
  }

  async function ofLayer(): Promise<readonly number[]> {
    const every = source.every > 1 ? { every: source.every } : {};
    const stored = columns.filter(({ kind }) => kind === 'stored').map(({ name }) => name);
    const layer = await access.layer({ dataset, step, pulse, columns: stored, differentiation: display.differentiation, ...every }, signal);
    return names.map((name) => layer.columns[stored.indexOf(name)]?.[found!.index] ?? Number.NaN);
  }
}

/** A particle shown, or else the nearer end of a tail's line. */
function foundAt(
  picture: ParticleContent,
  matrix: SpaceMatrix,
  x: number,
  y: number,
  pixelRatio: number,
  radius: number,
): { readonly source: StoredLayer; readonly index: number } | undefined {
  const point = pickPoint(picture.pickable, matrix, x, y, REACH * pixelRatio, radius);
  const source = point && picture.sources[point.layer];
  if (point && source) return { source, index: point.index };
  const line = pickLine(picture.content.links, matrix, x, y, LINE_REACH * pixelRatio);
  const ends = line && picture.linked[line.link];
  return line && ends ? { source: ends[line.end], index: line.index } : undefined;
}
