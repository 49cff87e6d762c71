import { planeNumbers } from '../../shared/compute/plane-numbers.ts';
import { planeStatistics, type PlaneStatistics } from '../../shared/compute/statistics.ts';
import { throwIfAborted } from '../../shared/model/data-error.ts';
import { leftOut, valuesOf, type FieldPlace, type StatisticsOf } from './field-values.ts';

/** Most planes that are looked at, evenly spread, and most samples of all of them together. */
const MOST_PLANES = 32;
const MOST_SAMPLES = 1 << 22;

/** Facts of all planes of a frame together; of large volumes of every n-th plane, row and column. */
export async function readVolumeStatistics(place: FieldPlace, { component, mode, filter }: StatisticsOf): Promise<PlaneStatistics> {
  const count = place.buffer.info.frames[place.frame]?.planes ?? 1;
  const planes = Array.from({ length: Math.min(count, MOST_PLANES) }, (_, index) =>
    Math.floor(((index + 0.5) * count) / Math.min(count, MOST_PLANES)),
  );
  const { width, height } = place.window;
  const step = Math.max(1, Math.ceil(Math.sqrt((width * height * planes.length) / MOST_SAMPLES)));
  const each = Math.ceil(width / step) * Math.ceil(height / step);
  const values = new Float64Array(each * planes.length);
  const states = new Uint8Array(values.length);
  for (const [index, plane] of planes.entries()) {
    throwIfAborted(place.signal);
    const here: FieldPlace = { ...place, plane, window: { ...place.window, step } };
    values.set(planeNumbers(await valuesOf(here, component, mode)), index * each);
    const state = await leftOut(here, component, filter);
    if (state) states.set(state, index * each);
  }
  return planeStatistics({ dtype: 'f8', width: each, height: planes.length, data: values }, states);
}
