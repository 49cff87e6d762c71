import { bufferCount, type FrameBuffer } from '../../shared/model/dataset.ts';
import { MANIFEST_FILE, manifestText } from '../codecs/buffer-manifest.ts';
import type { AtomicFile } from './atomic-file.ts';
import { writeFolderAtomically } from './atomic-folder.ts';
import { writtenDataset } from './described-output.ts';
import { eachBuffer } from './each-buffer.ts';
import type { WriteJob } from './writer.ts';

export interface BufferFiles {
  /** Id of the reader of one file. */
  readonly format: string;
  readonly extension: string;
  fill(file: AtomicFile, buffer: FrameBuffer): Promise<void>;
  /** Further files of a buffer, named after its own; they come first, so that a buffer whose own file is there is whole. */
  more?(buffer: FrameBuffer, name: string): readonly { readonly name: string; fill(file: AtomicFile): Promise<void> }[];
}

/** Digits of a file name: names sort in the order of the buffers. */
const DIGITS = 5;

/** A folder with a file per buffer and their description; a job that resumes writes only the files that are not there yet. */
export async function writeBufferFolder(job: WriteJob, files: BufferFiles): Promise<number> {
  const { info } = job.dataset;
  const identity = JSON.stringify([job.origin, info.path, info.title, info.nav, files.format, job.options]);
  const nameOf = (index: number): string => `${String(index).padStart(DIGITS, '0')}.${files.extension}`;
  return writeFolderAtomically(job.target, { ...job, identity, ownFile: MANIFEST_FILE }, async (folder) => {
    const written = await eachBuffer(
      job,
      async (buffer, index) => {
        for (const { name, fill } of files.more?.(buffer, nameOf(index)) ?? []) await folder.write(name, fill);
        await folder.write(nameOf(index), (file) => files.fill(file, buffer));
      },
      (index) => folder.has(nameOf(index)),
    );
    const names = Array.from({ length: bufferCount(info) }, (_, index) => nameOf(index));
    const text = manifestText({ dataset: writtenDataset(info), format: files.format, names });
    await folder.write(MANIFEST_FILE, (file) => file.write(new TextEncoder().encode(text)));
    return written;
  });
}
