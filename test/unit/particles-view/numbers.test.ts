import { describe, expect, it } from 'vitest';
import { NO_ROW, orderTracks, type TrackList, type TrackOrder } from '../../../renderer/stores/track-list.ts';
import { proposedCells } from '../../../renderer/views/particles/bin-proposal.ts';
import { columnMeans, lengthFacts, spreadOf, stepCounts } from '../../../renderer/views/particles/particle-counts.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { unitScale } from '../../../shared/model/scale.ts';

function rowsOf(list: TrackList, by: TrackOrder, descending: boolean, mask?: Uint8Array) {
  const work = orderTracks(list, by, descending, mask);
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}

describe('numbers of the particle views', () => {
  it('adds the pulses of a step, and leaves out an unfinished step', () => {
    expect([...stepCounts([1, 2, 3, 4, 5], 2)]).toEqual([3, 7]);
  });

  it('means the steps that share a place, and every step counts once', () => {
    expect([...columnMeans([2, 4, 6, 8, 100], 2)]).toEqual([3, 38]);
    expect([...columnMeans([1, 2], 2)]).toEqual([1, 2]);
  });

  it('finds smallest, mean and largest', () => {
    expect(spreadOf([4, 1, 7])).toEqual({ least: 1, mean: 4, most: 7 });
    expect(spreadOf([])).toBeUndefined();
  });

  it('finds median and mean length from amounts of lengths', () => {
    // Lengths 2, 2, 2, 5, 9.
    expect(lengthFacts([0, 3, 0, 0, 1, 0, 0, 0, 1])).toEqual({ shortest: 2, median: 2, mean: 4, longest: 9 });
    expect(lengthFacts([0, 0])).toBeUndefined();
  });

  it('orders tracks by start and length, equal ones by number', () => {
    const list = { count: 5, startStep: [3, 0, 3, 1, 0], startPulse: [1, 0, 0, 0, 0], length: [7, 9, 7, 2, 9] };
    const ordered = (by: TrackOrder, descending: boolean) => [...rowsOf(list, by, descending).order];
    expect(ordered('id', true)).toEqual([4, 3, 2, 1, 0]);
    expect(ordered('start', false)).toEqual([1, 4, 3, 2, 0]);
    expect(ordered('length', true)).toEqual([1, 4, 0, 2, 3]);
    expect(ordered('length', false)).toEqual([3, 0, 2, 1, 4]);
    expect([...rowsOf(list, 'length', true).rows]).toEqual([2, 0, 3, 4, 1]);
  });

  it('lists only tracks that pass', () => {
    const list = { count: 4, startStep: [3, 0, 1, 1], startPulse: [0, 0, 0, 0], length: [7, 9, 2, 9] };
    const { order, rows } = rowsOf(list, 'length', true, Uint8Array.of(1, 0, 1, 1));
    expect([...order]).toEqual([3, 0, 2]);
    expect([...rows]).toEqual([1, NO_ROW, 2, 0]);
  });

  it('gives way while it orders many tracks', () => {
    const list = {
      count: 300_000,
      startStep: new Uint32Array(300_000),
      startPulse: new Uint8Array(300_000),
      length: new Uint32Array(300_000).fill(3),
    };
    let rests = 0;
    for (const work = orderTracks(list, 'start', false); !work.next().done; ) rests++;
    expect(rests).toBeGreaterThan(6);
    expect(rowsOf(list, 'start', false).order[299_999]).toBe(299_999);
  });

  it('proposes cells of equal sides with about twenty particles', () => {
    const scale = { ...unitScale('mm'), slope: 0.1 };
    const info = {
      bounds: [0, 0, 0, 1000, 500, 250],
      scales: { x: scale, y: scale, z: scale, i: scale },
      particles: 1_000_000,
      steps: 50,
      pulses: 1,
      tracks: 5,
    } as unknown as ParticleDatasetInfo;
    const cells = proposedCells(info, 50);
    const total = cells[0] * cells[1] * cells[2];
    expect(1_000_000 / total).toBeGreaterThan(15);
    expect(1_000_000 / total).toBeLessThan(25);
    expect(cells[0] / cells[1]).toBeCloseTo(2, 0);
    expect(cells[1] / cells[2]).toBeCloseTo(2, 0);
  });
});
