import { DataError } from '../../../shared/model/data-error.ts';
import { allocateSamples, sampleBytes, type DType, type NumberArray, type TypedArray } from '../../../shared/model/dtype.ts';
import { numberToHalf } from '../half.ts';
import { decodeSamples } from '../sample-type.ts';
import { transposed } from '../transpose.ts';
import type { MatPart, MatVariable } from './read.ts';

/** A plane [height, width] of a variable, row by row, as `dtype`. `index` counts the planes in the order of the file, where columns lie one after the other. */
export async function readMatPlane(variable: MatVariable, index: number, dtype: DType): Promise<TypedArray> {
  const [height = 1, width = 1] = variable.dims;
  const { real, imaginary } = variable;
  if (!real) throw new DataError('unsupported', `${variable.name} holds no numbers.`, { field: variable.name });
  const source = await variable.source();
  const count = height * width;
  const readPart = async (part: MatPart): Promise<TypedArray> => {
    if ((index + 1) * count > part.samples)
      throw new DataError('out-of-range', `${variable.name} has no plane ${index}.`, { field: variable.name });
    const unit = sampleBytes(part.dtype);
    const bytes = await source.read(part.at + index * count * unit, count * unit);
    return transposed(decodeSamples({ dtype: part.dtype, littleEndian: source.littleEndian }, bytes, count), width, height);
  };
  const first = await readPart(real);
  if (!imaginary) return convertSamples(first, real.dtype, dtype);
  const second = await readPart(imaginary);
  const out = allocateSamples(dtype, count) as NumberArray;
  for (let i = 0; i < count; i++) {
    out[2 * i] = Number(first[i]);
    out[2 * i + 1] = Number(second[i]);
  }
  return out;
}

/** MATLAB stores numbers in the smallest type that holds them all. */
function convertSamples(data: TypedArray, from: DType, to: DType): TypedArray {
  if (from === to || (from === 'u1' && to === 'b1')) return data;
  const out = allocateSamples(to, data.length);
  const wide = to === 'u8' || to === 'i8';
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number | bigint;
    out[i] = (wide ? BigInt(value) : to === 'f2' ? numberToHalf(Number(value)) : Number(value)) as never;
  }
  return out;
}
