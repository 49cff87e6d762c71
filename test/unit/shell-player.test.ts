import { describe, expect, it } from 'vitest';
import type { PlayMode, PlayRate } from '../../renderer/stores/playback-store.ts';
import { createMeter, following, play, type Stage } from '../../renderer/stores/player.ts';

interface Setup {
  readonly count?: number;
  readonly mode?: PlayMode;
  readonly rate?: PlayRate;
  readonly loop?: boolean;
  /** Milliseconds until a picture is there. */
  readonly drawing?: number;
  readonly times?: readonly (number | undefined)[];
  /** Milliseconds that every wait takes too long. */
  readonly late?: number;
  /** Stops after so many pictures. */
  readonly most?: number;
}

/** A clock that moves only by waiting and drawing. */
async function playOn(
  { count = 10, mode = 'every', rate = 10, loop = false, drawing = 5, times = [], late = 0, most = 50 }: Setup,
  moved?: (shown: number[], stage: { at: number }) => void,
) {
  const control = new AbortController();
  const state = { at: 0, clock: 0 };
  const shown: number[] = [];
  const moments: number[] = [];
  let dropped = 0;
  let measured: number | undefined;
  const stage: Stage = {
    count,
    buffer: () => state.at,
    show: (buffer) => {
      state.at = buffer;
    },
    shown: async () => {
      state.clock += drawing;
      shown.push(state.at);
      moments.push(state.clock);
      moved?.(shown, state);
      if (shown.length >= most) control.abort();
    },
    time: async (buffer) => times[buffer],
    options: () => ({ mode, rate, loop }),
    now: () => state.clock,
    wait: async (milliseconds) => {
      state.clock += milliseconds > 0 ? milliseconds + late : 0;
    },
    report: (rateNow, droppedNow) => {
      measured = rateNow;
      dropped = droppedNow;
    },
  };
  await play(stage, control.signal);
  return { shown, moments, dropped, measured };
}

describe('playing every frame', () => {
  it('shows each buffer once, at the asked rate', async () => {
    const { shown, moments, dropped, measured } = await playOn({ count: 6 });
    expect(shown).toEqual([1, 2, 3, 4, 5]);
    expect(moments).toEqual([5, 105, 205, 305, 405]);
    expect(dropped).toBe(0);
    expect(measured).toBeCloseTo(10, 6);
  });

  it('keeps the rate although timers are late', async () => {
    const { moments, measured } = await playOn({ count: 12, late: 8 });
    expect(
      moments
        .slice(1)
        .map((moment, index) => moment - (moments[index] ?? 0))
        .slice(1),
    ).toEqual(Array.from({ length: 9 }, () => 100));
    expect(measured).toBeCloseTo(10, 6);
  });

  it('waits for slow pictures instead of leaving buffers out', async () => {
    const { shown, measured } = await playOn({ count: 6, drawing: 250 });
    expect(shown).toEqual([1, 2, 3, 4, 5]);
    expect(measured).toBeCloseTo(4, 6);
  });

  it('goes on at the first after the last with loop', async () => {
    const { shown } = await playOn({ count: 3, loop: true, most: 5 });
    expect(shown).toEqual([1, 2, 0, 1, 2]);
  });

  it('goes on from where the user went', async () => {
    const { shown } = await playOn({ count: 10 }, (list, state) => {
      if (list.length === 2) state.at = 7;
    });
    expect(shown).toEqual([1, 2, 8, 9]);
  });
});

describe('playing in real time', () => {
  it('keeps the rate when pictures are quick', async () => {
    const { shown, dropped } = await playOn({ mode: 'real', count: 5, rate: 10, drawing: 1 });
    expect(shown).toEqual([1, 2, 3, 4]);
    expect(dropped).toBe(0);
  });

  it('leaves buffers out when pictures are slow, counts them and ends on the last', async () => {
    const { shown, dropped, moments } = await playOn({ mode: 'real', count: 21, rate: 10, drawing: 350 });
    expect(shown.at(-1)).toBe(20);
    expect(dropped).toBe(20 - shown.length);
    expect(dropped).toBeGreaterThan(10);
    for (const [index, buffer] of shown.slice(0, -1).entries())
      expect(Math.abs((moments[index] ?? 0) - 350 - buffer * 100)).toBeLessThanOrEqual(100);
  });

  it('follows the acquisition times', async () => {
    const { shown, moments } = await playOn({ mode: 'real', rate: 'recorded', drawing: 1, times: [0, 0.05, 0.5, 0.55, 1], count: 5 });
    expect(shown).toEqual([1, 2, 3, 4]);
    for (const [index, due] of [50, 500, 550, 1000].entries()) expect((moments[index] ?? 0) - due).toBeLessThan(5);
  });

  it('drops what is over when a picture is there too late', async () => {
    const { shown, dropped } = await playOn({
      mode: 'real',
      rate: 'recorded',
      drawing: 260,
      times: [0, 0.1, 0.2, 0.3, 0.4, 0.5],
      count: 6,
    });
    expect(shown).toEqual([1, 3, 5]);
    expect(dropped).toBe(2);
  });

  it('takes a fixed rate where no times are stored', async () => {
    const { shown, moments } = await playOn({ mode: 'real', rate: 'recorded', drawing: 0, count: 4 });
    expect(shown).toEqual([1, 2, 3]);
    expect(moments.at(-1)).toBeGreaterThanOrEqual(120);
  });

  it('begins its clock anew when it starts over or the user moves', async () => {
    const looped = await playOn({ mode: 'real', rate: 10, drawing: 1, count: 3, loop: true, most: 6 });
    expect(looped.shown).toEqual([1, 2, 0, 1, 2, 0]);
    const moved = await playOn({ mode: 'real', rate: 10, drawing: 1, count: 12 }, (list, state) => {
      if (list.length === 1) state.at = 8;
    });
    expect(moved.shown).toEqual([1, 9, 10, 11]);
  });

  it('ends at once on a single buffer', async () => {
    expect((await playOn({ mode: 'real', count: 1, loop: true })).shown).toEqual([]);
    expect((await playOn({ mode: 'every', count: 1, loop: true })).shown).toEqual([]);
  });
});

describe('parts of the player', () => {
  it('finds the buffer after this one', () => {
    expect(following(3, 5, false)).toBe(4);
    expect(following(4, 5, false)).toBeUndefined();
    expect(following(4, 5, true)).toBe(0);
    expect(following(0, 1, true)).toBeUndefined();
  });

  it('measures over the last second', () => {
    const meter = createMeter();
    expect(meter(0)).toBeUndefined();
    expect(meter(100)).toBeCloseTo(10);
    for (let now = 200; now <= 3000; now += 100) meter(now);
    expect(meter(3020)).toBeGreaterThan(10);
  });
});
