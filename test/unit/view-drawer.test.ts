import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostAccess } from '../../renderer/draw-worker/host-access.ts';
import type { DrawAnswer, ViewSpec } from '../../renderer/draw-worker/messages.ts';
import type { Surface } from '../../renderer/draw-worker/surface.ts';
import { ViewDrawer } from '../../renderer/draw-worker/view-drawer.ts';
import { planeStatistics } from '../../shared/compute/statistics.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { plainTheme } from '../support/plain-theme.ts';
import { imageFrame } from '../support/view-frames.ts';

/** A host whose answers are given by hand, in any order. */
function manualHost(frame: FrameInfo) {
  const calls: {
    readonly what: string;
    readonly buffer: number;
    readonly signal: AbortSignal;
    answer(): void;
    fail(error: Error): void;
  }[] = [];
  const ask = <T>(what: string, buffer: number, signal: AbortSignal, value: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      calls.push({ what, buffer, signal, answer: () => resolve(value()), fail: reject });
      signal.addEventListener('abort', () => reject(new DataError('aborted', 'cancelled')));
    });
  const data = Uint16Array.from({ length: frame.shape[0] * frame.shape[1] }, (_, i) => i);
  const { reply, histogram } = planeStatistics({ dtype: 'u2', width: frame.shape[1], height: frame.shape[0], data });
  const host: HostAccess = {
    buffer: (_dataset, index, signal) =>
      ask('buffer', index, signal, () => ({ info: { index, state: 'present', name: '', frames: [frame], attributes: {} }, warnings: [] })),
    fields: (_dataset, place, { window, requests }, signal) =>
      ask('fields', place.buffer, signal, () => ({
        window,
        width: Math.ceil(window.width / window.step),
        height: Math.ceil(window.height / window.step),
        fields: new Map(requests.map(({ component, mode, as, reduce }) => [`${component}|${mode}|${as ?? ''}|${reduce ?? ''}`, data])),
      })),
    statistics: (_dataset, place, _wish, signal) =>
      ask('statistics', place.buffer, signal, () => ({ statistics: reply, histogram: [...histogram] })),
    forget: () => undefined,
  };
  /** Answers everything asked so far about a buffer, and what that leads to. */
  const answerAll = async (buffer: number): Promise<void> => {
    for (let round = 0; round < 5; round++) {
      for (const call of calls.filter((one) => one.buffer === buffer)) call.answer();
      await vi.advanceTimersByTimeAsync(20);
    }
  };
  return { host, calls, answerAll };
}

const theme = plainTheme();

function specOf(buffer: number, change: Partial<ViewSpec> = {}): ViewSpec {
  return {
    dataset: 'd1',
    place: { buffer, frame: 0, plane: 0 },
    zoom: { mode: 'fit' },
    area: { width: 8, height: 8 },
    pixelRatio: 1,
    theme,
    ...change,
  };
}

