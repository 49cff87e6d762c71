import { resolve } from 'node:path';
import { DataError } from '../../../shared/model/data-error.ts';
import { bufferCount } from '../../../shared/model/dataset.ts';
import { writeAtomically } from '../atomic-file.ts';
import { Losses } from '../losses.ts';
import { VERSION_ATTRIBUTE } from '../version.ts';
import type { WriteJob, Writer, WriteResult } from '../writer.ts';
import { writeBuffer } from './members.ts';
import { BUFFER_OPTIONS, storageOf } from './options.ts';

/** Single DaVis files: one buffer of images (.im7) or vectors (.vc7). */
export const davisBufferWriter: Writer = {
  id: 'davis-buffer',
  label: 'DaVis buffer (.im7, .vc7)',
  extensions: ['im7', 'vc7'],
  options: BUFFER_OPTIONS,
  accepts: (info) => {
    const count = bufferCount(info);
    return count === 1 || `a .im7 or .vc7 file holds one buffer, the dataset has ${count}; choose one by its range, or write a set`;
  },
  write,
};

async function write(job: WriteJob): Promise<WriteResult> {
  const { dataset, signal, force } = job;
  const target = resolve(job.target);
  storageOf(job.options);
  if (target === resolve(dataset.info.path))
    throw new DataError('exists', `${target} is the source itself.`, { path: target, hint: 'Choose another target.' });
  const losses = new Losses();
  await writeAtomically(target, { force }, async (file) => {
    const buffer = await dataset.buffer(0, { signal });
    refuseName(target, buffer.info.frames[0]?.kind);
    await writeBuffer(file, buffer, job, losses);
    job.progress?.(1, 1);
  });
  const ofSet = Object.entries(dataset.info.attributes)
    .filter(([name, value]) => value !== '' && name !== VERSION_ATTRIBUTE)
    .map(([name]) => name);
  if (ofSet.length > 0) losses.add(`A single buffer has no set that keeps the attributes of the dataset: ${ofSet.join(', ')}.`);
  return { target, buffers: 1, losses: losses.list() };
}

/** DaVis tells images and vectors by the name of the file. */
function refuseName(target: string, kind: 'image' | 'vector' | undefined): void {
  const wanted = kind === 'vector' ? 'vc7' : 'im7';
  const other = kind === 'vector' ? 'im7' : 'vc7';
  if (!target.toLowerCase().endsWith(`.${other}`)) return;
  throw new DataError(
    'invalid-option',
    `The buffer holds ${kind === 'vector' ? 'vectors' : 'images'}, whose files end with .${wanted}, not .${other}.`,
    { path: target, field: 'target' },
  );
}
