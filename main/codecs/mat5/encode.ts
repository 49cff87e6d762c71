import type { DType } from '../../../shared/model/dtype.ts';
import { ByteBuilder } from '../byte-builder.ts';
import { FLAG, MI, MI_TYPES, MX, MX_TYPES, VERSION_5 } from './types.ts';

/** A numeric variable: how it lies in the file before its samples are there. */
export interface MatPlan {
  /** Tag, flags, dimensions, name and the tag of the (real) samples. */
  readonly head: Uint8Array;
  /** Bytes of the samples of a part, without padding. */
  readonly partBytes: number;
  /** Tag of the imaginary samples; absent for real numbers. */
  readonly imaginary?: { readonly at: number; readonly tag: Uint8Array };
  /** The whole variable. */
  readonly bytes: number;
}

/** The header of a file: a text for people, version, byte order. */
export function encodeMatHeader(program: string): Uint8Array {
  const text = `MATLAB 5.0 MAT-file, written by ${program}`.slice(0, 116).padEnd(116);
  return new ByteBuilder().text(text).zeros(8).u16(VERSION_5).text('IM').done();
}

/** Halves are written as singles and bool as logical: MATLAB has no others of them. Complex parts stand one behind the other. */
export function planVariable(name: string, dtype: DType, dims: readonly number[]): MatPlan {
  const stored = storedType(dtype);
  const complex = dtype === 'c8' || dtype === 'c16';
  const samples = dims.reduce((product, size) => product * size, 1);
  const partBytes = samples * Number(stored.slice(1));
  const mi = keyOf(MI_TYPES, stored);
  const flags = keyOf(MX_TYPES, stored) | (complex ? FLAG.complex : 0) | (dtype === 'b1' ? FLAG.logical : 0);
  const inner = headElements(name, flags, dims).u32(mi).u32(partBytes).done();
  const innerBytes = inner.length + padded(partBytes) + (complex ? 8 + padded(partBytes) : 0);
  const head = new ByteBuilder().u32(MI.matrix).u32(innerBytes).put(inner).done();
  const plan = { head, partBytes, bytes: 8 + innerBytes };
  if (!complex) return plan;
  return { ...plan, imaginary: { at: head.length + padded(partBytes), tag: new ByteBuilder().u32(mi).u32(partBytes).done() } };
}

/** The type of the numbers as they stand in the file, of a part for complex ones. */
export function storedType(dtype: DType): DType {
  const types: Partial<Record<DType, DType>> = { b1: 'u1', f2: 'f4', c8: 'f4', c16: 'f8' };
  return types[dtype] ?? dtype;
}

/** A text of ASCII characters as a row of characters. */
export function encodeText(name: string, text: string): Uint8Array {
  const data = new TextEncoder().encode(text);
  const inner = headElements(name, MX.char, [text.length === 0 ? 0 : 1, text.length])
    .u32(MI.utf8)
    .u32(data.length)
    .put(data);
  inner.zeros(padded(data.length) - data.length);
  return new ByteBuilder().u32(MI.matrix).u32(inner.length).put(inner.done()).done();
}

function headElements(name: string, flags: number, dims: readonly number[]): ByteBuilder {
  const text = new TextEncoder().encode(name);
  const bytes = new ByteBuilder().u32(MI.uint32).u32(8).u32(flags).u32(0);
  bytes.u32(MI.int32).u32(4 * dims.length);
  for (const size of dims) bytes.u32(size);
  bytes.zeros(dims.length % 2 === 0 ? 0 : 4);
  bytes.u32(MI.int8).u32(text.length).put(text);
  return bytes.zeros(padded(text.length) - text.length);
}

export function padded(bytes: number): number {
  return 8 * Math.ceil(bytes / 8);
}

function keyOf(table: Readonly<Record<number, DType>>, dtype: DType): number {
  const found = Object.entries(table).find(([, known]) => known === dtype);
  if (!found) throw new Error(`no MATLAB type for ${dtype}`);
  return Number(found[0]);
}
