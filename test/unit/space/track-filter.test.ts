import { describe, expect, test, vi } from 'vitest';
import { scaledBox, trackFilter } from '../../../renderer/draw-worker/particles/track-filter.ts';
import { particleAxes } from '../../../shared/draw/particle-axes.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { TrackSelection } from '../../../shared/model/track-selection.ts';
import { infoOf, particleHost, particleSpec } from '../../support/particle-host.ts';

const axes = particleAxes(infoOf());
const wishOf = (selection: TrackSelection) => particleSpec(0, { selection }).particles!;
const arrived = () => new Promise((resolve) => setTimeout(resolve, 2));

const quiet = { changed: () => undefined, warned: () => undefined };

describe('filter of tracks', () => {
  test('without conditions all tracks pass at once', () => {
    const filter = trackFilter(async () => particleHost().access, quiet);
    expect(filter.mask('d1', wishOf({ filters: [] }), axes)).toEqual({ mask: { key: '' }, isReady: true });
  });

  test('reads facts once; other limits of the same filters need no other reading', async () => {
    const { access } = particleHost();
    const facts = vi.spyOn(access, 'facts');
    const changed = vi.fn();
    const filter = trackFilter(async () => access, { ...quiet, changed });
    expect(filter.mask('d1', wishOf({ filters: [{ column: 'speed', low: 4 }] }), axes).isReady).toBe(false);
    await arrived();
    expect(changed).toHaveBeenCalledOnce();
    expect(filter.mask('d1', wishOf({ filters: [{ column: 'speed', low: 4 }] }), axes).mask.counts).toEqual({
      total: 10,
      shown: 6,
      each: [6],
    });
    expect(filter.mask('d1', wishOf({ filters: [{ column: 'speed', low: 8 }] }), axes).mask.counts?.shown).toBe(2);
    expect(facts).toHaveBeenCalledOnce();
  });

  test('the mask before stays while other facts are read, and a failure is told', async () => {
    const { access } = particleHost();
    const filter = trackFilter(async () => access, quiet);
    filter.mask('d1', wishOf({ filters: [{ column: 'length', low: 15 }] }), axes);
    await arrived();
    const before = filter.mask('d1', wishOf({ filters: [{ column: 'length', low: 15 }] }), axes).mask;
    access.facts = () => Promise.reject(new DataError('too-large', 'many'));
    const other = wishOf({ filters: [{ column: 'u', low: 15 }] });
    expect(filter.mask('d1', other, axes)).toEqual({ mask: before, isReady: false });
    await arrived();
    expect(filter.mask('d1', other, axes).error).toMatchObject({ code: 'too-large' });
  });

  test('what the pass over the set found wrong is told with the dataset, once a pass', async () => {
    const { access } = particleHost();
    const warning = { code: 'left-out', message: 'without 1 of 16 snapshots', path: 'a/snapshots.bin', offset: 40 };
    const read = access.facts;
    access.facts = async (request, signal) => ({ ...(await read(request, signal)), warnings: [warning] });
    const warned = vi.fn();
    const filter = trackFilter(async () => access, { ...quiet, warned });
    for (const low of [4, 8]) {
      filter.mask('d1', wishOf({ filters: [{ column: 'speed', low }] }), axes);
      await arrived();
    }
    expect(warned.mock.calls).toEqual([['d1', [warning]]]);
  });

  test('boxes of axes with stored positions are scaled for the facts', () => {
    const scales = { ...infoOf().scales, x: { slope: -2, offset: 1, unit: 's', description: '' } };
    const stored = particleAxes(infoOf({ scales }));
    const box = { low: [1, 2, 3], high: [4, 5, 6], whole: true } as const;
    expect(scaledBox(box, scales, stored)).toEqual({ low: [-7, 1, 1.5], high: [-1, 2.5, 3], whole: true });
    expect(scaledBox(box, infoOf().scales, axes)).toEqual(box);
  });
});
