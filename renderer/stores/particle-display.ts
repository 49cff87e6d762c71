import type { StatisticsReply } from '../../shared/contract/planes.ts';
import type { ParticleDatasetInfo } from '../../shared/model/dataset.ts';
import { usualPointSize } from '../../shared/draw/particle-axes.ts';
import { ALL_TRACKS, DIFFERENCE, type Differentiation, type TrackFilter, type TrackSelection } from '../../shared/model/track-selection.ts';
import { FIRST_CAMERA, type Camera } from './camera.ts';
import type { ColorSettings } from './display-settings.ts';

type Triple = readonly [x: number, y: number, z: number];

/** How a view shows its particles; serialisable, kept with the view when the step changes. Positions and sizes in the units of the axes. */
export interface ParticleDisplay {
  /** window: the particles of a step with tails; all: every track of the set, thinned until it fits. */
  readonly mode: 'window' | 'all';
  /** Steps of the tails before and after the step shown. */
  readonly before: number;
  readonly after: number;
  /** Tails fade with the distance in time. */
  readonly fade: boolean;
  readonly points: boolean;
  readonly tails: boolean;
  /** Velocity of each particle; `arrowLength` 1 = the 95th percentile of the speed is a twentieth of the box's diagonal long. */
  readonly arrows: boolean;
  readonly arrowLength: number;
  /** Name of a particle column; absent = one colour. */
  readonly colorBy?: string;
  readonly colors: ColorSettings;
  readonly histogram: boolean;
  readonly pointSize: number;
  readonly pointUnit: 'px' | 'axis';
  /** Particles that belong to no track. */
  readonly untracked: boolean;
  /** Far particles are paler in space; never in views along an axis, nor without it: then colours are exactly those of the bar. */
  readonly depthShading: boolean;
  readonly boundingBox: boolean;
  /** Densities of the particles shown on the three far sides of the box. */
  readonly backPlanes: boolean;
  /** Only what lies inside is drawn (clip box; a slab is one with two open axes). */
  readonly clip?: { readonly low: Triple; readonly high: Triple };
  readonly selection: TrackSelection;
  readonly differentiation: Differentiation;
}

/** A particle and the facts of it, in scaled values. */
export interface PickedParticle {
  readonly step: number;
  readonly pulse: number;
  /** Track number; absent where it has none. */
  readonly track?: number;
  readonly values: readonly { readonly name: string; readonly value: number; readonly unit: string }[];
}

/** What passes: all tracks, those of the whole selection, those of each filter alone (order of `selection.filters`, then the box). */
export interface TrackCounts {
  readonly total: number;
  readonly shown: number;
  readonly each: readonly number[];
}

/** What the draw worker tells of a picture. */
export interface ParticlesShown {
  readonly points: number;
  readonly vertices: number;
  /** Above 1 where only every n-th track is drawn so that the picture fits. */
  readonly every: number;
  /** Levels in effect. */
  readonly levels?: { readonly low: number; readonly high: number };
  readonly bar?: { readonly statistics: StatisticsReply; readonly histogram: readonly number[] };
  /** Absent while facts of the tracks are still read, and where nothing is filtered. */
  readonly counts?: TrackCounts;
  readonly renderer: 'gpu' | 'processor';
}

/** What a drag does; a press without a drag picks. */
export type ParticleTool = 'orbit' | 'pan';

/** What lies below the picture: plots or points of the selected track, or the list of all tracks. */
export type TrackPanel = 'plots' | 'points' | 'tracks';

/** A filter that can be switched off and on. */
export interface FilterRow extends TrackFilter {
  readonly on: boolean;
}

/** The particle under the pointer, which is at x, y of the picture (CSS pixels) while it shows a step. */
export interface HoveredParticle {
  readonly at: number;
  readonly particle: PickedParticle;
  readonly x: number;
  readonly y: number;
}

/** The part of a view's state that only views of particles have. */
export interface ParticleState {
  readonly display: ParticleDisplay;
  readonly camera: Camera;
  readonly tool: ParticleTool;
  readonly panel?: TrackPanel | undefined;
  /** The picture moves so that the selected track's particle stays in its middle. */
  readonly follow: boolean;
  readonly hovered?: HoveredParticle | undefined;
  /** Filters as their page lists them; those in effect make up `display.selection.filters`. */
  readonly filterRows: readonly FilterRow[];
  /** The track whose points and plots are shown. */
  readonly selectedTrack?: number | undefined;
  readonly picked?: PickedParticle | undefined;
  readonly shown?: ParticlesShown | undefined;
  /** Reading facts of tracks or all tracks: done of total. */
  readonly progress?: { readonly done: number; readonly total: number } | undefined;
}

const COLORS: ColorSettings = {
  map: 'viridis',
  reversed: false,
  transfer: 'linear',
  gamma: 1,
  markClipped: false,
  levels: { mode: 'locked', lowPercent: 0, highPercent: 99.8, symmetric: false },
};

type Amounts = Pick<ParticleDatasetInfo, 'tracks' | 'pulses' | 'steps' | 'particles'>;

export function defaultParticleDisplay(info: Amounts): ParticleDisplay {
  const tracked = info.tracks > 0;
  return {
    mode: 'window',
    before: 10,
    after: 0,
    fade: true,
    points: true,
    tails: tracked,
    arrows: false,
    arrowLength: 1,
    colorBy: tracked ? 'speed' : 'intensity',
    colors: COLORS,
    histogram: true,
    pointSize: usualPointSize(info),
    pointUnit: 'px',
    untracked: true,
    depthShading: true,
    boundingBox: true,
    backPlanes: false,
    selection: ALL_TRACKS,
    differentiation: DIFFERENCE,
  };
}

export function firstParticleState(info: Amounts): ParticleState {
  return { display: defaultParticleDisplay(info), camera: FIRST_CAMERA, tool: 'orbit', follow: false, filterRows: [] };
}
