import { expect, test } from 'vitest';
import { tableEncoderFor } from '../../main/writers/table-encoders.ts';
import type { Table, TableColumn } from '../../shared/model/table.ts';

const joined = (...parts: readonly Uint8Array[]): string => Buffer.concat(parts).toString('latin1');

function table(from: number, to: number): Table {
  const length = to - from;
  const number = (name: string, column: Pick<Extract<TableColumn, { width: number }>, 'dtype' | 'values'>, width = 1): TableColumn => ({
    name,
    unit: '',
    width,
    ...column,
  });
  return {
    name: 'made',
    rows: length,
    columns: [
      number('id', { dtype: 'u4', values: Uint32Array.from({ length }, (_, i) => from + i) }),
      number('pulse', { dtype: 'u1', values: Uint8Array.from({ length }, (_, i) => (from + i) % 3) }),
      number('value', { dtype: 'f4', values: Float32Array.from({ length }, (_, i) => (from + i) / 10) }),
      number(
        'trace',
        { dtype: 'f8', values: Float64Array.from({ length: 2 * length }, (_, i) => (i % 7 === 0 ? Number.NaN : from + i)) },
        2,
      ),
    ],
  };
}

test.each(['csv', 'npy'])('%s in parts is what it is as a whole', (extension) => {
  const { head, body } = tableEncoderFor(`a.${extension}`);
  // The trace counts from the beginning of each part.
  const columns = (from: number, to: number): Table => ({ ...table(from, to), columns: table(from, to).columns.slice(0, 3) });
  const whole = columns(0, 20_000);
  expect(joined(head(columns(0, 7), 20_000), body(columns(0, 7)), body(columns(7, 20_000)))).toBe(joined(head(whole, 20_000), body(whole)));
});

test('texts of cells', () => {
  const { head, body } = tableEncoderFor('a.csv');
  expect(joined(head(table(0, 2), 2), body(table(0, 2)))).toBe('id,pulse,value,trace 0,trace 1\n0,0,0,,1\n1,1,0.1,2,3\n');
});

test('rows of several columns lie one after the other', () => {
  const { head, body } = tableEncoderFor('a.npy');
  const bytes = body(table(0, 2));
  const row = 4 + 1 + 4 + 16;
  expect(bytes.length).toBe(2 * row);
  const view = new DataView(bytes.buffer, bytes.byteOffset + row);
  expect([
    view.getUint32(0, true),
    view.getUint8(4),
    view.getFloat32(5, true),
    view.getFloat64(9, true),
    view.getFloat64(17, true),
  ]).toEqual([1, 1, Math.fround(0.1), 2, 3]);
  expect(joined(head(table(0, 2), 2))).toContain("('trace 0', '<f8'), ('trace 1', '<f8')], 'fortran_order': False, 'shape': (2,)");
});
