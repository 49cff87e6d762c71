import { create } from 'zustand';
import { useEffect } from 'react';
import type { DatasetId } from '../../shared/contract/opened.ts';
import { tableOf } from '../../shared/contract/table-payload.ts';
import { type ErrorRecord, toErrorRecord } from '../../shared/model/data-error.ts';
import type { Table } from '../../shared/model/table.ts';
import { connection } from '../client/connection.ts';
import { useDatasets } from './dataset-store.ts';

/*
 * Tables of particle sets that the window shows: times of the steps, particle counts, lengths of the tracks. Each is read once and dropped
 * with its dataset. The columns stay outside of the store, which only tells that something came.
 */

interface Arrivals {
  readonly revision: number;
}

const useArrivals = create<Arrivals>(() => ({ revision: 0 }));

type Known =
  | { readonly state: 'reading' }
  | { readonly state: 'ready'; readonly table: Table }
  | { readonly state: 'failed'; readonly error: ErrorRecord };

const known = new Map<DatasetId, Map<string, { found: Known; readonly arrived: Promise<Table | undefined> }>>();

/** Reads a table once; undefined where it cannot be read. */
function readTable(dataset: DatasetId, name: string): Promise<Table | undefined> {
  const tables = known.get(dataset) ?? new Map();
  known.set(dataset, tables);
  const before = tables.get(name);
  if (before) return before.arrived;
  const settle = (found: Known): void => {
    const entry = tables.get(name);
    if (entry) entry.found = found;
    useArrivals.setState(({ revision }) => ({ revision: revision + 1 }));
  };
  const arrived = connection()
    .then((transport) => transport.call('table', { dataset, name }))
    .then(
      (payload) => {
        const table = tableOf(payload);
        settle({ state: 'ready', table });
        return table;
      },
      (error: unknown) => {
        settle({ state: 'failed', error: toErrorRecord(error) });
        return undefined;
      },
    );
  tables.set(name, { found: { state: 'reading' }, arrived });
  return arrived;
}

/** Seconds of every pulse, [step, pulse]. */
export async function stepTimes(dataset: DatasetId): Promise<ArrayLike<number> | undefined> {
  return numbersOf(await readTable(dataset, 'times'), 'time');
}

/** A table of the dataset, read when it is first shown; undefined for views of something else and until it is there. */
export function useParticleTable(dataset: DatasetId | undefined, name: string): Table | undefined {
  useArrivals(({ revision }) => revision);
  const has = useDatasets((state) => dataset !== undefined && state.opened[dataset]?.info.kind === 'particles');
  useEffect(() => {
    if (has && dataset !== undefined) void readTable(dataset, name);
  }, [has, dataset, name]);
  const found = has && dataset !== undefined ? known.get(dataset)?.get(name)?.found : undefined;
  return found?.state === 'ready' ? found.table : undefined;
}

/** A column of numbers. */
export function numbersOf(table: Table | undefined, column: string): ArrayLike<number> | undefined {
  const values = table?.columns.find(({ name }) => name === column)?.values;
  return values && !Array.isArray(values) ? (values as ArrayLike<number>) : undefined;
}

useDatasets.subscribe(({ opened }) => {
  for (const id of known.keys()) if (!opened[id]) known.delete(id);
});
