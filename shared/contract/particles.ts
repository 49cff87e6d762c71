import type { Attributes } from '../model/attributes.ts';
import type { Differentiation } from '../model/track-selection.ts';
import type { Warning } from '../model/warning.ts';
import type { DatasetId } from './opened.ts';

/** What belongs to the particles of a pulse. */
export interface StepReply {
  readonly count: number;
  readonly warnings: readonly Warning[];
  /** Of the step, all pulses together. */
  readonly attributes: Attributes;
}

export interface TrackWindow {
  readonly dataset: DatasetId;
  readonly from: number;
  readonly to: number;
}

/** The particles of one pulse of one step as pictures and filters need them. */
export interface LayerRequest {
  readonly dataset: DatasetId;
  readonly step: number;
  readonly pulse: number;
  /** Names of shared/compute/particles/columns. */
  readonly columns: readonly string[];
  readonly differentiation: Differentiation;
  /** Present = only tracks whose number is a multiple of it, and every n-th of the particles without track. */
  readonly every?: number;
}

/** Facts of all tracks, computed in one pass over the set; told in `tableProgress` as 'trackFacts'. */
export interface TrackFactsRequest {
  readonly dataset: DatasetId;
  /** Columns whose mean along each track is wanted; without any (and without `box`) no particle is read. */
  readonly columns: readonly string[];
  readonly box: boolean;
  readonly differentiation: Differentiation;
}

export interface TrackPointsRequest {
  readonly dataset: DatasetId;
  readonly track: number;
  readonly columns: readonly string[];
  readonly differentiation: Differentiation;
}
