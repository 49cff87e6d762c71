import { DataError } from '../../shared/model/data-error.ts';
import type { BeginColumns } from './column-file.ts';
import { beginCsv } from './csv-columns.ts';
import { beginNpz } from './npz-columns.ts';
import { beginParquet } from './parquet-columns.ts';

const OUTPUTS: ReadonlyMap<string, BeginColumns> = new Map<string, BeginColumns>([
  ['npz', beginNpz],
  ['csv', beginCsv],
  ['parquet', (file, columns, _rows, o) => beginParquet(file, columns, o?.compression ?? 'snappy')],
]);

/** The output that the extension of a file name names. */
export function columnFileFor(path: string): BeginColumns {
  const begin = OUTPUTS.get(/\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '');
  if (begin) return begin;
  const hint = `Particles and tracks are written as ${[...OUTPUTS.keys()].map((name) => `.${name}`).join(', ')}.`;
  throw new DataError('invalid-option', `The extension of ${path} names no output for particles.`, { field: 'out', hint });
}
