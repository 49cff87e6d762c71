import { DataError } from '../../shared/model/data-error.ts';
import type { FrameDataset, ReadOptions } from '../../shared/model/dataset.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { scaledFields, undoSign } from '../codecs/scaled-frame.ts';
import { readRows, readTextTables, type TextTables } from '../codecs/text-table.ts';
import type { ByteSource } from '../sources/byte-source.ts';
import { describedDataset, describedInfo } from './described-dataset.ts';
import type { OpenInput } from './format.ts';

interface Columns {
  readonly values: ReadonlyMap<string, Float64Array>;
  readonly mask: Uint8Array;
}

/** One of our text outputs: a table a frame, read whole when one of its planes is asked for. */
export async function openTextTables(
  input: OpenInput,
  facts: { readonly format: string; readonly kind: string; readonly separator: ',' | ' ' },
): Promise<FrameDataset> {
  const source = await input.folder.open(input.entry.name, input);
  try {
    const tables = await readTextTables(source, input);
    const info = describedInfo({ ...facts, path: source.name, title: input.entry.name, buffers: tables.buffers.length }, tables.dataset);
    return describedDataset({
      info,
      openBuffer: async (index) => {
        const description = tables.buffers[index] as TextTables['buffers'][number];
        const tableOf = framesOnce((frame, options) => readFrame(source, tables, { index, frame, separator: facts.separator }, options));
        return {
          description,
          plane: async ({ frame, component, plane }, options) => {
            const columns = await tableOf(frame, options);
            const { shape } = description.frames[frame] as FrameInfo;
            const samples = shape[0] * shape[1];
            const all = component.role === 'mask' ? columns.mask : columns.values.get(component.name);
            return (all ?? new Float64Array(0)).subarray(plane * samples, (plane + 1) * samples);
          },
        };
      },
      close: () => Promise.resolve(source[Symbol.asyncDispose]()),
    });
  } catch (error) {
    await source[Symbol.asyncDispose]();
    throw error;
  }
}

/** A frame's table is parsed once; a failed or cancelled attempt is not kept. */
function framesOnce(
  read: (frame: number, options: ReadOptions) => Promise<Columns>,
): (frame: number, options: ReadOptions) => Promise<Columns> {
  const known = new Map<number, Columns>();
  return async (frame, options) => {
    const columns = known.get(frame) ?? (await read(frame, options));
    known.set(frame, columns);
    return columns;
  };
}

async function readFrame(
  source: ByteSource,
  tables: TextTables,
  at: { readonly index: number; readonly frame: number; readonly separator: ',' | ' ' },
  options: ReadOptions,
): Promise<Columns> {
  const frame = tables.buffers[at.index]?.frames[at.frame] as FrameInfo;
  const place = tables.places[at.index]?.[at.frame] ?? [0, 0];
  const fields = scaledFields(frame);
  const rows = frame.shape[0] * frame.shape[1] * frame.planes;
  const columns = await readRows(
    source,
    { place, rows, ...wantedColumns(tables, at, fields.length + 1), separator: at.separator },
    options,
  );
  const values = new Map(fields.map(({ component }, i) => [component, undoSign(columns[i] as Float64Array, frame, component)]));
  const flags = columns[fields.length] as Float64Array;
  return { values, mask: Uint8Array.from(flags, (flag) => (flag === 0 ? 0 : 1)) };
}

/** Columns of a row, and those of values and mask. */
function wantedColumns(
  { columns }: TextTables,
  { index, frame }: { readonly index: number; readonly frame: number },
  count: number,
): { readonly columns: number; readonly wanted: readonly number[] } {
  if ('lead' in columns) return { columns: columns.lead + count, wanted: Array.from({ length: count }, (_, i) => columns.lead + i) };
  const wanted = columns.columns[index]?.[frame] ?? [];
  if (wanted.length === count && wanted.every((column) => column < columns.width)) return { columns: columns.width, wanted };
  throw new DataError('malformed', `The description of the tables does not name ${count} columns of ${columns.width}.`, {
    field: 'columns',
  });
}
