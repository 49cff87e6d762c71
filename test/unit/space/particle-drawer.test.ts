import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DrawAnswer, ViewSpec } from '../../../renderer/draw-worker/messages.ts';
import { ParticleDrawer } from '../../../renderer/draw-worker/particles/particle-drawer.ts';
import type { Surface } from '../../../renderer/draw-worker/surface.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';
import { infoOf, layerArrays, particleHost, particleSpec } from '../../support/particle-host.ts';

function start(host = particleHost()) {
  const answers: DrawAnswer[] = [];
  let raster = { width: 0, height: 0, pixels: new Uint32Array(0) };
  const surface = {
    raster(width: number, height: number) {
      if (raster.width !== width || raster.height !== height) raster = { width, height, pixels: new Uint32Array(width * height) };
      return raster;
    },
    present: () => undefined,
  } as unknown as Surface;
  const drawer = new ParticleDrawer(
    'v',
    surface,
    async () => host.access,
    (answer) => answers.push(answer),
  );
  const drawn = () => answers.filter((answer) => answer.type === 'particles-drawn');
  const inked = () => raster.pixels.reduce((sum, pixel) => sum + (pixel === 0xff000000 ? 0 : 1), 0);
  let serial = 0;
  const show = async (spec: ViewSpec) => {
    drawer.show(++serial, spec);
    await quiet();
  };
  return { ...host, answers, drawer, drawn, inked, show };
}

const quiet = async (): Promise<void> => {
  for (let i = 0; i < 12; i++) await new Promise((resolve) => setTimeout(resolve, 2));
  await new Promise((resolve) => setTimeout(resolve, 130));
};

beforeEach(() => vi.stubGlobal('requestAnimationFrame', (callback: () => void) => setTimeout(callback, 1)));
afterEach(() => vi.unstubAllGlobals());

