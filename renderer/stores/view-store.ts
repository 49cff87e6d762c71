import { create } from 'zustand';
import type { DatasetId } from '../../shared/contract/opened.ts';
import type { SampleReply, StatisticsReply } from '../../shared/contract/planes.ts';
import type { ArrowCounts } from '../../shared/draw/scene.ts';
import type { ErrorRecord } from '../../shared/model/data-error.ts';
import type { Cut } from '../../shared/model/cut.ts';
import type { BufferInfo } from '../../shared/model/frames.ts';
import type { Warning } from '../../shared/model/warning.ts';
import type { Camera } from './camera.ts';
import type { DisplaySettings, Zoom } from './display-settings.ts';
import type { ParticleState } from './particle-display.ts';

/** Which plane of a dataset a view wants to show; 0-based. */
export interface Place {
  readonly buffer: number;
  readonly frame: number;
  readonly plane: number;
  /** A volume cut across; `plane` then counts along the axis that is exchanged with z. */
  readonly cut?: Cut | undefined;
}

/** What is on the screen now, told by the draw worker after a picture is complete. */
export interface Shown {
  readonly place: Place;
  /** Levels in effect, background and arrows. */
  readonly background?: { readonly low: number; readonly high: number };
  readonly arrows?: { readonly low: number; readonly high: number };
  readonly arrowCounts?: ArrowCounts & { readonly total: number };
  /** Samples by state; of the whole frame, or (`part`) of the fetched part and step only. Absent where every sample is valid. */
  readonly states?: {
    readonly masked: number;
    readonly disabled: number;
    readonly outside: number;
    readonly blank: number;
    readonly filtered: number;
    readonly part: boolean;
  };
  /** Milliseconds from request to picture. */
  readonly milliseconds: number;
}

/** Histogram and facts of the field behind a colour bar. */
export interface BarStatistics {
  readonly statistics: StatisticsReply;
  readonly histogram: readonly number[];
}

/** A place on another view's picture, in its sample indices (with fractions). */
export interface Cursor {
  readonly x: number;
  readonly y: number;
}

export interface ViewState {
  readonly id: string;
  readonly dataset: DatasetId;
  /** Wanted; the picture on screen is `shown`, which stays until the wanted one is complete. */
  readonly place: Place;
  readonly zoom: Zoom;
  /** Vectors of the whole volume from this side, in place of a plane. */
  readonly camera?: Camera | undefined;
  /** Present in views of particle sets, where `place.buffer` is the step and `place.frame` the pulse. */
  readonly particles?: ParticleState;
  /** Its first two frames take turns. */
  readonly blinking?: boolean;
  /** Zoom, buffer and levels follow the other linked views. */
  readonly linked?: boolean;
  /** Absent until the first buffer of the dataset is known. */
  readonly display?: DisplaySettings;
  /** The buffer that `shown` belongs to. */
  readonly bufferInfo?: BufferInfo;
  readonly bufferWarnings: readonly Warning[];
  readonly shown?: Shown;
  /** The wanted place could not be shown. */
  readonly error?: ErrorRecord | undefined;
  /** Since when the wanted picture is being loaded (performance.now()); set once that takes longer than people notice, absent when idle. */
  readonly loadingSince?: number | undefined;
  /** Sample under the cursor; `pinned` stays when the cursor leaves. */
  readonly readOut?: (SampleReply & { readonly positionX: number; readonly positionY: number; readonly pinned: boolean }) | undefined;
  /** Sample (with fractions) under the cursor of a linked view. */
  readonly cursor?: Cursor | undefined;
  readonly backgroundBar?: BarStatistics | undefined;
  readonly arrowBar?: BarStatistics | undefined;
}

interface Views {
  readonly views: Readonly<Record<string, ViewState>>;
  readonly active: string | undefined;
  add(view: ViewState): void;
  remove(id: string): void;
  activate(id: string | undefined): void;
  /** Merges into a view; unknown ids are ignored, since answers may come after a view is closed. */
  patch(id: string, change: Partial<ViewState> | ((view: ViewState) => Partial<ViewState>)): void;
}

export const useViews = create<Views>((set) => ({
  views: {},
  active: undefined,
  add: (view) => set((state) => ({ views: { ...state.views, [view.id]: view }, active: view.id })),
  remove: (id) =>
    set((state) => {
      const { [id]: _removed, ...views } = state.views;
      return { views, active: state.active === id ? Object.keys(views).at(-1) : state.active };
    }),
  activate: (id) => set({ active: id }),
  patch: (id, change) =>
    set((state) => {
      const view = state.views[id];
      if (!view) return state;
      const merged = { ...view, ...(typeof change === 'function' ? change(view) : change) };
      return { views: { ...state.views, [id]: merged } };
    }),
}));

/** The view that commands act on. */
export function activeView(): ViewState | undefined {
  const { views, active } = useViews.getState();
  return active === undefined ? undefined : views[active];
}
