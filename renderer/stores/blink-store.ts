import { create } from 'zustand';
import { framesOfView } from './frame-choices.ts';
import { goTo } from './playback-effects.ts';
import { activeView, useViews } from './view-store.ts';

/** Changes of frame in a second. */
export const BLINK_RATES = [1, 2, 4, 8] as const;
export type BlinkRate = (typeof BLINK_RATES)[number];

interface BlinkState {
  readonly rate: BlinkRate;
  setRate(rate: BlinkRate): void;
}

let timer: ReturnType<typeof setInterval> | undefined;

export const useBlink = create<BlinkState>((set) => ({
  rate: 4,
  setRate: (rate) => {
    set({ rate });
    keepTime();
  },
}));

/** The first two frames of the active view take turns (A, B, A ...), or stop. */
export function toggleBlink(): void {
  const view = activeView();
  if (view) useViews.getState().patch(view.id, { blinking: !view.blinking && framesOfView(view) > 1 });
  keepTime();
}

/** One clock for all views, which runs while any of them blinks. */
function keepTime(): void {
  clearInterval(timer);
  timer = undefined;
  if (Object.values(useViews.getState().views).some(({ blinking }) => blinking))
    timer = setInterval(blinkOnce, 1000 / useBlink.getState().rate);
}

/** Waits for the frame that was asked for last, so that slow data slow the turns down and never pile up. */
function blinkOnce(): void {
  const blinking = Object.values(useViews.getState().views).filter((view) => view.blinking);
  for (const view of blinking) {
    if (view.error || framesOfView(view) < 2) useViews.getState().patch(view.id, { blinking: false });
    else if (view.shown?.place.frame === view.place.frame) goTo(view.id, { frame: view.place.frame === 0 ? 1 : 0 });
  }
  if (blinking.length === 0) keepTime();
}
