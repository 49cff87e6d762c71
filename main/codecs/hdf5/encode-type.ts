import type { DType } from '../../../shared/model/dtype.ts';
import { ByteBuilder } from '../byte-builder.ts';

/*
 * Datatype messages (HDF5 File Format Specification 3.0, IV.A.2.d): u8 class + 16 * version, 3 bytes of class bits, u32 bytes of a sample,
 * properties of the class.
 */

const VERSION_1 = 0x10;
const VERSION_3 = 0x30;
const CLASS_INTEGER = 0;
const CLASS_FLOAT = 1;
const CLASS_COMPOUND = 6;
const CLASS_ENUM = 8;
const CLASS_VARIABLE = 9;
const SIGNED = 0x08;

/** Bits of IEEE numbers: size of the exponent, size of the mantissa, bias. */
const FLOATS = { 2: [5, 10, 15], 4: [8, 23, 127], 8: [11, 52, 1023] } as const;

/** Sample types as h5py writes and reads them: bool as an enumeration, complex as {r, i}, the others as they are; little endian. */
export function encodeType(dtype: DType): Uint8Array {
  const size = Number(dtype.slice(1)) as 1 | 2 | 4 | 8 | 16;
  switch (dtype) {
    case 'b1':
      return encodeBool();
    case 'c8':
    case 'c16':
      return encodeComplex(size === 16 ? 8 : 4);
    case 'f2':
    case 'f4':
    case 'f8':
      return encodeFloat(size as 2 | 4 | 8);
    default:
      return encodeInteger(size, dtype.startsWith('i'));
  }
}

function encodeInteger(size: number, signed: boolean): Uint8Array {
  return new ByteBuilder()
    .u8(VERSION_1 | CLASS_INTEGER, signed ? SIGNED : 0, 0, 0)
    .u32(size)
    .u16(0)
    .u16(8 * size)
    .done();
}

function encodeFloat(size: 2 | 4 | 8): Uint8Array {
  const [exponent, mantissa, bias] = FLOATS[size];
  const leadingBitImplied = 0x20;
  return new ByteBuilder()
    .u8(VERSION_1 | CLASS_FLOAT, leadingBitImplied, 8 * size - 1, 0)
    .u32(size)
    .u16(0)
    .u16(8 * size)
    .u8(mantissa, exponent, 0, mantissa)
    .u32(bias)
    .done();
}

function encodeBool(): Uint8Array {
  return new ByteBuilder()
    .u8(VERSION_3 | CLASS_ENUM, 2, 0, 0)
    .u32(1)
    .put(encodeInteger(1, true))
    .text('FALSE\0TRUE\0')
    .u8(0, 1)
    .done();
}

function encodeComplex(part: 4 | 8): Uint8Array {
  return new ByteBuilder()
    .u8(VERSION_3 | CLASS_COMPOUND, 2, 0, 0)
    .u32(2 * part)
    .text('r\0')
    .u8(0)
    .put(encodeFloat(part))
    .text('i\0')
    .u8(part)
    .put(encodeFloat(part))
    .done();
}

/** UTF-8 text of any length; the samples are references into the global heap. */
export function encodeTextType(): Uint8Array {
  const aText = 1;
  const utf8 = 1;
  return new ByteBuilder()
    .u8(VERSION_1 | CLASS_VARIABLE, aText, utf8, 0)
    .u32(16)
    .put(encodeInteger(1, false))
    .done();
}

/** Dataspace message (IV.A.2.b), version 2; no axes = a single value. */
export function encodeSpace(shape: readonly number[]): Uint8Array {
  const bytes = new ByteBuilder().u8(2, shape.length, 0, shape.length === 0 ? 0 : 1);
  for (const size of shape) bytes.u64(size);
  return bytes.done();
}
