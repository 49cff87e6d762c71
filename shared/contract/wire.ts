import { DataError } from '../model/data-error.ts';
import { bytesOf, DTYPES, sampleBytes, viewSamples, type DType } from '../model/dtype.ts';
import { decodeJson, encodeJson } from './json.ts';
import type { Payload, WireArray } from './payload.ts';

/*
 * Binary envelope of a payload. All numbers are little endian; every array starts at a multiple of 8.
 *
 * offset   type        what
 * 0        4 bytes     "SLW1"
 * 4        u4          length H of the header
 * 8        H bytes     header: JSON (UTF-8) { meta, arrays: [{ dtype, samples }] }
 * 8+H      0-7 bytes   zeros up to a multiple of 8
 *          arrays      in the order of the header, each followed by zeros up to a multiple of 8
 */
const MAGIC = 0x31574c53;
const PREFIX_BYTES = 8;
const ALIGNMENT = 8;
const MAX_HEADER_BYTES = 64 * 1024 * 1024;
const MAX_ARRAYS = 100_000;

/** The envelope in parts, so that a server can write the arrays without copying them together. */
export function encodeParts({ meta, arrays }: Payload): readonly Uint8Array[] {
  const header = new TextEncoder().encode(
    encodeJson({ meta, arrays: arrays.map(({ dtype, data }) => ({ dtype, samples: data.byteLength / sampleBytes(dtype) })) }),
  );
  const head = new Uint8Array(aligned(PREFIX_BYTES + header.byteLength));
  const view = new DataView(head.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, header.byteLength, true);
  head.set(header, PREFIX_BYTES);
  return [head, ...arrays.flatMap(({ data }) => [bytesOf(data), new Uint8Array(aligned(data.byteLength) - data.byteLength)])].filter(
    (part) => part.byteLength > 0,
  );
}

/** The envelope as one array. */
export function encodeWire(payload: Payload): Uint8Array<ArrayBuffer> {
  const parts = encodeParts(payload);
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.byteLength;
  }
  return whole;
}

/** The payload of an envelope; `malformed` or `truncated` for anything else. The arrays are views of the message: nothing is copied. */
export function decodeWire(message: Uint8Array): Payload {
  const bytes = message.byteOffset % ALIGNMENT === 0 ? message : Uint8Array.from(message);
  const { meta, arrays, start } = decodeHeader(bytes);
  let position = start;
  const views = arrays.map(({ dtype, samples }): WireArray => {
    const from = position;
    const length = samples * sampleBytes(dtype);
    position = aligned(from + length);
    if (position > bytes.byteLength) throw cut(from, length, bytes.byteLength);
    return { dtype, data: viewSamples(dtype, bytes.buffer, bytes.byteOffset + from, samples) };
  });
  if (position !== bytes.byteLength)
    throw new DataError('malformed', `The message has ${bytes.byteLength} bytes, its header promises ${position}.`);
  return { meta, arrays: views };
}

interface Header {
  readonly meta: unknown;
  readonly arrays: readonly { readonly dtype: DType; readonly samples: number }[];
  /** Where the first array begins. */
  readonly start: number;
}

function decodeHeader(bytes: Uint8Array): Header {
  if (bytes.byteLength < PREFIX_BYTES) throw cut(0, PREFIX_BYTES, bytes.byteLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new DataError('malformed', 'The message does not begin with SLW1.', { offset: 0 });
  const length = view.getUint32(4, true);
  if (length > MAX_HEADER_BYTES)
    throw new DataError('too-large', `The header of the message has ${length} bytes, the limit is ${MAX_HEADER_BYTES}.`, { offset: 4 });
  const start = aligned(PREFIX_BYTES + length);
  if (start > bytes.byteLength) throw cut(PREFIX_BYTES, start - PREFIX_BYTES, bytes.byteLength);
  const header = parseHeader(bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + length));
  if (!Array.isArray(header.arrays) || header.arrays.length > MAX_ARRAYS) throw badHeader('it lists no arrays');
  return { meta: header.meta, arrays: header.arrays.map(parseArray), start };
}

function parseHeader(bytes: Uint8Array): { readonly meta?: unknown; readonly arrays?: unknown } {
  try {
    const value = decodeJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    throw badHeader(error instanceof Error ? error.message : String(error));
  }
  throw badHeader('it is no object');
}

function parseArray(entry: unknown): { dtype: DType; samples: number } {
  const { dtype, samples } = (typeof entry === 'object' && entry !== null ? entry : {}) as { dtype?: unknown; samples?: unknown };
  const known = DTYPES.find((name) => name === dtype);
  if (!known || typeof samples !== 'number' || !Number.isSafeInteger(samples) || samples < 0)
    throw badHeader(`array ${String(dtype)} of ${String(samples)} samples`);
  return { dtype: known, samples };
}

function badHeader(reason: string): DataError {
  return new DataError('malformed', `The header of the message is damaged: ${reason}.`, { offset: PREFIX_BYTES });
}

function cut(offset: number, needed: number, size: number): DataError {
  return new DataError(
    'truncated',
    `The message ends too early: ${needed} bytes are needed at offset ${offset}, ${Math.max(0, size - offset)} are there.`,
    { offset },
  );
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
