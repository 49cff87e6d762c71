import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { TypedArray } from '../../../shared/model/dtype.ts';
import type { VtkArray } from '../../codecs/vtk/array.ts';
import { isTrackName } from '../particles/column-meanings.ts';
import type { PolyData, PolyPiece } from '../../codecs/vtk/poly-data.ts';

/** The vector that our files have for the three columns. */
const VELOCITY = 'velocity';
const MOTION = ['u', 'v', 'w'];
const AXES = ['x', 'y', 'z'];

/** A number of every point: one of an array's, or of the position. */
interface PointColumn {
  readonly name: string;
  readonly array: VtkArray;
  readonly at: number;
}

/** Columns of the points of a piece: x, y, z, then an array of one number as it is, of several as 'NAME 0', 'NAME 1' ..., our velocity as u, v, w. */
export function pointColumns({ positions, arrays }: PolyPiece): readonly PointColumn[] {
  const track = arrays.find(isTrack);
  const columns = arrays.flatMap((array) =>
    Array.from({ length: array.step }, (_, at): PointColumn => {
      const name = array === track ? 'track' : array.step === 1 ? array.name : `${array.name} ${at}`;
      return { name: array.name === VELOCITY && array.step === 3 ? (MOTION[at] as string) : name, array, at };
    }),
  );
  return [...AXES.map((name, at) => ({ name, array: positions as VtkArray, at })).filter(({ array }) => array), ...columns].filter(
    ({ name }, i, all) => name !== '' && all.findIndex((other) => other.name === name) === i,
  );
}

function isTrack({ name, step, dtype }: VtkArray): boolean {
  return step === 1 && /^[iu]/.test(dtype) && isTrackName(name);
}

/** Names of the columns of all pieces. */
export function columnNames({ pieces }: PolyData): readonly string[] {
  return [...new Set(pieces.flatMap((piece) => pointColumns(piece).map(({ name }) => name)))];
}

/** The wanted columns of a piece as numbers; undefined where it has none of the name. Arrays are read once. */
export async function readColumns(
  piece: PolyPiece,
  wanted: readonly string[],
  options: ReadOptions,
): Promise<readonly (ArrayLike<number> | undefined)[]> {
  const columns = pointColumns(piece);
  const read = new Map<VtkArray, TypedArray>();
  const found: (ArrayLike<number> | undefined)[] = [];
  for (const name of wanted) {
    const column = columns.find((one) => one.name === name);
    if (column && !read.has(column.array)) read.set(column.array, await column.array.read(options));
    found.push(column && takeEvery(read.get(column.array) as TypedArray, column));
  }
  return found;
}

function takeEvery(values: TypedArray, { array: { step }, at }: PointColumn): ArrayLike<number> {
  if (step === 1 && !(values instanceof BigInt64Array || values instanceof BigUint64Array)) return values;
  const out = new Float64Array(values.length / step);
  for (let i = 0; i < out.length; i++) out[i] = Number(values[step * i + at]);
  return out;
}
