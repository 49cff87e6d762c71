import { describe, expect, test, vi } from 'vitest';
import { paintedLayer, visibleOf } from '../../../renderer/draw-worker/particles/layer-paint.ts';
import { fetchOrder, planLayers, plansAhead, type LayerWish } from '../../../renderer/draw-worker/particles/layer-plan.ts';
import { layerStore, storedLayer, type LayerSource } from '../../../renderer/draw-worker/particles/layer-store.ts';
import { prepareScale } from '../../../shared/draw/color-scale.ts';
import { particleAxes } from '../../../shared/draw/particle-axes.ts';
import { HIDDEN, PLAIN } from '../../../shared/draw/space-shades.ts';
import { MOST_VERTICES } from '../../../shared/draw/tails.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import { infoOf, layerArrays, particleHost, particleSpec } from '../../support/particle-host.ts';

const wishOf = (display: Parameters<typeof particleSpec>[1], info = infoOf()) => particleSpec(0, display, { wish: { info } }).particles!;
const snapshots = (wishes: readonly LayerWish[]): number[] => wishes.map(({ snapshot }) => snapshot);

describe('plan of layers', () => {
  test('tails are a range around the step, cut at the ends of the set', () => {
    const wish = wishOf({ before: 3, after: 2 });
    expect(snapshots(planLayers(wish, { buffer: 10, frame: 0 }).trails)).toEqual([7, 8, 9, 10, 11, 12]);
    expect(snapshots(planLayers(wish, { buffer: 1, frame: 0 }).trails)).toEqual([0, 1, 2, 3]);
    expect(snapshots(planLayers(wish, { buffer: 19, frame: 0 }).trails)).toEqual([16, 17, 18, 19]);
    expect(planLayers(wishOf({ tails: false }), { buffer: 10, frame: 0 }).trails).toEqual([]);
  });

  test('with several pulses a step they stay in the step', () => {
    const wish = wishOf({ before: 5, after: 5 }, infoOf({ pulses: 4, steps: 5 }));
    const plan = planLayers(wish, { buffer: 2, frame: 1 });
    expect([plan.shown.snapshot, snapshots(plan.trails)]).toEqual([9, [8, 9, 10, 11]]);
  });

  test('a whole set is thinned until it fits, the particles of the step are not', () => {
    const plan = planLayers(wishOf({ mode: 'all' }, infoOf({ particles: 3.5 * MOST_VERTICES })), { buffer: 3, frame: 0 });
    expect([plan.every, plan.shown.every, plan.trails.length, plan.trails[5]?.every]).toEqual([4, 1, 20, 4]);
    const found = planLayers(wishOf({ mode: 'all' }, infoOf({ tracks: 0 })), { buffer: 3, frame: 0 });
    expect([found.cloud, found.trails.length]).toEqual([true, 20]);
  });

  test('what is shown comes first, then the nearest, then what comes next', () => {
    const wish = wishOf({ before: 2, after: 1 });
    const [plan, next] = [planLayers(wish, { buffer: 10, frame: 0 }), planLayers(wish, { buffer: 11, frame: 0 })];
    expect(snapshots(fetchOrder(plan, [next]))).toEqual([10, 9, 11, 8, 12]);
  });

  test('a film fetches several steps ahead, over the end, and of whole sets only what is shown', () => {
    const places = (mode: 'window' | 'all') =>
      plansAhead(wishOf({ mode, before: 1 }), { buffer: 18, frame: 0 }).map(({ shown, trails }) => [shown.snapshot, ...snapshots(trails)]);
    expect(places('window')).toEqual([
      [18, 17, 18],
      [19, 18, 19],
      [0, 0],
      [1, 0, 1],
    ]);
    expect(places('all')).toEqual([[18], [19], [0], [1]]);
  });

  test('what is shown keeps its columns where a later tail needs fewer', () => {
    const wish = wishOf({ arrows: true, colorBy: 'speed', before: 2 });
    const [first] = fetchOrder(planLayers(wish, { buffer: 10, frame: 0 }), plansAhead(wish, { buffer: 11, frame: 0 }));
    expect(first).toEqual({ snapshot: 10, every: 1, columns: ['speed', 'u', 'v', 'w'] });
  });

  test('columns: colours everywhere, velocities and values of filters where they are needed, unknown ones never', () => {
    const wish = wishOf({
      colorBy: 'speed',
      arrows: true,
      selection: {
        filters: [
          { column: 'intensity', low: 1 },
          { column: 'length', low: 3 },
        ],
      },
    });
    const plan = planLayers(wish, { buffer: 10, frame: 0 });
    expect(plan.shown.columns).toEqual(['speed', 'u', 'v', 'w', 'intensity']);
    expect(plan.trails[0]?.columns).toEqual(['speed']);
    expect(planLayers(wishOf({ colorBy: 'nothing' }), { buffer: 0, frame: 0 }).shown.columns).toEqual([]);
  });
});

