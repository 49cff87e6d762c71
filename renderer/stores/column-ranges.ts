import { useEffect, useState } from 'react';
import type { DatasetId } from '../../shared/contract/opened.ts';
import type { ParticleDatasetInfo } from '../../shared/model/dataset.ts';
import type { Differentiation } from '../../shared/model/track-selection.ts';
import { connection } from '../client/connection.ts';
import { useDatasets } from './dataset-store.ts';
import { numbersOf, useParticleTable } from './particle-tables.ts';

export interface ColumnRange {
  readonly low: number;
  readonly high: number;
}

/** Particles that are looked at for a range. */
const LOOKED_AT = 20_000;
const known = new Map<string, Promise<ColumnRange | undefined>>();

/** Where the values of a column lie: known of positions, numbers and lengths of tracks, else found out from the step in the middle. */
export function useColumnRange(
  dataset: DatasetId,
  info: ParticleDatasetInfo,
  column: string,
  differentiation: Differentiation,
): ColumnRange | undefined {
  const lengths = numbersOf(useParticleTable(column === 'length' ? dataset : undefined, 'lengths'), 'length');
  const [found, setFound] = useState<ColumnRange>();
  const told = toldRange(info, column, lengths);
  const isTold = told !== undefined || column === 'length';
  useEffect(() => {
    if (isTold) return undefined;
    let wanted = true;
    setFound(undefined);
    void lookedUp(dataset, info, column, differentiation).then((range) => {
      if (wanted) setFound(range);
    });
    return () => {
      wanted = false;
    };
  }, [dataset, info, column, differentiation, isTold]);
  return told ?? found;
}

function toldRange(info: ParticleDatasetInfo, column: string, lengths: ArrayLike<number> | undefined): ColumnRange | undefined {
  if (column === 'length') return lengths && { low: 1, high: Math.max(2, lengths[lengths.length - 1] ?? 2) };
  if (column === 'id') return { low: 0, high: Math.max(1, info.tracks - 1) };
  const axis = (['x', 'y', 'z'] as const).find((name) => name === column);
  if (axis === undefined) return undefined;
  const at = ['x', 'y', 'z'].indexOf(axis);
  const { slope, offset } = info.scales[axis];
  return ordered((info.bounds[at] ?? Number.NaN) * slope + offset, (info.bounds[at + 3] ?? Number.NaN) * slope + offset);
}

function lookedUp(
  dataset: DatasetId,
  info: ParticleDatasetInfo,
  column: string,
  differentiation: Differentiation,
): Promise<ColumnRange | undefined> {
  const key = JSON.stringify([dataset, column, differentiation]);
  const before = known.get(key);
  if (before) return before;
  const every = Math.max(1, Math.floor(info.particles / Math.max(1, info.steps * info.pulses) / LOOKED_AT));
  const asked = connection()
    .then((transport) =>
      transport.call('layer', {
        dataset,
        step: info.steps >> 1,
        pulse: 0,
        columns: [column],
        differentiation,
        ...(every > 1 ? { every } : {}),
      }),
    )
    .then(
      ({ arrays }) => rangeOf(arrays.at(-1)?.data as ArrayLike<number>),
      () => undefined,
    );
  known.set(key, asked);
  return asked;
}

function rangeOf(values: ArrayLike<number>): ColumnRange | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return ordered(low, high);
}

function ordered(a: number, b: number): ColumnRange | undefined {
  if (!Number.isFinite(a + b)) return undefined;
  return a === b ? { low: a - 1, high: a + 1 } : { low: Math.min(a, b), high: Math.max(a, b) };
}

useDatasets.subscribe(({ opened }, before) => {
  if (opened !== before.opened) known.clear();
});
