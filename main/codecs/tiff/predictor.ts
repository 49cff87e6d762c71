import type { DType } from '../../../shared/model/dtype.ts';
import { sampleBytes } from '../../../shared/model/dtype.ts';

/** Rows of a strip or tile, samples of a pixel side by side. */
export interface Rows {
  readonly rows: number;
  readonly width: number;
  /** Samples of a pixel that stand together. */
  readonly samples: number;
  readonly dtype: DType;
}

/** Predictor 2: every sample is the difference to the one left of it. In place, in the machine's byte order; wraps like the type. */
export function undoDifferences(bytes: Uint8Array, { rows, width, samples, dtype }: Rows): void {
  const size = sampleBytes(dtype);
  const row = width * samples;
  if (size === 8) {
    addLong(new BigUint64Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, rows * row), rows, row, samples);
    return;
  }
  const ArrayType = size === 1 ? Uint8Array : size === 2 ? Uint16Array : Uint32Array;
  const values = new ArrayType(bytes.buffer as ArrayBuffer, bytes.byteOffset, rows * row);
  for (let r = 0, start = 0; r < rows; r++, start += row) {
    for (let i = start + samples; i < start + row; i++) values[i] = (values[i] as number) + (values[i - samples] as number);
  }
}

function addLong(values: BigUint64Array, rows: number, row: number, samples: number): void {
  for (let r = 0, start = 0; r < rows; r++, start += row) {
    for (let i = start + samples; i < start + row; i++) values[i] = (values[i] as bigint) + (values[i - samples] as bigint);
  }
}

/**
 * Predictor 3 (Adobe's Photoshop TIFF technical note 3): a row holds the highest bytes of all its numbers, then the next ones and so on,
 * as differences of bytes. Returns numbers in little-endian order, whatever the file's is.
 */
export function undoFloatPredictor(bytes: Uint8Array, { rows, width, samples, dtype }: Rows): Uint8Array {
  const size = sampleBytes(dtype);
  const count = width * samples;
  const rowBytes = count * size;
  const out = new Uint8Array(bytes.length);
  for (let r = 0, start = 0; r < rows; r++, start += rowBytes) {
    for (let i = start + samples; i < start + rowBytes; i++) bytes[i] = (bytes[i] as number) + (bytes[i - samples] as number);
    for (let byte = 0; byte < size; byte++) {
      const from = start + byte * count;
      for (let i = 0, put = start + size - 1 - byte; i < count; i++, put += size) out[put] = bytes[from + i] as number;
    }
  }
  return out;
}