const axes = particleAxes(infoOf());
const source: LayerSource = { dataset: 'd1', pulses: 1, axes, differentiation: { method: 'difference' } };
const layer = (snapshot: number, columns: readonly string[] = []): LayerWish => ({ snapshot, every: 1, columns });
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('store of layers', () => {
  test('fetches in order, four at a time, and scales positions to the axes', async () => {
    const { access, calls } = particleHost();
    const changed = vi.fn();
    const store = layerStore(async () => access, changed);
    store.aim(
      source,
      [3, 2, 4, 1, 5, 0].map((snapshot) => layer(snapshot)),
    );
    await Promise.resolve();
    expect(calls.map(({ step }) => step)).toEqual([3, 2, 4, 1]);
    await settled();
    expect(calls.map(({ step }) => step)).toEqual([3, 2, 4, 1, 5, 0]);
    expect(changed).toHaveBeenCalledTimes(6);
    expect([...store.get(layer(3))!.positions.subarray(0, 6)]).toEqual([6.5, 0, 5, 6.5, 1, 5]);
  });

  test('keeps what it has, asks for missing columns only, and for motion again when it is computed otherwise', async () => {
    const { access, calls } = particleHost();
    const store = layerStore(
      async () => access,
      () => undefined,
    );
    store.aim(source, [layer(3, ['speed'])]);
    await settled();
    store.aim(source, [layer(4, ['speed']), layer(3, ['speed', 'intensity'])]);
    expect(store.get(layer(3, ['speed', 'intensity']))).toBeUndefined();
    await settled();
    expect(calls.map(({ step, columns }) => [step, columns])).toEqual([
      [3, ['speed']],
      [4, ['speed']],
      [3, ['intensity']],
    ]);
    const known = store.get(layer(3, ['speed', 'intensity']));
    store.aim({ ...source, differentiation: { method: 'fit', order: 2, length: 5 } }, [layer(3, ['speed', 'intensity'])]);
    await settled();
    expect(calls.at(-1)).toMatchObject({ step: 3, columns: ['speed'], differentiation: { method: 'fit' } });
    expect(store.get(layer(3, ['speed', 'intensity']))).toBe(known);
  });

  test('aborts what is not wanted any more', async () => {
    const { access, calls } = particleHost(() => new Promise(() => undefined));
    const store = layerStore(
      async () => access,
      () => undefined,
    );
    store.aim(source, [layer(1), layer(2)]);
    await settled();
    store.aim(source, [layer(2), layer(3)]);
    await settled();
    expect(calls.map(({ step, signal }) => [step, signal.aborted])).toEqual([
      [1, true],
      [2, false],
      [3, false],
    ]);
    store.cancel();
    expect(calls.every(({ signal }) => signal.aborted)).toBe(true);
  });

  test('holds no more than its budget: old layers go, wanted ones stay, nothing more is fetched', async () => {
    const { access, calls } = particleHost();
    const bytes = 12 * 20;
    const store = layerStore(
      async () => access,
      () => undefined,
      3 * bytes,
    );
    store.aim(source, [layer(0), layer(1), layer(2)]);
    await settled();
    store.aim(source, [layer(5), layer(6), layer(7), layer(8), layer(9), layer(10), layer(11)]);
    await settled();
    expect(store.get(layer(0))).toBeUndefined();
    expect(store.get(layer(5))).toBeDefined();
    expect(calls.slice(3).map(({ step }) => step)).toEqual([5, 6, 7]);
    expect(store.isAwaited(layer(11))).toBe(false);
  });

  test('a damaged layer fails alone and is not asked for again until all is forgotten', async () => {
    const error = new DataError('truncated', 'cut');
    const { access, calls } = particleHost((request) => (request.step === 2 ? Promise.reject(error) : layerArrays(request)));
    const store = layerStore(
      async () => access,
      () => undefined,
    );
    store.aim(source, [layer(1), layer(2)]);
    await settled();
    store.aim(source, [layer(2), layer(1)]);
    await settled();
    expect([store.failure(layer(2)), store.isAwaited(layer(2)), calls.length]).toEqual([error, false, 2]);
    expect(store.get(layer(1))).toBeDefined();
    store.forget();
    store.aim(source, [layer(2)]);
    await settled();
    expect(calls).toHaveLength(3);
  });
});

describe('painting of layers', () => {
  const stored = storedLayer(
    layer(0, ['intensity']),
    layerArrays({ dataset: 'd1', step: 0, pulse: 0, columns: ['intensity'], differentiation: { method: 'difference' } }),
    axes,
  );
  const all = { key: 'all', untracked: true, selection: { filters: [] } };
  const shown = (hiding: Parameters<typeof visibleOf>[1]): number[] =>
    [...visibleOf(stored, hiding).visible.entries()].filter(([, one]) => one === 1).map(([i]) => i);

  test('hides by track, by clip box, and those without track by their own values', () => {
    expect(shown(all)).toHaveLength(12);
    expect(shown({ ...all, key: '1', untracked: false })).toHaveLength(10);
    expect(shown({ ...all, key: '2', mask: Uint8Array.from({ length: 10 }, (_, id) => (id === 4 ? 1 : 0)) })).toEqual([4, 10, 11]);
    expect(shown({ ...all, key: '3', clip: { low: [-1e9, 2, -1e9], high: [1e9, 4, 1e9] } })).toEqual([2, 3, 4]);
    expect(shown({ ...all, key: '4', selection: { filters: [{ column: 'intensity', low: 1150 }] } })).toContain(11);
    expect(shown({ ...all, key: '4', selection: { filters: [{ column: 'intensity', low: 1150 }] } })).not.toContain(10);
    expect(shown({ ...all, key: '5', selection: { filters: [{ column: 'length', low: 1 }] } }).filter((i) => i >= 10)).toEqual([]);
  });

  test('colours by value, and is the same object until something changes', () => {
    const scale = prepareScale({ map: 'gray', reversed: false, low: 0, high: 1200, transfer: 'linear', gamma: 1, notANumber: 0 });
    const paint = { key: 'a', column: 'intensity', scale, perScaled: [1, 1, 1] as const };
    const painted = paintedLayer(stored, all, paint);
    expect([painted.codes[0], painted.codes[11]]).toEqual([21, 255]);
    expect(paintedLayer(stored, all, paint)).toBe(painted);
    const plain = paintedLayer(stored, { ...all, key: '6', untracked: false }, { key: 'b', perScaled: [1, 1, 1] });
    expect([plain.codes[0], plain.codes[11]]).toEqual([PLAIN, HIDDEN]);
  });
});
