import { pipeline } from 'node:stream/promises';
import { createDeflate } from 'node:zlib';
import { throwIfAborted } from '../../shared/model/data-error.ts';
import { bufferCount } from '../../shared/model/dataset.ts';
import { bytesOf } from '../../shared/model/dtype.ts';
import { HEADER_BYTES, MI } from '../codecs/mat5/types.ts';
import { createAtomicFile, type AtomicFile } from './atomic-file.ts';
import type { WriteJob } from './writer.ts';

/** Samples are mostly as small as with more, for a third of the time. */
const LEVEL = 3;
const CHUNK_BYTES = 1 << 18;
const PART_BYTES = 4 << 20;
const TAG_BYTES = 8;

/**
 * A MAT-file of compressed variables. As their samples come buffer by buffer, `write` first makes a plain file beside the target, and returns
 * its length; then every variable of it is packed in one piece. Packing is the second half of the progress.
 */
export async function writeCompressed(
  file: AtomicFile,
  { dataset, signal, progress }: Pick<WriteJob, 'dataset' | 'signal' | 'progress'>,
  write: (plain: AtomicFile) => Promise<number>,
): Promise<void> {
  const buffers = bufferCount(dataset.info);
  const plain = await createAtomicFile(file.target, { force: true });
  try {
    const end = await write(plain);
    await file.write(await plain.read(0, HEADER_BYTES));
    let written = HEADER_BYTES;
    for (let at = HEADER_BYTES; at < end; ) {
      throwIfAborted(signal);
      const tag = await plain.read(at, TAG_BYTES);
      const bytes = TAG_BYTES + new DataView(tag.buffer, tag.byteOffset).getUint32(4, true);
      await file.write(new Uint8Array(TAG_BYTES));
      const packed = await pack(plain, { at, bytes }, file, signal, (done) =>
        progress?.(Math.floor((buffers * (1 + (at + done) / end)) / 2), buffers),
      );
      await file.overwrite(written, bytesOf(Uint32Array.of(MI.compressed, packed)));
      written += TAG_BYTES + packed;
      at += bytes;
    }
  } finally {
    await plain.discard();
  }
}

async function pack(
  plain: AtomicFile,
  { at, bytes }: { readonly at: number; readonly bytes: number },
  file: AtomicFile,
  signal: AbortSignal | undefined,
  progress: (done: number) => void,
): Promise<number> {
  let packed = 0;
  async function* parts(): AsyncGenerator<Uint8Array> {
    for (let done = 0; done < bytes; done += PART_BYTES) {
      throwIfAborted(signal);
      yield await plain.read(at + done, Math.min(PART_BYTES, bytes - done));
      progress(Math.min(bytes, done + PART_BYTES));
    }
  }
  await pipeline(parts, createDeflate({ level: LEVEL, chunkSize: CHUNK_BYTES }), async (chunks: AsyncIterable<Uint8Array>) => {
    for await (const chunk of chunks) {
      packed += chunk.byteLength;
      await file.write(chunk);
    }
  });
  return packed;
}
