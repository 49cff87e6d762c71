import type { ParticleTimes } from '../../../shared/model/particles.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

const PICOSECONDS = 1_000_000_000_000n;

/**
 * Seconds of every snapshot: with one pulse a step from the first one on, with several as stored, as lvpyio tells them. Differences are
 * taken in whole picoseconds.
 */
export function snapshotTimes(index: SnapshotIndex, pulses: number): ParticleTimes {
  const origin = pulses === 1 && index.snapshots > 0 ? picosecondsOf(index, 0) : 0n;
  return Float64Array.from({ length: index.snapshots }, (_, s) => secondsOf(picosecondsOf(index, s) - origin));
}

/** Seconds since the first pulse of the same step, from whole picoseconds. */
export function pulseDelays(index: SnapshotIndex, pulses: number): ParticleTimes {
  return Float64Array.from({ length: index.snapshots }, (_, s) =>
    secondsOf(picosecondsOf(index, s) - picosecondsOf(index, s - (s % pulses))),
  );
}

/** The stored time of a snapshot in seconds. */
export function absoluteSeconds(index: SnapshotIndex, s: number): number {
  return secondsOf(picosecondsOf(index, s));
}

function picosecondsOf({ seconds, picoseconds }: SnapshotIndex, s: number): bigint {
  return (seconds[s] as bigint) * PICOSECONDS + (picoseconds[s] as bigint);
}

function secondsOf(picoseconds: bigint): number {
  return Number(picoseconds) / 1e12;
}
