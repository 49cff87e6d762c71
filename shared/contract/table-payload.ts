import { DataError } from '../model/data-error.ts';
import { isTextColumn, type Table } from '../model/table.ts';
import type { TableReply } from './tables.ts';
import type { Payload } from './payload.ts';

/** A table as it travels: texts in the head, numbers as arrays. */
export function tablePayload({ name, rows, columns }: Table): Payload<TableReply> {
  return {
    meta: {
      name,
      rows,
      columns: columns.map((column) =>
        isTextColumn(column) ? column : { name: column.name, unit: column.unit, dtype: column.dtype, width: column.width },
      ),
    },
    arrays: columns.flatMap((column) => (isTextColumn(column) ? [] : [{ dtype: column.dtype, data: column.values }])),
  };
}

/** The table that a payload carries. */
export function tableOf({ meta, arrays }: Payload<TableReply>): Table {
  let next = 0;
  const columns = meta.columns.map((column) => {
    if (column.dtype === 'text') return column;
    const array = arrays[next++];
    if (!array || array.dtype !== column.dtype)
      throw new DataError('malformed', `The numbers of the column ${column.name} did not come along.`);
    return { ...column, values: array.data };
  });
  return { name: meta.name, rows: meta.rows, columns };
}
