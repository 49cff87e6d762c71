import { once } from 'node:events';
import { createDeflate } from 'node:zlib';
import { throwIfAborted } from '../../shared/model/data-error.ts';

/** Few large pieces of output cost less than many small ones. */
const CHUNK_BYTES = 1 << 18;

export interface Deflated {
  readonly chunks: readonly Uint8Array[];
  readonly bytes: number;
}

/** One zlib stream of all parts, made on a thread of its own; only a part at a time and the output are in memory. */
export async function deflateParts(parts: AsyncIterable<Uint8Array>, level: number, signal: AbortSignal | undefined): Promise<Deflated> {
  const stream = createDeflate({ level, chunkSize: CHUNK_BYTES });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Uint8Array) => {
    chunks.push(chunk);
    bytes += chunk.byteLength;
  });
  try {
    for await (const part of parts) {
      throwIfAborted(signal);
      if (part.byteLength > 0 && !stream.write(part)) await once(stream, 'drain');
    }
    stream.end();
    await once(stream, 'end');
    return { chunks, bytes };
  } finally {
    stream.destroy();
  }
}
