import { throwIfAborted } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer } from '../../shared/model/dataset.ts';
import { mergeColumns, placesOf } from '../codecs/merged-columns.ts';
import { writeAtomically, type AtomicFile } from './atomic-file.ts';
import type { Losses } from './losses.ts';
import { missingBuffers } from './missing-buffers.ts';
import { columnNames, type TableColumns } from './table-file.ts';
import type { WriteJob } from './writer.ts';

/** Where positions have several units: a column a unit, or one for all, whose name then has none. */
export type PositionColumns = 'separate' | 'shared';

/** The columns that a table was begun with are not those of all frames. */
class ColumnsDiffer extends Error {}

/**
 * Writes a table file with `write`, which is given the columns. They are those of the first frame; where another one has others, the file is
 * begun again with the columns of all, as a table names them before its rows.
 */
export async function writeTableFile(
  job: WriteJob,
  losses: Losses,
  positions: PositionColumns,
  write: (file: AtomicFile, columnsOf: (first: FrameBuffer) => TableColumns) => Promise<void>,
): Promise<void> {
  try {
    await writeAtomically(job.target, job, (file) => write(file, (first) => equalColumns(first)));
  } catch (error) {
    if (!(error instanceof ColumnsDiffer)) throw error;
    losses.add('Frames differ in their columns or units: the table has the columns of all; what a frame does not have has no value in its rows.');
    const all = mergedColumns(await columnLists(job), positions);
    await writeAtomically(job.target, job, (file) => write(file, () => all));
  }
}

/** The columns of the frames of one buffer. */
export function columnsOfBuffer({ info }: FrameBuffer, positions: PositionColumns): TableColumns {
  return mergedColumns(info.frames.map(columnNames), positions);
}

function equalColumns({ info }: FrameBuffer): TableColumns {
  const [frame] = info.frames;
  const names = frame ? columnNames(frame) : [];
  const places = names.map((_, at) => at);
  return {
    names,
    isUniform: true,
    placesOf: (other) => {
      if (columnNames(other).join('\n') !== names.join('\n')) throw new ColumnsDiffer();
      return places;
    },
  };
}

const AXES = ['x', 'y', 'z'] as const;

function mergedColumns(lists: readonly (readonly string[])[], positions: PositionColumns): TableColumns {
  const isBare = AXES.map((_, at) => positions === 'shared' && new Set(lists.map((own) => own[at])).size > 1);
  const renamed = (own: readonly string[]): readonly string[] => own.map((name, at) => (isBare[at] ? (AXES[at] ?? name) : name));
  const names = lists.map(renamed).reduce(mergeColumns, []);
  return {
    names,
    isUniform: lists.every((own) => own.length === names.length),
    placesOf: (frame) => placesOf(names, renamed(columnNames(frame))) ?? [],
  };
}

/** The columns of every frame, each list once. */
async function columnLists({ dataset, signal }: WriteJob): Promise<readonly (readonly string[])[]> {
  const lists = new Map<string, readonly string[]>();
  const missing = missingBuffers(dataset.info);
  for (let index = 0; index < bufferCount(dataset.info); index++) {
    throwIfAborted(signal);
    if (missing.has(index)) continue;
    const { info } = await (dataset.facts ? dataset.facts(index, { signal }) : dataset.buffer(index, { signal }));
    for (const own of info.frames.map(columnNames)) lists.set(own.join('\n'), own);
  }
  return [...lists.values()];
}
