import type { TableInfo } from '../model/dataset.ts';
import type { BufferInfo } from '../model/frames.ts';
import type { Table } from '../model/table.ts';

const COLUMNS: TableInfo['columns'] = [
  { name: 'buffer', dtype: 'u4', unit: '' },
  { name: 'time', dtype: 'f8', unit: 's' },
  { name: 'source', dtype: 'text', unit: '' },
];

/** The table of acquisition times, of datasets whose buffers have them. */
export function timesInfo(rows: number): TableInfo {
  return { name: 'times', rows, columns: COLUMNS };
}

/** A row a buffer from `from` on: its flat index, the time in seconds (NaN where none is stored), the attribute that gave it. */
export function timeTable(from: number, times: readonly (BufferInfo['time'] | undefined)[]): Table {
  return {
    name: 'times',
    rows: times.length,
    columns: [
      { name: 'buffer', unit: '', dtype: 'u4', width: 1, values: Uint32Array.from(times, (_, row) => from + row) },
      { name: 'time', unit: 's', dtype: 'f8', width: 1, values: Float64Array.from(times, (time) => time?.seconds ?? Number.NaN) },
      { name: 'source', unit: '', dtype: 'text', values: times.map((time) => time?.source ?? '') },
    ],
  };
}
