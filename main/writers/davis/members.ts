import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { throwIfAborted } from '../../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer } from '../../../shared/model/dataset.ts';
import { writeAtomically } from '../atomic-file.ts';
import type { Losses } from '../losses.ts';
import type { WriteJob } from '../writer.ts';
import { writeBufferFile, type ByteSink } from './buffer-file.ts';
import { planBuffer } from './buffer-plan.ts';
import { imageTypeOf, storageOf } from './options.ts';

/** Buffers under way at the same time: one is compressed on another thread while the next one is read. */
const LANES = 2;

export type BufferKind = 'image' | 'vector';
const EXTENSIONS = { image: 'im7', vector: 'vc7' } as const;
const FILE_NAME = /^B(\d+)\.(im7|vc7)$/;

/** Writes a buffer in the file format of DaVis 7; what it holds. */
export async function writeBuffer(sink: ByteSink, buffer: FrameBuffer, job: WriteJob, losses: Losses): Promise<BufferKind> {
  const plan = planBuffer(buffer.info, job.dataset.info.path, losses, imageTypeOf(job.options));
  if (buffer.info.state === 'blank') losses.add('Blank buffers are written as zeros that are masked everywhere.');
  await writeBufferFile(sink, { buffer, plan, losses, options: { signal: job.signal } }, storageOf(job.options));
  return plan.format.kind;
}

/**
 * Writes every buffer as a file of its own into a folder. Missing ones stay gaps in the numbers. Files that an earlier job left are kept.
 * Tells the kind of the first buffer.
 */
export async function writeMembers(
  folder: string,
  job: WriteJob,
  losses: Losses,
): Promise<{ readonly written: number; readonly kind: BufferKind | undefined }> {
  const { dataset, signal } = job;
  const total = bufferCount(dataset.info);
  const kinds = await finishedMembers(folder);
  let next = 0;
  let done = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    while (next < total && !failed) {
      const index = next++;
      throwIfAborted(signal);
      const kind = kinds.get(index) ?? (await writeMember(folder, index, job, losses));
      if (kind) kinds.set(index, kind);
      done++;
      job.progress?.(done, total);
    }
  };
  // All lanes have ended before an error is told, so that nothing is written any more behind the back of who cleans up.
  const ends = await Promise.allSettled(
    Array.from({ length: LANES }, () =>
      lane().catch((error: unknown) => {
        failed = true;
        throw error;
      }),
    ),
  );
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  const first = Math.min(...kinds.keys());
  return { written: kinds.size, kind: kinds.get(first) };
}

async function finishedMembers(folder: string): Promise<Map<number, BufferKind>> {
  const kinds = new Map<number, BufferKind>();
  for (const name of await fs.readdir(folder)) {
    const [, number, extension] = FILE_NAME.exec(name) ?? [];
    if (number !== undefined) kinds.set(Number(number) - 1, extension === EXTENSIONS.image ? 'image' : 'vector');
  }
  return kinds;
}

/** Undefined for a buffer that is missing in the source. */
async function writeMember(folder: string, index: number, job: WriteJob, losses: Losses): Promise<BufferKind | undefined> {
  const { dataset, signal } = job;
  const isMissing = dataset.info.missing.some(([from, to]) => index >= from && index < to);
  const buffer = isMissing ? undefined : await dataset.buffer(index, { signal });
  if (!buffer || buffer.info.state === 'missing') {
    losses.add('Buffers that are missing in the source stay gaps in the numbers of the set.');
    return undefined;
  }
  const kind = buffer.info.frames[0]?.kind ?? 'image';
  const name = `B${String(index + 1).padStart(5, '0')}.${EXTENSIONS[kind]}`;
  await writeAtomically(join(folder, name), { force: true }, async (file) => void (await writeBuffer(file, buffer, job, losses)));
  return kind;
}
