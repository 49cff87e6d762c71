import type { Metadata } from 'h5wasm';
import type { DType } from '../../../shared/model/dtype.ts';

/** Classes of HDF5 types (H5T_class_t). */
const CLASS = {
  integer: 0,
  float: 1,
  text: 3,
  bitfield: 4,
  opaque: 5,
  compound: 6,
  reference: 7,
  enumeration: 8,
  variable: 9,
  array: 10,
  complex: 11,
};
const CLASS_NAMES: Readonly<Record<number, string>> = {
  2: 'times',
  3: 'texts',
  5: 'opaque bytes',
  6: 'records',
  7: 'references',
  9: 'lists of different lengths',
  10: 'arrays',
};

/** The type part of the library's metadata. */
export type StoredType = Pick<Metadata, 'type' | 'size' | 'signed' | 'littleEndian' | 'compound_type' | 'enum_type' | 'vlen'>;

export interface SampleKind {
  readonly dtype: DType;
  readonly littleEndian: boolean;
}

/** Samples of a data set as numbers, or in words what it holds instead. bool is the enumeration FALSE, TRUE; complex is {r, i}, as h5py has it. */
export function sampleKind(type: StoredType): SampleKind | string {
  const dtype = numberType(type);
  return dtype ? { dtype, littleEndian: type.littleEndian || type.size === 1 } : otherName(type);
}

function numberType(type: StoredType): DType | undefined {
  const whole = [1, 2, 4, 8].includes(type.size);
  switch (type.type) {
    case CLASS.integer:
      return whole ? (`${type.signed ? 'i' : 'u'}${type.size}` as DType) : undefined;
    case CLASS.bitfield:
      return whole ? (`u${type.size}` as DType) : undefined;
    case CLASS.float:
      return [2, 4, 8].includes(type.size) ? (`f${type.size}` as DType) : undefined;
    case CLASS.enumeration:
      if (isBool(type)) return 'b1';
      return whole ? (`${type.signed ? 'i' : 'u'}${type.size}` as DType) : undefined;
    case CLASS.compound:
      return isComplex(type) ? (`c${type.size}` as DType) : undefined;
    case CLASS.complex:
      return type.size === 8 || type.size === 16 ? (`c${type.size}` as DType) : undefined;
    default:
      return undefined;
  }
}

function isBool({ size, enum_type: names }: StoredType): boolean {
  return size === 1 && names?.nmembers === 2 && names.members.FALSE === 0 && names.members.TRUE === 1;
}

function isComplex({ size, compound_type: record }: StoredType): boolean {
  const [real, imaginary] = record?.members ?? [];
  if (!real || !imaginary || record?.members.length !== 2 || (size !== 8 && size !== 16)) return false;
  const half = size / 2;
  const parts = [real, imaginary].every((part) => part.type === CLASS.float && part.size === half);
  return parts && real.name === 'r' && imaginary.name === 'i' && real.offset === 0 && imaginary.offset === half;
}

function otherName({ type, size }: StoredType): string {
  if (type === CLASS.integer) return `integers of ${size} bytes`;
  if (type === CLASS.float) return `floating point numbers of ${size} bytes`;
  return CLASS_NAMES[type] ?? `samples of class ${type}`;
}

/** True for texts, of fixed or of any length. */
export function isText(type: StoredType): boolean {
  return type.type === CLASS.text;
}
