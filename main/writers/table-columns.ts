import { throwIfAborted } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer } from '../../shared/model/dataset.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { mergeColumns, placesOf } from '../codecs/merged-columns.ts';
import { writeAtomically, type AtomicFile } from './atomic-file.ts';
import type { Losses } from './losses.ts';
import { missingBuffers } from './missing-buffers.ts';
import { columnNames, type TableColumns } from './table-file.ts';
import type { WriteJob } from './writer.ts';

/** Positions have a column a unit, or one for all whose name is x, y or z alone: other programs find them by it. */
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
    await writeAtomically(job.target, job, (file) => write(file, (first) => equalColumns(first, positions)));
  } catch (error) {
    if (!(error instanceof ColumnsDiffer)) throw error;
    losses.add(
      'Frames differ in their columns or units: the table has the columns of all; what a frame does not have has no value in its rows.',
    );
    const all = mergedColumns(await columnLists(job, positions), positions);
    await writeAtomically(job.target, job, (file) => write(file, () => all));
  }
}

/** The columns of the frames of one buffer. */
export function columnsOfBuffer({ info }: FrameBuffer, positions: PositionColumns): TableColumns {
  return mergedColumns(
    info.frames.map((frame) => namesOf(frame, positions)),
    positions,
  );
}

function equalColumns({ info }: FrameBuffer, positions: PositionColumns): TableColumns {
  const [frame] = info.frames;
  const names = frame ? namesOf(frame, positions) : [];
  const places = names.map((_, at) => at);
  return {
    names,
    isUniform: true,
    placesOf: (other) => {
      if (namesOf(other, positions).join('\n') !== names.join('\n')) throw new ColumnsDiffer();
      return places;
    },
  };
}

const AXES = ['x', 'y', 'z'] as const;

function namesOf(frame: FrameInfo, positions: PositionColumns): readonly string[] {
  return columnNames(frame).map((name, at) => (positions === 'shared' ? (AXES[at] ?? name) : name));
}

function mergedColumns(lists: readonly (readonly string[])[], positions: PositionColumns): TableColumns {
  const names = lists.reduce(mergeColumns, []);
  return {
    names,
    isUniform: lists.every((own) => own.length === names.length),
    placesOf: (frame) => placesOf(names, namesOf(frame, positions)) ?? [],
  };
}

/** The columns of every frame, each list once. */
async function columnLists({ dataset, signal }: WriteJob, positions: PositionColumns): Promise<readonly (readonly string[])[]> {
  const lists = new Map<string, readonly string[]>();
  const missing = missingBuffers(dataset.info);
  for (let index = 0; index < bufferCount(dataset.info); index++) {
    throwIfAborted(signal);
    if (missing.has(index)) continue;
    const { info } = await (dataset.facts ? dataset.facts(index, { signal }) : dataset.buffer(index, { signal }));
    for (const own of info.frames.map((frame) => namesOf(frame, positions))) lists.set(own.join('\n'), own);
  }
  return [...lists.values()];
}
