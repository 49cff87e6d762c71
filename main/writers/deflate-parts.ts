import { once } from 'node:events';
import { promisify } from 'node:util';
import { constants, createDeflate, deflate, deflateSync, type ZlibOptions } from 'node:zlib';
import { throwIfAborted } from '../../shared/model/data-error.ts';
import { quickestEffort, type Effort } from './deflate-effort.ts';

/** Few large pieces of output cost less than many small ones. */
const CHUNK_BYTES = 1 << 18;
/** So much is compressed in one call, which costs less than a stream. */
const ONE_CALL_BYTES = 1 << 19;
/** So little is compressed in less time than the way to another thread and back takes. */
const SYNCHRONOUS_BYTES = 1 << 15;
/** What deflate may add to data that it cannot pack. */
const ROOM_BYTES = 64;

export interface Deflated {
  readonly chunks: readonly Uint8Array[];
  readonly bytes: number;
}

const deflateAtOnce = promisify<Uint8Array, ZlibOptions, Uint8Array>(deflate);

/** One zlib stream of all parts, made on a thread of its own unless it is tiny; little more than a part at a time and the output are in memory. */
export async function deflateParts(
  parts: AsyncIterable<Uint8Array>,
  asked: Effort | 'quickest',
  signal: AbortSignal | undefined,
): Promise<Deflated> {
  const rest = parts[Symbol.asyncIterator]();
  const { first, isAll } = await takeFirst(rest, signal);
  const effort = asked === 'quickest' ? quickestEffort(first) : asked;
  const options: ZlibOptions = effort === 'runs' ? { level: 1, strategy: constants.Z_RLE } : { level: effort };
  if (!isAll) return deflateStream(first, rest, options, signal);
  const bytes =
    first.byteLength <= SYNCHRONOUS_BYTES
      ? deflateSync(first, { ...options, chunkSize: first.byteLength + ROOM_BYTES })
      : await deflateAtOnce(first, { ...options, chunkSize: Math.max(ROOM_BYTES, first.byteLength >> 1) });
  return { chunks: [bytes], bytes: bytes.byteLength };
}

/** The first parts together, as far as one call takes them. */
async function takeFirst(
  parts: AsyncIterator<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<{ readonly first: Uint8Array; readonly isAll: boolean }> {
  const taken: Uint8Array[] = [];
  let bytes = 0;
  let next = await parts.next();
  while (!next.done) {
    throwIfAborted(signal);
    taken.push(next.value);
    bytes += next.value.byteLength;
    if (bytes > ONE_CALL_BYTES) break;
    next = await parts.next();
  }
  const [only] = taken;
  return { first: only && taken.length === 1 ? only : Buffer.concat(taken), isAll: next.done === true };
}

async function deflateStream(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  options: ZlibOptions,
  signal: AbortSignal | undefined,
): Promise<Deflated> {
  const stream = createDeflate({ ...options, chunkSize: CHUNK_BYTES });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Uint8Array) => {
    chunks.push(chunk);
    bytes += chunk.byteLength;
  });
  try {
    for (let part = first; ; ) {
      throwIfAborted(signal);
      if (part.byteLength > 0 && !stream.write(part)) await once(stream, 'drain');
      const next = await rest.next();
      if (next.done) break;
      part = next.value;
    }
    stream.end();
    await once(stream, 'end');
    return { chunks, bytes };
  } finally {
    stream.destroy();
  }
}
