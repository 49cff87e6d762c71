import type { ParticleAxes } from '../../../shared/draw/particle-axes.ts';
import type { BoldTrack } from '../../../shared/draw/space-picture.ts';
import type { Place } from '../../stores/view-store.ts';
import type { ParticleWish } from '../messages.ts';
import type { ParticleAccess, TrackPointArrays } from './particle-access.ts';

/** The track that is drawn bold. */
export interface BoldTracks {
  /** Its points on the axes; undefined while they are read, and where they cannot be. */
  get(
    dataset: string,
    wish: Pick<ParticleWish, 'info' | 'display' | 'selectedTrack'>,
    axes: ParticleAxes,
    place: Place,
  ): BoldTrack | undefined;
  isAwaited(): boolean;
  forget(): void;
}

/** `changed` is told when its points are there. */
export function boldTracks(access: () => Promise<ParticleAccess>, changed: () => void): BoldTracks {
  let key = '';
  let abort: AbortController | undefined;
  let points: TrackPointArrays | undefined;
  let positions: Float32Array | undefined;

  const load = async (dataset: string, track: number, differentiation: ParticleWish['display']['differentiation']): Promise<void> => {
    abort?.abort();
    const own = new AbortController();
    abort = own;
    try {
      const read = await (await access()).points({ dataset, track, columns: ['x', 'y', 'z'], differentiation }, own.signal);
      if (abort === own) points = read;
    } catch {
      // Who selected it tells why it cannot be read: its plots need the same points.
    }
    if (abort !== own) return;
    abort = undefined;
    changed();
  };

  return {
    get(dataset, { info, display, selectedTrack }, axes, place) {
      const wanted = selectedTrack === undefined ? '' : `${dataset} ${selectedTrack}`;
      if (wanted !== key) {
        this.forget();
        key = wanted;
        if (selectedTrack !== undefined) void load(dataset, selectedTrack, display.differentiation);
      }
      if (!points) return undefined;
      const { step, pulse } = points;
      positions ??= onAxes(points.columns, info.scales, axes);
      const current = step.findIndex((one, i) => one === place.buffer && pulse[i] === place.frame);
      return { positions, ...(current < 0 ? {} : { current }) };
    },
    isAwaited: () => abort !== undefined,
    forget() {
      abort?.abort();
      abort = undefined;
      key = '';
      points = undefined;
      positions = undefined;
    },
  };
}

/** Scaled positions, as they come, are those of the axes unless the axes show stored ones. */
function onAxes(columns: readonly Float64Array[], { x, y, z }: ParticleWish['info']['scales'], axes: ParticleAxes): Float32Array {
  const positions = new Float32Array(3 * (columns[0]?.length ?? 0));
  for (const [axis, { slope, offset }] of [x, y, z].entries()) {
    const values = columns[axis] ?? new Float64Array(0);
    for (let i = 0; i < values.length; i++)
      positions[3 * i + axis] = ((values[i]! - offset) / slope) * axes.slope[axis]! + axes.offset[axis]!;
  }
  return positions;
}