function start(frame = imageFrame(8, 8)) {
  const answers: DrawAnswer[] = [];
  const pixels = new Uint32Array(64);
  const surface = {
    raster: (width: number, height: number) => ({ width, height, pixels }),
    present: () => undefined,
  } as unknown as Surface;
  const hand = manualHost(frame);
  const drawer = new ViewDrawer(
    'v',
    surface,
    () => Promise.resolve(hand.host),
    (answer) => answers.push(answer),
  );
  const drawn = () => answers.filter((answer) => answer.type === 'drawn');
  return { ...hand, answers, drawer, drawn, pixels };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => setTimeout(callback, 16));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('view drawer', () => {
  it('draws when fields and statistics are there, and tells the levels that it settled', async () => {
    const { drawer, drawn, answerAll, answers, pixels } = start();
    drawer.show(1, specOf(0));
    await answerAll(0);
    expect(drawn()).toHaveLength(1);
    expect(drawn()[0]).toMatchObject({
      serial: 1,
      complete: true,
      shown: { place: { buffer: 0 }, background: { low: expect.closeTo(0.63, 1), high: expect.closeTo(62.9, 0) } },
    });
    expect(new Set(pixels).size).toBeGreaterThan(30);
    expect(answers.some((answer) => answer.type === 'bars' && answer.background !== undefined)).toBe(true);
  });

  it('keeps the last picture and skips what was overtaken', async () => {
    const { drawer, drawn, calls, answerAll } = start();
    drawer.show(1, specOf(0));
    await answerAll(0);
    drawer.show(2, specOf(1));
    await vi.advanceTimersByTimeAsync(20);
    for (let buffer = 2; buffer <= 6; buffer++) drawer.show(buffer + 1, specOf(buffer));
    await vi.advanceTimersByTimeAsync(20);
    expect(calls.some(({ buffer }) => buffer > 1)).toBe(false);
    await answerAll(1);
    await answerAll(6);
    expect(drawn().at(-1)).toMatchObject({ serial: 7, complete: true, shown: { place: { buffer: 6 } } });
    expect(calls.some(({ buffer }) => buffer > 1 && buffer < 6)).toBe(false);
    for (const answer of drawn()) if (answer.shown.place.buffer !== 6) expect(answer.complete && answer.serial > 2).toBe(false);
  });

  it('aborts a slow load once something else is wanted', async () => {
    const { drawer, calls } = start();
    drawer.show(1, specOf(0));
    await vi.advanceTimersByTimeAsync(500);
    drawer.show(2, specOf(1));
    await vi.advanceTimersByTimeAsync(1);
    expect(calls[0]?.signal.aborted).toBe(true);
    expect(calls.at(-1)).toMatchObject({ what: 'buffer', buffer: 1 });
  });

  it('redraws new levels and zoom without a request', async () => {
    const { drawer, drawn, calls, answerAll } = start();
    drawer.show(1, specOf(0));
    await answerAll(0);
    const before = calls.length;
    const answer = drawn()[0];
    if (!answer) throw new Error('nothing drawn');
    const { background } = answer.display;
    const levels = { ...background.colors.levels, low: 5, high: 10 };
    drawer.show(
      2,
      specOf(0, {
        display: { ...answer.display, background: { ...background, colors: { ...background.colors, levels } } },
        zoom: { mode: 'free', centreX: 2, centreY: 2, scale: 4 },
      }),
    );
    await vi.advanceTimersByTimeAsync(20);
    expect(calls).toHaveLength(before);
    expect(drawn().at(-1)).toMatchObject({ serial: 2, complete: true, shown: { background: { low: 5, high: 10 } } });
  });

  it('asks for the fields of the next buffer without waiting for its facts', async () => {
    const { drawer, calls, answerAll } = start();
    drawer.show(1, specOf(0));
    await answerAll(0);
    drawer.show(2, specOf(1));
    await vi.advanceTimersByTimeAsync(1);
    expect(calls.filter(({ buffer }) => buffer === 1).map(({ what }) => what)).toEqual(['fields', 'buffer']);
    await answerAll(1);
    expect(calls.filter(({ buffer, what }) => buffer === 1 && what === 'fields')).toHaveLength(1);
  });

  it('leaves the last picture as it is while another place is loading', async () => {
    const { drawer, drawn, answerAll } = start();
    drawer.show(1, specOf(0));
    await answerAll(0);
    drawer.show(2, specOf(1));
    await vi.advanceTimersByTimeAsync(50);
    expect(drawn()).toHaveLength(1);
    await answerAll(1);
    expect(
      drawn()
        .slice(1)
        .map(({ shown }) => shown.place.buffer),
    ).toEqual([1]);
  });

  it('fetches ahead what follows, and draws it at once', async () => {
    const { drawer, drawn, calls, answerAll } = start();
    const place = (buffer: number) => ({ buffer, frame: 0, plane: 0 });
    drawer.show(1, specOf(0, { next: place(1) }));
    await answerAll(0);
    await answerAll(1);
    expect(drawn().at(-1)).toMatchObject({ serial: 1, shown: { place: { buffer: 0 } } });
    const before = calls.filter(({ buffer }) => buffer === 1).length;
    drawer.show(2, specOf(1, { next: place(2) }));
    await vi.advanceTimersByTimeAsync(20);
    expect(drawn().at(-1)).toMatchObject({ serial: 2, complete: true, shown: { place: { buffer: 1 } } });
    expect(calls.filter(({ buffer, what }) => buffer === 1 && what !== 'statistics')).toHaveLength(before);
    drawer.show(3, specOf(5));
    await vi.advanceTimersByTimeAsync(1);
    expect(calls.filter(({ buffer }) => buffer === 2).every(({ signal }) => signal.aborted)).toBe(true);
  });

  it('tells what failed, and is silent about what was cancelled', async () => {
    const { drawer, calls, answers } = start();
    drawer.show(1, specOf(3));
    await vi.advanceTimersByTimeAsync(1);
    calls[0]?.fail(new DataError('truncated', 'The file ends after 100 bytes.'));
    await vi.advanceTimersByTimeAsync(1);
    expect(answers).toEqual([
      {
        type: 'failed',
        view: 'v',
        serial: 1,
        place: { buffer: 3, frame: 0, plane: 0 },
        error: { code: 'truncated', message: 'The file ends after 100 bytes.' },
      },
    ]);
    drawer.show(2, specOf(4));
    await vi.advanceTimersByTimeAsync(1);
    drawer.cancel();
    await vi.advanceTimersByTimeAsync(1);
    expect(answers).toHaveLength(1);
    expect(calls.at(-1)?.signal.aborted).toBe(true);
  });
});
