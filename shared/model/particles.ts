import type { Warning } from './warning.ts';

/** In `ParticleSet.track`: this particle belongs to no track. */
export const NO_TRACK = 0xffffffff;

/**
 * The particles of one pulse of one step, in ascending track number, those without a track last. Stored numbers: positions and values get
 * their units by the scales of the dataset.
 */
export interface ParticleSet {
  readonly count: number;
  /** x, y, z of one particle after the other. */
  readonly xyz: Float32Array;
  readonly intensity: Float32Array;
  /** Track numbers, or NO_TRACK. */
  readonly track: Uint32Array;
  /** One array a scalar, in the order of the dataset's `scalars`. */
  readonly scalars: readonly Float32Array[];
  readonly warnings: readonly Warning[];
}

/**
 * Tracks `from`, `from + 1` ... as compressed rows: points first[i] to first[i + 1] are those of track from + i, one a pulse from its start
 * on. A point that the file does not have is NaN. Stored numbers.
 */
export interface TrackSet {
  readonly from: number;
  readonly first: Uint32Array;
  readonly startStep: Uint32Array;
  readonly startPulse: Uint8Array;
  readonly xyz: Float32Array;
  readonly intensity: Float32Array;
  readonly scalars: readonly Float32Array[];
}

/** A window of the track table; lengths are points, one a pulse. */
export interface TrackTable {
  readonly from: number;
  readonly startStep: Uint32Array;
  readonly startPulse: Uint8Array;
  readonly length: Uint32Array;
}

/** Seconds of every pulse, [step, pulse]. With one pulse a step they count from the first step on, with several they are as stored. */
export type ParticleTimes = Float64Array;

/** Whole seconds and picoseconds (0 to 1e12) of every pulse, [step, pulse]. */
export interface ParticleInstants {
  readonly seconds: BigInt64Array;
  readonly picoseconds: BigInt64Array;
}
