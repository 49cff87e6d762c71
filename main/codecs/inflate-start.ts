import { Inflate } from 'pako';
import { DataError } from '../../shared/model/data-error.ts';
import type { BytePlace } from './cursor.ts';

/** Ends the work when there is enough. */
class Enough extends Error {}

/** The first bytes of a zlib stream, at most `count`; `bytes` may be its beginning only. `malformed` where they are no such stream. */
export function inflateStart(bytes: Uint8Array, count: number, what: BytePlace): Uint8Array {
  const stream = new Inflate({ chunkSize: count });
  let start = new Uint8Array(0);
  stream.onData = (piece) => {
    start = new Uint8Array(piece);
    throw new Enough();
  };
  stream.onEnd = () => undefined;
  try {
    stream.push(bytes, 2);
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  if (start.length > 0) return start;
  throw new DataError('malformed', `The compressed data at offset ${what.offset} are damaged: ${stream.msg || 'they hold nothing'}.`, what);
}
