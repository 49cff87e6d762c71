import { Inflate } from 'pako';
import { DataError } from '../../shared/model/data-error.ts';
import type { BytePlace } from './cursor.ts';

/** Why an engine gave up: damaged stream, stream that ends too early, or more output than allowed. */
export class InflateFailure extends Error {
  readonly kind: 'damaged' | 'cut' | 'long';

  constructor(kind: 'damaged' | 'cut' | 'long', message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Deflate data in a zlib stream (header and checksum), or bare as ZIP has them. */
export type InflateWrapping = 'zlib' | 'raw';

/** Inflates one stream of at most `limit` bytes of output; throws InflateFailure. */
export type InflateEngine = (bytes: Uint8Array, limit: number, wrapping?: InflateWrapping) => Uint8Array;

/** The same for a zlib stream, on a thread of its own. */
export type AsideEngine = (bytes: Uint8Array, limit: number) => Promise<Uint8Array>;

/** zlib cannot expand by more than about 1032 : 1; the rest is slack for short streams. */
const MAX_RATIO = 1100;
const RATIO_SLACK_BYTES = 65536;
/** What zlib says where the input ends before the stream. */
const Z_BUF_ERROR = -5;
/** Output is allocated at once, but zlib wants some room for short streams, too. */
export const MIN_CHUNK_BYTES = 64;

let engine: InflateEngine = inflatePortable;
let aside: AsideEngine | undefined;

/** Installs another engine, such as the host's faster one; returns the one that it replaces. */
export function setInflate(other: InflateEngine): InflateEngine {
  const replaced = engine;
  engine = other;
  return replaced;
}

/** Installs an engine that works aside; without one everything is done here. */
export function setInflateAside(other: AsideEngine): void {
  aside = other;
}

/** The most bytes that a zlib stream of `length` bytes can hold. */
export function inflateBound(length: number): number {
  return MAX_RATIO * length + RATIO_SLACK_BYTES;
}

/**
 * Exactly `length` bytes of one zlib stream, in an array that starts at a multiple of 8. `malformed` where the stream is damaged, holds
 * more, or cannot hold as much; `truncated` where it holds less. Nothing above `length` is ever allocated.
 */
export function inflate(bytes: Uint8Array, length: number, what: BytePlace, wrapping: InflateWrapping = 'zlib'): Uint8Array {
  checkBound(bytes, length, what);
  return checkLength(run(bytes, length, what, wrapping), length, what);
}

/** The way to another thread and back costs as much as to unpack so little here. */
const ASIDE_BYTES = 1 << 18;

/** The same for large streams without holding up this thread: what is shown needs not wait for what is read ahead. */
export async function inflateAside(bytes: Uint8Array, length: number, what: BytePlace): Promise<Uint8Array> {
  if (!aside || length < ASIDE_BYTES) return inflate(bytes, length, what);
  checkBound(bytes, length, what);
  try {
    return checkLength(aligned(await aside(bytes, length)), length, what);
  } catch (error) {
    throw toldFailure(error, length, what);
  }
}

function checkBound(bytes: Uint8Array, length: number, what: BytePlace): void {
  if (length <= inflateBound(bytes.byteLength)) return;
  throw new DataError(
    'malformed',
    `The compressed data at offset ${what.offset} have ${bytes.byteLength} bytes and cannot hold the ${length} bytes that the header promises.`,
    what,
  );
}

function checkLength(data: Uint8Array, length: number, what: BytePlace): Uint8Array {
  if (data.byteLength >= length) return data;
  throw new DataError(
    'truncated',
    `The compressed data at offset ${what.offset} hold ${data.byteLength} bytes, the header promises ${length}.`,
    what,
  );
}

/** What one zlib stream holds, at most `limit` bytes of it; `malformed` where it is damaged or holds more. */
export function inflateUpTo(bytes: Uint8Array, limit: number, what: BytePlace): Uint8Array {
  return run(bytes, Math.min(limit, inflateBound(bytes.byteLength)), what, 'zlib');
}

function run(bytes: Uint8Array, limit: number, what: BytePlace, wrapping: InflateWrapping): Uint8Array {
  try {
    return aligned(engine(bytes, limit, wrapping));
  } catch (error) {
    throw toldFailure(error, limit, what);
  }
}

function aligned(data: Uint8Array): Uint8Array {
  return data.byteOffset % 8 === 0 ? data : data.slice();
}

/** What an engine's failure means for who reads the file; other errors pass. */
function toldFailure(error: unknown, limit: number, what: BytePlace): unknown {
  if (!(error instanceof InflateFailure)) return error;
  if (error.kind === 'long')
    return new DataError(
      'malformed',
      `The compressed data at offset ${what.offset} hold more than the ${limit} bytes that the header promises.`,
      what,
    );
  if (error.kind === 'cut')
    return new DataError('truncated', `The compressed data at offset ${what.offset} end in the middle of the stream.`, what);
  return new DataError('malformed', `The compressed data at offset ${what.offset} are damaged: ${error.message}.`, {
    ...what,
    cause: error,
  });
}

/** The portable engine: pako with a hard limit. */
export function inflatePortable(bytes: Uint8Array, limit: number, wrapping: InflateWrapping = 'zlib'): Uint8Array {
  const stream = new Inflate({ chunkSize: Math.max(MIN_CHUNK_BYTES, limit), windowBits: wrapping === 'zlib' ? 15 : -15 });
  const chunks: Uint8Array[] = [];
  let size = 0;
  stream.onData = (piece) => {
    size += piece.byteLength;
    if (size > limit) throw new InflateFailure('long', 'too much output');
    chunks.push(piece);
  };
  stream.onEnd = () => undefined;
  stream.push(bytes, true);
  if (stream.err && stream.err !== Z_BUF_ERROR) throw new InflateFailure('damaged', stream.msg || `code ${stream.err}`);
  if (!stream.ended || stream.err === Z_BUF_ERROR) throw new InflateFailure('cut', 'the stream ends early');
  return join(chunks, size);
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const whole = new Uint8Array(size);
  let position = 0;
  for (const chunk of chunks) {
    whole.set(chunk, position);
    position += chunk.byteLength;
  }
  return whole;
}
