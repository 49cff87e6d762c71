import type { NumberArray, TypedArray } from '../../shared/model/dtype.ts';

/** Side of the squares in which both arrays stay in the processor's cache. */
const TILE = 32;

/** Numbers as plain bits where there are such arrays: not a number has many bit patterns, which all stay. */
function asIntegers(data: TypedArray): NumberArray {
  return (data instanceof Float32Array ? new Uint32Array(data.buffer, data.byteOffset, data.length) : data) as NumberArray;
}

/** A matrix of rows x columns, row by row, as columns x rows, in a fresh array. */
export function transposed(data: TypedArray, rows: number, columns: number): TypedArray {
  const out = data.slice();
  const source = asIntegers(data);
  const target = asIntegers(out);
  for (let top = 0; top < rows; top += TILE) {
    for (let left = 0; left < columns; left += TILE) {
      for (let row = top; row < Math.min(rows, top + TILE); row++) {
        for (let column = left; column < Math.min(columns, left + TILE); column++)
          target[column * rows + row] = source[row * columns + column] as number;
      }
    }
  }
  return out;
}
