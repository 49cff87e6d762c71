import { create } from 'zustand';

/** every: each buffer is shown, however long it takes; real: the clock decides and buffers are left out. */
export type PlayMode = 'every' | 'real';

/** Buffers per second; 'recorded' follows the acquisition times. */
export type PlayRate = number | 'recorded';

export const PLAY_RATES: readonly PlayRate[] = [1, 2, 5, 10, 25, 50, 100, 'recorded'];

interface PlaybackState {
  /** The view that plays. */
  readonly playing: string | undefined;
  readonly mode: PlayMode;
  readonly rate: PlayRate;
  readonly loop: boolean;
  /** Measured over the last second; absent until two pictures were shown. */
  readonly measured: number | undefined;
  /** Buffers left out since play began. */
  readonly dropped: number;
  patch(change: Partial<Omit<PlaybackState, 'patch'>>): void;
}

export const usePlayback = create<PlaybackState>((set) => ({
  playing: undefined,
  mode: 'every',
  rate: 25,
  loop: true,
  measured: undefined,
  dropped: 0,
  patch: (change) => set(change),
}));
