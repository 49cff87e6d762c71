import { DataError } from '../../shared/model/data-error.ts';
import { Cursor, type BytePlace } from './cursor.ts';

export type FieldType = 'u8' | 'i16' | 'u16' | 'i32' | 'u32' | 'u64' | 'f32' | 'f64';

/** Byte layout of a header: name -> [offset, type]. */
export type FieldTable = Readonly<Record<string, readonly [offset: number, type: FieldType]>>;

/** The numbers of a header by its table, little endian; `truncated` where the bytes end before a field. */
export function readFields<T extends FieldTable>(bytes: Uint8Array, table: T, place: BytePlace): { readonly [K in keyof T]: number } {
  const cursor = new Cursor(bytes, place);
  const fields: Partial<Record<keyof T, number>> = {};
  for (const name of Object.keys(table) as (keyof T)[]) {
    const entry = table[name];
    if (!entry) throw new DataError('internal', `No layout for ${String(name)}.`);
    cursor.position = entry[0];
    fields[name] = cursor[entry[1]]();
  }
  return fields as Record<keyof T, number>;
}
