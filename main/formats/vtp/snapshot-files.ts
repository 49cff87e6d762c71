import type { ReadOptions } from '../../../shared/model/dataset.ts';
import { readPolyData, type PolyData, type PolyPiece } from '../../codecs/vtk/poly-data.ts';
import type { Folder } from '../../sources/byte-source.ts';
import { openFiles } from '../open-files.ts';
import { readColumns } from './point-columns.ts';

/** The files of a series: one a snapshot, or several that hold its points together. */
export interface SnapshotFiles extends AsyncDisposable {
  readonly snapshots: number;
  readonly path: (snapshot: number) => string;
  /** The heads of the files of a snapshot. */
  heads(snapshot: number): Promise<readonly PolyData[]>;
  /** Wanted columns of all pieces of a snapshot, one after the other, and the points of each piece. */
  columns(snapshot: number, wanted: readonly string[], options: ReadOptions): Promise<readonly PieceColumns[]>;
}

export interface PieceColumns {
  readonly points: number;
  /** In the order that was asked for; undefined where the piece has none of the name. */
  readonly values: readonly (ArrayLike<number> | undefined)[];
}

interface OpenFile extends AsyncDisposable {
  readonly poly: PolyData;
}

/** `names[s]` are the files of snapshot s in the folder. They are opened when they are needed. */
export function snapshotFiles(folder: Folder, names: readonly (readonly string[])[]): SnapshotFiles {
  const flat = names.flat();
  const first = [0];
  for (const [s, own] of names.entries()) first.push((first[s] as number) + own.length);
  const files = openFiles(async (index): Promise<OpenFile> => {
    const source = await folder.open(flat[index] ?? '');
    try {
      return { poly: await readPolyData(source, {}), [Symbol.asyncDispose]: () => Promise.resolve(source[Symbol.asyncDispose]()) };
    } catch (error) {
      await source[Symbol.asyncDispose]();
      throw error;
    }
  });
  const each = async <R>(s: number, work: (poly: PolyData) => Promise<R>): Promise<readonly R[]> => {
    const found: R[] = [];
    for (let index = first[s] as number; index < (first[s + 1] as number); index++)
      found.push(await files.use(index, ({ poly }) => work(poly)));
    return found;
  };
  return {
    snapshots: names.length,
    path: (s) => folder.pathOf(names[s]?.[0] ?? ''),
    heads: (s) => each(s, async (poly) => poly),
    columns: async (s, wanted, options) =>
      (
        await each(s, async ({ pieces }) => {
          const read: PieceColumns[] = [];
          for (const piece of pieces) read.push(await pieceColumns(piece, wanted, options));
          return read;
        })
      ).flat(),
    [Symbol.asyncDispose]: () => files.close(),
  };
}

async function pieceColumns(piece: PolyPiece, wanted: readonly string[], options: ReadOptions): Promise<PieceColumns> {
  return { points: piece.points, values: await readColumns(piece, wanted, options) };
}

/** A column of all pieces together. */
export function joinedColumn(pieces: readonly PieceColumns[], column: number, absent: number): Float64Array {
  const out = new Float64Array(pieces.reduce((sum, { points }) => sum + points, 0));
  let at = 0;
  for (const { points, values } of pieces) {
    const given = values[column];
    if (given) out.set(given, at);
    else out.fill(absent, at, at + points);
    at += points;
  }
  return out;
}
