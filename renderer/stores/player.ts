import type { PlayMode, PlayRate } from './playback-store.ts';

/** What the player moves: one view, a clock, and where its findings go. */
export interface Stage {
  readonly count: number;
  /** The buffer wanted now; also the user's own moves while playing. */
  buffer(): number;
  show(buffer: number): void;
  /** Resolves when the wanted buffer (or its error) is on the screen. */
  shown(): Promise<void>;
  /** Acquisition time in seconds, where it is known. */
  time(buffer: number): Promise<number | undefined>;
  options(): { readonly mode: PlayMode; readonly rate: PlayRate; readonly loop: boolean };
  /** Milliseconds. */
  now(): number;
  wait(milliseconds: number): Promise<void>;
  report(measured: number | undefined, dropped: number): void;
}

/** Rate of 'recorded' where no times are stored, and of 'every frame' with 'recorded'. */
const FALLBACK_RATE = 25;
const METER_MILLISECONDS = 1000;
const LONGEST_WAIT_MILLISECONDS = 100;

/** Plays until the end (without loop) or until the signal fires. */
export async function play(stage: Stage, signal: AbortSignal): Promise<void> {
  const meter = createMeter();
  let dropped = 0;
  let anchor: Anchor | undefined;
  let due: number | undefined;
  while (!signal.aborted) {
    const { mode } = stage.options();
    const before = stage.buffer();
    if (mode === 'every') {
      anchor = undefined;
      due = await stepEvery(stage, due ?? stage.now());
      if (due === undefined) return;
    } else {
      due = undefined;
      if (!anchor || anchor.last !== before) anchor = { start: before, last: before, wall: stage.now(), seconds: await stage.time(before) };
      const step: RealStep = await stepReal(stage, anchor);
      if (step === 'end') return;
      if (step === 'wait') continue;
      dropped += step.dropped;
      anchor = step.wrapped ? undefined : { ...anchor, last: stage.buffer() };
    }
    if (!signal.aborted) stage.report(meter(stage.now()), dropped);
  }
}

/** Where real time began, and the buffer that the player showed last: another one means that the user moved. */
interface Anchor {
  readonly start: number;
  readonly last: number;
  readonly wall: number;
  readonly seconds: number | undefined;
}

type RealStep = 'end' | 'wait' | { readonly dropped: number; readonly wrapped: boolean };

/**
 * The next buffer, shown now; ends when its picture is there and the time of the one after it has come, which it tells. Times follow each
 * other evenly, so that late timers do not add up; who is late by more than a picture goes on from now.
 */
async function stepEvery(stage: Stage, due: number): Promise<number | undefined> {
  const { rate, loop } = stage.options();
  const next = following(stage.buffer(), stage.count, loop);
  if (next === undefined) return undefined;
  stage.show(next);
  await stage.shown();
  const period = 1000 / rateOf(rate);
  const now = stage.now();
  const after = now - due > 2 * period ? now : due + period;
  await stage.wait(Math.max(0, after - now));
  return after;
}

/** The buffer that the clock asks for; those between are dropped. */
async function stepReal(stage: Stage, anchor: Anchor): Promise<RealStep> {
  const { rate, loop } = stage.options();
  const current = anchor.last;
  if (current >= stage.count - 1) {
    if (!loop || stage.count < 2) return 'end';
    stage.show(0);
    await stage.shown();
    return { dropped: 0, wrapped: true };
  }
  const elapsed = (stage.now() - anchor.wall) / 1000;
  const due =
    rate === 'recorded' && anchor.seconds !== undefined ? await dueByTime(stage, anchor, elapsed) : dueByRate(stage, anchor, elapsed);
  if (due.buffer <= current) {
    await stage.wait(Math.min(LONGEST_WAIT_MILLISECONDS, Math.max(1, due.next * 1000)));
    return 'wait';
  }
  stage.show(due.buffer);
  await stage.shown();
  return { dropped: due.buffer - current - 1, wrapped: false };
}

interface Due {
  readonly buffer: number;
  /** Seconds until the one after it. */
  readonly next: number;
}

function dueByRate(stage: Stage, anchor: Anchor, elapsed: number): Due {
  const rate = rateOf(stage.options().rate);
  const steps = Math.floor(elapsed * rate);
  return { buffer: Math.min(stage.count - 1, anchor.start + steps), next: (steps + 1) / rate - elapsed };
}

/** Steps over the stored times; a time that is absent or does not grow counts as due at once. */
async function dueByTime(stage: Stage, anchor: Anchor, elapsed: number): Promise<Due> {
  let buffer = anchor.last;
  while (buffer < stage.count - 1) {
    const seconds = await stage.time(buffer + 1);
    const ahead = seconds === undefined ? 0 : seconds - (anchor.seconds ?? 0) - elapsed;
    if (ahead > 0) return { buffer, next: ahead };
    buffer += 1;
    if (seconds === undefined) break;
  }
  return { buffer, next: 0 };
}

function rateOf(rate: PlayRate): number {
  return rate === 'recorded' ? FALLBACK_RATE : rate;
}

/** The buffer after this one; the first after the last with loop, else undefined. */
export function following(buffer: number, count: number, loop: boolean): number | undefined {
  if (count < 2) return undefined;
  if (buffer + 1 < count) return buffer + 1;
  return loop ? 0 : undefined;
}

/** Pictures per second over the last second, told at each picture. */
export function createMeter(): (now: number) => number | undefined {
  const shown: number[] = [];
  return (now) => {
    shown.push(now);
    while (shown.length > 2 && now - (shown[0] ?? now) > METER_MILLISECONDS) shown.shift();
    const span = now - (shown[0] ?? now);
    return span > 0 ? ((shown.length - 1) * 1000) / span : undefined;
  };
}
