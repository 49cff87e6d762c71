import type { DatasetId } from '../../shared/contract/opened.ts';
import type { Rgba } from '../../shared/draw/scene.ts';
import type { ErrorRecord } from '../../shared/model/data-error.ts';
import type { Warning } from '../../shared/model/warning.ts';
import type { BufferInfo } from '../../shared/model/frames.ts';
import type { Camera } from '../stores/camera.ts';
import type { DisplaySettings, Zoom } from '../stores/display-settings.ts';
import type { DrawChannel } from '../client/connection.ts';
import type { BarStatistics, Place, Shown } from '../stores/view-store.ts';
import type { ParticleDatasetInfo } from '../../shared/model/dataset.ts';
import type { ParticleDisplay, ParticlesShown, PickedParticle } from '../stores/particle-display.ts';
import type { Brightness } from '../views/frame/default-display.ts';
import type { Size } from '../views/frame/viewport.ts';

/** Colours of marks over data, from the theme's tokens. */
export interface ThemeColors {
  readonly brightness: Brightness;
  readonly canvas: Rgba;
  readonly maskedLine: Rgba;
  readonly maskedFill: Rgba;
  readonly missingLine: Rgba;
  readonly notANumber: Rgba;
  readonly under: Rgba;
  readonly over: Rgba;
  readonly disabled: Rgba;
  readonly categories: readonly Rgba[];
}

/** Everything that decides a picture. Sizes in CSS pixels; the canvas has `pixelRatio` device pixels for each. */
export interface ViewSpec {
  readonly dataset: DatasetId;
  readonly place: Place;
  /** What will be wanted after it: while playing. */
  readonly next?: Place;
  /** Absent = the frame's default. */
  readonly display?: DisplaySettings;
  readonly zoom: Zoom;
  /** Present = the whole volume in space. */
  readonly camera?: Camera;
  /** Present = a particle set; `place.buffer` is the step, `place.frame` the pulse. */
  readonly particles?: ParticleWish;
  readonly area: Size;
  readonly pixelRatio: number;
  readonly theme: ThemeColors;
}

/** What a picture of particles needs besides the place. */
export interface ParticleWish {
  readonly info: Pick<ParticleDatasetInfo, 'title' | 'steps' | 'pulses' | 'tracks' | 'particles' | 'scales' | 'bounds' | 'scalars'>;
  readonly display: ParticleDisplay;
  readonly camera: Camera;
  readonly selectedTrack?: number;
  /** Absent = 'auto': the GPU where there is one. 'gpu' takes any WebGL, also one without a GPU. */
  readonly renderer?: 'auto' | 'gpu' | 'processor';
}

/** From the page to the draw worker. */
export type DrawRequest =
  | { readonly type: 'connect'; readonly channel: DrawChannel }
  | { readonly type: 'attach'; readonly view: string; readonly canvas: OffscreenCanvas }
  | { readonly type: 'detach'; readonly view: string }
  /** Replaces what the view shows; `serial` comes back with the answer. */
  | { readonly type: 'show'; readonly view: string; readonly serial: number; readonly spec: ViewSpec }
  /** Stops loading; the last picture stays. */
  | { readonly type: 'cancel'; readonly view: string }
  /** The dataset changed behind its id (its worker was restarted): fetch again. */
  | { readonly type: 'refresh'; readonly dataset: DatasetId }
  | { readonly type: 'picture'; readonly view: string; readonly id: number }
  /** The particle at a place of the picture (CSS pixels from its left top), or the nearest one close to it. */
  | { readonly type: 'pick'; readonly view: string; readonly id: number; readonly x: number; readonly y: number }
  /** Which tracks pass the filters of the view, as soon as it is known. */
  | { readonly type: 'tracks'; readonly view: string; readonly id: number }
  /** A small picture, drawn when nothing else is to do. */
  | { readonly type: 'thumbnail'; readonly id: number; readonly spec: ViewSpec }
  /** A small picture is not wanted any more. */
  | { readonly type: 'drop-thumbnail'; readonly id: number };

/** Facts of the buffer on the screen; sent when they change. */
export interface ShownBuffer {
  readonly info: BufferInfo;
  readonly warnings: readonly Warning[];
}

/** From the draw worker to the page. */
export type DrawAnswer =
  | {
      readonly type: 'drawn';
      readonly view: string;
      readonly serial: number;
      /** False for a redraw of the last picture while the wanted one is loading. */
      readonly complete: boolean;
      readonly dataset: DatasetId;
      readonly shown: Shown;
      /** Display that was drawn: the asked one adapted to the frame. */
      readonly display: DisplaySettings;
      /** Value of an arrow of one spacing, where the worker chose it. */
      readonly reference?: number;
      readonly buffer?: ShownBuffer;
    }
  | {
      readonly type: 'particles-drawn';
      readonly view: string;
      readonly serial: number;
      readonly complete: boolean;
      readonly place: Place;
      readonly milliseconds: number;
      readonly shown: ParticlesShown;
    }
  | { readonly type: 'particles-progress'; readonly view: string; readonly done: number; readonly total: number }
  /** Found while the whole set was gone through. */
  | { readonly type: 'dataset-warnings'; readonly dataset: DatasetId; readonly warnings: readonly Warning[] }
  | { readonly type: 'picked'; readonly id: number; readonly particle?: PickedParticle }
  /** 1 = passes, by track number; absent = nothing is filtered. */
  | { readonly type: 'tracks'; readonly id: number; readonly mask?: Uint8Array }
  | { readonly type: 'bars'; readonly view: string; readonly background?: BarStatistics; readonly arrows?: BarStatistics }
  | { readonly type: 'failed'; readonly view: string; readonly serial: number; readonly place: Place; readonly error: ErrorRecord }
  | { readonly type: 'picture'; readonly id: number; readonly blob?: Blob }
  | { readonly type: 'thumbnail'; readonly id: number; readonly blob?: Blob };
