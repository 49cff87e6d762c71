import type { ParticleDataset, ReadOptions } from '../../../shared/model/dataset.ts';
import type { ParticleInstants } from '../../../shared/model/particles.ts';
import type { Losses } from '../losses.ts';

const PICOSECONDS = 1e12;
/** Of sums of seconds with fractions of two. */
const ROUNDING = 4 * Number.EPSILON;
const PICOSECONDS_OF_SECOND = 1_000_000_000_000n;

/**
 * Absolute times of every pulse in whole seconds and picoseconds: as stored, where the dataset tells so and means the same by them as by its
 * times (a wrapper may have shifted or left out some), else its times, rounded.
 */
export async function particleInstants(dataset: ParticleDataset, options: ReadOptions): Promise<ParticleInstants> {
  const times = await dataset.times(options);
  const exact = await dataset.instants?.(options);
  const { pulses, startTime } = dataset.info;
  if (exact && agree(exact, times, pulses, startTime)) return exact;
  const origin = pulses === 1 && times.length > 0 ? split(startTime) : { seconds: 0n, picoseconds: 0n };
  const [seconds, picoseconds] = [new BigInt64Array(times.length), new BigInt64Array(times.length)];
  for (const [i, time] of times.entries()) {
    const own = split(time);
    const whole = (origin.seconds + own.seconds) * PICOSECONDS_OF_SECOND + origin.picoseconds + own.picoseconds;
    const rest = ((whole % PICOSECONDS_OF_SECOND) + PICOSECONDS_OF_SECOND) % PICOSECONDS_OF_SECOND;
    picoseconds[i] = rest;
    seconds[i] = (whole - rest) / PICOSECONDS_OF_SECOND;
  }
  return { seconds, picoseconds };
}

function agree({ seconds, picoseconds }: ParticleInstants, times: Float64Array, pulses: number, startTime: number): boolean {
  if (seconds.length !== times.length) return false;
  const at = (i: number): bigint => (seconds[i] as bigint) * PICOSECONDS_OF_SECOND + (picoseconds[i] as bigint);
  const origin = pulses === 1 && times.length > 0 ? at(0) : 0n;
  if (pulses === 1 && times.length > 0 && Math.abs(Number(origin) / PICOSECONDS - startTime) > Math.abs(startTime) * ROUNDING) return false;
  return times.every((time, i) => Number(at(i) - origin) / PICOSECONDS === time);
}

/** Rounded to picoseconds: what is behind the last one is noise of the calculation with fractions of two. */
function split(time: number): { readonly seconds: bigint; readonly picoseconds: bigint } {
  const whole = Math.floor(time);
  return { seconds: BigInt(whole), picoseconds: BigInt(Math.round((time - whole) * PICOSECONDS)) };
}

/** What only particle sets of DaVis have a place for. */
export async function tellUnheld(dataset: ParticleDataset, losses: Losses, options: ReadOptions): Promise<void> {
  if (dataset.info.secondBox) losses.add('The second box of the set, whose meaning is not known, is not written.');
  if (!dataset.instants) return;
  const { instants: _, ...withoutInstants } = dataset;
  const [exact, rounded] = [await particleInstants(dataset, options), await particleInstants(withoutInstants, options)];
  const same = (a: BigInt64Array, b: BigInt64Array): boolean => a.every((value, i) => value === b[i]);
  if (!same(exact.seconds, rounded.seconds) || !same(exact.picoseconds, rounded.picoseconds))
    losses.add('Times are rounded to what a number of 8 bytes holds.');
}