describe('particle drawer', () => {
  test('draws a step with its tails and tells what is seen', async () => {
    const { show, drawn, inked } = start();
    await show(particleSpec(5));
    expect(drawn().at(-1)).toMatchObject({
      complete: true,
      place: { buffer: 5 },
      shown: { points: 12, vertices: 48, every: 1, renderer: 'processor', bar: { statistics: { count: 12 } } },
    });
    const { low = -1, high = -1 } = drawn().at(-1)?.shown.levels ?? {};
    expect(low >= 0 && low < 0.2 && high > 10.8 && high <= 11).toBe(true);
    expect(inked()).toBeGreaterThan(100);
  });

  test('settled levels stay for steps that are like them, and grow for what lies far beyond', async () => {
    const { show, drawn } = start(
      particleHost((request) => {
        const arrays = layerArrays(request);
        return {
          ...arrays,
          columns: arrays.columns.map((data) => data.map((value) => value * (request.step < 5 ? 1 + request.step / 50 : 10))),
        };
      }),
    );
    await show(particleSpec(0));
    const first = drawn().at(-1)?.shown.levels;
    await show(particleSpec(4));
    expect(drawn().at(-1)?.shown.levels).toEqual(first);
    expect(drawn().at(-1)?.shown.bar?.statistics.max).toBeCloseTo(11.88, 3);
    await show(particleSpec(9));
    expect(drawn().at(-1)?.shown.levels?.low).toBe(first?.low);
    expect(drawn().at(-1)?.shown.levels?.high).toBeCloseTo(110, 0);
  });

  test('turning the camera fetches nothing; the next step only what it lacks', async () => {
    const { show, calls, drawn } = start();
    await show(particleSpec(5));
    const before = calls.length;
    const spec = particleSpec(5);
    await show({ ...spec, particles: { ...spec.particles!, camera: { ...spec.particles!.camera, turn: 1, moving: true } } });
    expect(calls).toHaveLength(before);
    expect(drawn().at(-1)).toMatchObject({ serial: 2, complete: true });
    await show(particleSpec(6));
    expect(calls.slice(before).map(({ step }) => step)).toEqual([6]);
    await show(particleSpec(6, {}, { spec: { next: { buffer: 7, frame: 0, plane: 0 } } }));
    expect(calls.slice(before).map(({ step }) => step)).toEqual([6, 7, 8, 9, 10]);
  });

  test('what was drawn in part for a moving camera is drawn in full once it rests', async () => {
    const many = 400_000;
    const host = particleHost((request) => {
      const track = Uint32Array.from({ length: many }, (_, i) => i);
      const xyz = Float32Array.from(
        { length: 3 * many },
        (_, k) => [Math.floor(k / 3) % 2 === 0 ? 5 : 30, (Math.floor(k / 3) * 0.3819) % 20, 10][k % 3]!,
      );
      return {
        total: many,
        track,
        next: new Uint32Array(many).fill(NO_TRACK),
        xyz,
        columns: request.columns.map(() => new Float32Array(many)),
      };
    });
    const { show, drawer, drawn, inked } = start(host);
    const spec = particleSpec(0, { pointSize: 1 }, { spec: { area: { width: 900, height: 700 } } });
    const moving = { ...spec, particles: { ...spec.particles!, camera: { ...spec.particles!.camera, moving: true } } };
    await show(spec);
    await vi.waitUntil(() => drawn().at(-1)?.complete);
    const whole = inked();
    drawer.show(9, moving);
    await vi.waitUntil(() => drawn().at(-1)?.serial === 9);
    expect(inked()).toBeLessThan(0.8 * whole);
    const before = drawn().length;
    await vi.waitUntil(() => drawn().length > before, { timeout: 5000 });
    expect(inked()).toBe(whole);
  });

  test('filters tracks and counts them', async () => {
    const { show, drawn } = start();
    await show(
      particleSpec(5, {
        untracked: false,
        selection: {
          filters: [
            { column: 'length', low: 15 },
            { column: 'speed', high: 5 },
          ],
        },
      }),
    );
    expect(drawn().at(-1)).toMatchObject({
      complete: true,
      shown: { points: 2, vertices: 8, counts: { total: 10, shown: 2, each: [6, 6] } },
    });
  });

  test('tells how far facts and whole sets are', async () => {
    const { show, answers, tell } = start();
    await show(particleSpec(5, { mode: 'all' }));
    const progress = () => answers.filter((answer) => answer.type === 'particles-progress');
    expect(progress().at(-1)).toMatchObject({ done: 20, total: 20 });
    tell('d1', 30, 30);
    tell('other', 1, 2);
    expect(progress().at(-1)).toMatchObject({ done: 30, total: 30 });
  });

  test('a damaged step fails with its place, the picture before stays; damaged neighbours only shorten the tails', async () => {
    const { show, answers, drawn } = start(
      particleHost((request) => (request.step === 8 ? Promise.reject(new DataError('truncated', 'cut')) : layerArrays(request))),
    );
    await show(particleSpec(5));
    await show(particleSpec(8));
    expect(answers.filter((answer) => answer.type === 'failed')).toMatchObject([{ place: { buffer: 8 }, error: { code: 'truncated' } }]);
    expect(drawn().at(-1)?.place.buffer).toBe(5);
    await show(particleSpec(9));
    expect(drawn().at(-1)).toMatchObject({ complete: true, place: { buffer: 9 }, shown: { vertices: 36 } });
  });

  test('picks what is drawn, with its values', async () => {
    const { show, drawer } = start();
    await show(particleSpec(5, { untracked: false, clip: { low: [-1e9, 3, -1e9], high: [1e9, 3, 1e9] } }));
    const found = await Promise.all(Array.from({ length: 120 }, (_, x) => drawer.pick(x, 51)));
    const all = found.filter((one) => one !== undefined);
    // The lines of the tail are picked, too: they tell what the track was like there.
    expect(all.every(({ track, step }) => track === 3 && step <= 5)).toBe(true);
    const hits = all.filter(({ step }) => step === 5);
    expect(hits.length).toBeGreaterThan(5);
    expect(hits.length).toBeLessThan(all.length);
    expect(hits.every(({ track }) => track === 3)).toBe(true);
    const shown = hits.find(({ step }) => step === 5);
    expect(shown).toMatchObject({ pulse: 0, track: 3 });
    expect(shown?.values.find(({ name }) => name === 'intensity')).toEqual({ name: 'intensity', value: 305, unit: 'counts' });
    expect(found[0]).toBeUndefined();
  });

  test('draws the selected track in full', async () => {
    const { show, inked } = start();
    const clip = { low: [1e6, 0, 0], high: [2e6, 1, 1] } as const;
    await show(particleSpec(5, { clip }));
    const before = inked();
    await show(particleSpec(5, { clip }, { wish: { selectedTrack: 3 } }));
    expect(inked()).toBeGreaterThan(before + 50);
  });

  test('another dataset leaves nothing of the last one on the screen', async () => {
    const host = particleHost((request) => (request.dataset === 'd2' ? new Promise(() => undefined) : layerArrays(request)));
    const { show, inked } = start(host);
    await show(particleSpec(5));
    expect(inked()).toBeGreaterThan(0);
    await show(particleSpec(5, {}, { spec: { dataset: 'd2' } }));
    expect(inked()).toBe(0);
  });

  test('after closing nothing is told any more', async () => {
    const { drawer, answers } = start();
    drawer.show(1, particleSpec(5));
    drawer.close();
    await quiet();
    expect(answers).toEqual([]);
  });
});

describe('odd particles', () => {
  const odd = fc.oneof(fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 3e38, -3e38), fc.float());
  test('never stop a picture: places and values without number, no particles, bounds without extent', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ place: fc.tuple(odd, odd, odd), value: odd, track: fc.boolean() }), { maxLength: 12 }),
        fc.array(odd, { minLength: 6, maxLength: 6 }),
        fc.boolean(),
        fc.boolean(),
        async (particles, bounds, perspective, arrows) => {
          const ordered = [...particles].sort((a, b) => Number(b.track) - Number(a.track));
          const host = particleHost(({ columns }) => ({
            total: ordered.length,
            xyz: Float32Array.from(ordered.flatMap(({ place }) => place)),
            track: Uint32Array.from(ordered, ({ track }, i) => (track ? i : NO_TRACK)),
            next: Uint32Array.from(ordered, ({ track }, i) => (track ? i : NO_TRACK)),
            columns: columns.map(() => Float32Array.from(ordered, ({ value }) => value)),
          }));
          const { drawer, drawn, answers } = start(host);
          const spec = particleSpec(5, { arrows, boundingBox: true, backPlanes: true }, { wish: { info: infoOf({ bounds }) } });
          drawer.show(1, { ...spec, particles: { ...spec.particles!, camera: { ...spec.particles!.camera, perspective } } });
          for (let i = 0; i < 40 && !drawn().at(-1)?.complete; i++) await new Promise((resolve) => setTimeout(resolve, 4));
          expect(answers.filter(({ type }) => type === 'failed')).toEqual([]);
          expect(drawn().at(-1)?.complete).toBe(true);
          drawer.close();
        },
      ),
      { numRuns: 40 },
    );
  });
});
