import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostAccess } from '../../renderer/draw-worker/host-access.ts';
import type { ViewSpec } from '../../renderer/draw-worker/messages.ts';
import { thumbnailQueue } from '../../renderer/draw-worker/thumbnail-queue.ts';
import { planeStatistics } from '../../shared/compute/statistics.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { plainTheme } from '../support/plain-theme.ts';
import { imageFrame } from '../support/view-frames.ts';

const frame = imageFrame(8, 8);
const data = Uint16Array.from({ length: 64 }, (_, i) => i);
const { reply, histogram } = planeStatistics({ dtype: 'u2', width: 8, height: 8, data });
const theme = plainTheme();
const spec = (buffer: number): ViewSpec => ({
  dataset: 'd1',
  place: { buffer, frame: 0, plane: 0 },
  zoom: { mode: 'fit' },
  area: { width: 8, height: 8 },
  pixelRatio: 1,
  theme,
});

/** Every call takes 10 ms; buffer 9 is damaged. */
function slowHost(asked: number[]): HostAccess {
  const answer = <T>(signal: AbortSignal, value: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DataError('aborted', 'cancelled')));
      setTimeout(() => resolve(value()), 10);
    });
  return {
    buffer: (_dataset, index, signal) => {
      asked.push(index);
      if (index === 9) return Promise.reject(new DataError('truncated', 'cut'));
      return answer(signal, () => ({ info: { index, state: 'present', name: '', frames: [frame], attributes: {} }, warnings: [] }));
    },
    fields: (_dataset, _place, { window, requests }, signal) =>
      answer(signal, () => ({
        window,
        width: 8,
        height: 8,
        fields: new Map(requests.map(({ component, mode, as, reduce }) => [`${component}|${mode}|${as ?? ''}|${reduce ?? ''}`, data])),
      })),
    statistics: (_dataset, _place, _wish, signal) => answer(signal, () => ({ statistics: reply, histogram: [...histogram] })),
    forget: () => undefined,
  };
}

class FakeCanvas {
  width = 1;
  height = 1;
  getContext = (): unknown => ({ putImageData: () => undefined });
  convertToBlob = async (): Promise<Blob> => new Blob([`${this.width} x ${this.height}`]);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.stubGlobal('OffscreenCanvas', FakeCanvas);
  vi.stubGlobal(
    'ImageData',
    class {
      readonly width: number;
      readonly height: number;
      readonly data: Uint8ClampedArray;
      constructor(width: number, height: number) {
        this.width = width;
        this.height = height;
        this.data = new Uint8ClampedArray(width * height * 4);
      }
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function start() {
  const asked: number[] = [];
  const done: (readonly [number, boolean])[] = [];
  const queue = thumbnailQueue((id, blob) => done.push([id, blob !== undefined]));
  queue.connect(slowHost(asked));
  return { queue, asked, done };
}

describe('thumbnails', () => {
  it('are drawn one after the other once the views are quiet; what cannot be drawn is told', async () => {
    const { queue, asked, done } = start();
    for (const [id, buffer] of [
      [1, 0],
      [2, 9],
      [3, 4],
    ] as const)
      queue.add(id, spec(buffer));
    await vi.advanceTimersByTimeAsync(300);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(done).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ]);
  });

  it('yield to views at once and go on later', async () => {
    const { queue, asked, done } = start();
    queue.add(1, spec(0));
    await vi.advanceTimersByTimeAsync(355);
    expect(asked).toEqual([0]);
    queue.yield();
    await vi.advanceTimersByTimeAsync(300);
    expect([asked, done]).toEqual([[0], []]);
    await vi.advanceTimersByTimeAsync(300);
    expect(done).toEqual([[1, true]]);
  });

  it('that are dropped are never asked for', async () => {
    const { queue, asked, done } = start();
    queue.add(1, spec(0));
    queue.add(2, spec(1));
    queue.drop(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect([[...new Set(asked)], done]).toEqual([[1], [[2, true]]]);
  });
});
