/** Ends included; an absent end is open. */
export interface ValueRange {
  readonly low?: number;
  readonly high?: number;
}

/** By a fact of the whole track: 'length' (points), 'id', or the mean along it of a particle column (shared/compute/particles/columns). */
export interface TrackFilter extends ValueRange {
  readonly column: string;
}

/** Positions in the units of the axes; a track belongs to it where the box of its points meets it, or lies in it (`whole`). */
export interface TrackBox {
  readonly low: readonly [x: number, y: number, z: number];
  readonly high: readonly [x: number, y: number, z: number];
  readonly whole: boolean;
}

/**
 * Which tracks are wanted: every condition must hold. A particle without track has no length and no id, so a filter on those refuses it; other
 * columns and the box count for itself.
 */
export interface TrackSelection {
  readonly filters: readonly TrackFilter[];
  readonly box?: TrackBox;
  /** Of all tracks those whose number is a multiple of it, and every n-th particle without track of a pulse. */
  readonly every?: number;
}

export const ALL_TRACKS: TrackSelection = { filters: [] };

/** How velocity and acceleration come from the points of a track. */
export type Differentiation =
  /** Central differences over the neighbours in time, one-sided at the ends. */
  | { readonly method: 'difference' }
  /** Least-squares polynomial of this order through so many neighbouring points (odd), shifted inwards at the ends. */
  | { readonly method: 'fit'; readonly order: 1 | 2 | 3; readonly length: number };

export const DIFFERENCE: Differentiation = { method: 'difference' };
