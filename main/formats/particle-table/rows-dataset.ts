import type { ParticleDataset, ReadOptions } from '../../../shared/model/dataset.ts';
import type { ParticleDescription } from '../../codecs/particle-description.ts';
import { loadRows } from './load-rows.ts';
import type { RowTable } from './row-table.ts';
import { sortRows } from './sort-rows.ts';
import { tableDataset } from './table-dataset.ts';

export interface RowsFacts {
  readonly format: string;
  readonly title: string;
  /** What the values of the table are. */
  readonly coordinates: 'stored' | 'scaled';
  /** What only a damaged set has, gaps and tracks of one particle, is refused. */
  readonly strict: boolean;
  /** Where no description tells them: whole numbers around the particles (as where nothing is given), or the least and greatest themselves. */
  readonly bounds?: 'whole' | 'exact';
}

/** All rows of a table as a dataset in memory. The table may be closed then. */
export async function rowsDataset(
  table: RowTable,
  description: ParticleDescription,
  { format, title, coordinates, strict, bounds = 'whole' }: RowsFacts,
  { signal }: ReadOptions,
): Promise<ParticleDataset> {
  const { path } = table;
  const rows = await loadRows(table, description, coordinates, { signal });
  const { pulses, times } = description;
  const sorted = sortRows(rows, { snapshots: times.length, pulses, path, strict });
  return tableDataset(rows, sorted, description, { format, path, title, bounds });
}
