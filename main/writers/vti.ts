import { basename, dirname, join } from 'node:path';
import { DataError } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer, type FrameDataset, type FrameDatasetInfo } from '../../shared/model/dataset.ts';
import { vtiPartName, vtiParts } from '../codecs/vtk/vti-layout.ts';
import { writeAtomically } from './atomic-file.ts';
import { writeBufferFolder } from './buffer-folder.ts';
import { writeTelling } from './described-output.ts';
import { eachBuffer } from './each-buffer.ts';
import { FIELDS_OPTION } from './fields-option.ts';
import type { Losses } from './losses.ts';
import { missingBuffers } from './missing-buffers.ts';
import { bufferTime, tellScaledLosses } from './scaled-values.ts';
import { escapeXml, writeVtiFile } from './vti-file.ts';
import type { WriteJob, Writer } from './writer.ts';

/** VTK ImageData of scaled values: one .vti, or a .pvd with a folder of one .vti per buffer. Layout: docs/formats/vti.md. */
export const vti: Writer = {
  id: 'vti',
  label: 'VTK ImageData (.pvd, .vti)',
  extensions: ['pvd', 'vti'],
  options: {
    precision: {
      type: 'choice',
      label: 'Precision',
      choices: ['double', 'single'],
      help: 'double (default), or single: half the size, seven digits.',
    },
    ...FIELDS_OPTION,
  },
  resumes: ({ target }) => !/\.vti$/i.test(target),
  accepts: (info) => bufferCount(info) > 0 || 'a VTK file needs at least one buffer',
  write: (job) =>
    writeTelling(job, (losses) => {
      if (job.options.precision === 'single') losses.add('Digits beyond the seventh: values are written in single precision.');
      return /\.vti$/i.test(job.target) ? writeOne(job, losses) : writeSeries(job, losses);
    }),
};

async function writeOne(job: WriteJob, losses: Losses): Promise<number> {
  const total = bufferCount(job.dataset.info);
  const hint = 'Name the target .pvd, or choose one buffer.';
  if (total > 1)
    throw new DataError('invalid-option', `A .vti file holds one buffer, the dataset has ${total}.`, { field: 'target', hint });
  let buffers = 0;
  await writeAtomically(job.target, job, async (file) => {
    buffers = await eachBuffer(job, async (buffer) => {
      const parts = vtiParts(buffer.info.frames).length;
      if (parts > 1) {
        const message = `A .vti file holds one grid, the frames of the buffer have ${parts} that differ.`;
        throw new DataError('invalid-option', message, { field: 'target', hint: 'Name the target .pvd: it holds a file a grid.' });
      }
      tellScaledLosses(buffer.info, losses);
      await writeVtiFile(file, buffer, 0, job);
    });
  });
  return buffers;
}

/** What the collection says of a buffer. */
interface Entry {
  readonly time: number;
  readonly parts: number;
}

/** The folder comes first: the .pvd never names files that are not there. */
async function writeSeries(job: WriteJob, losses: Losses): Promise<number> {
  const name = basename(job.target).replace(/\.pvd$/i, '');
  const entries: Entry[] = [];
  let buffers = 0;
  await writeAtomically(join(dirname(job.target), `${name}.pvd`), job, async (collection) => {
    buffers = await writeBufferFolder(
      { ...job, target: join(dirname(job.target), name), dataset: noting(job.dataset, entries) },
      {
        format: 'vti',
        extension: 'vti',
        fill: async (file, buffer) => {
          tellScaledLosses(buffer.info, losses);
          await writeVtiFile(file, buffer, 0, job);
        },
        more: (buffer, first) =>
          vtiParts(buffer.info.frames)
            .slice(1)
            .map((_, at) => ({ name: vtiPartName(first, at + 1), fill: (file) => writeVtiFile(file, buffer, at + 1, job) })),
      },
    );
    await collection.write(new TextEncoder().encode(await collectionText(name, entries, job)));
  });
  return buffers;
}

/** The dataset, with the entries of the buffers that pass. */
function noting(dataset: FrameDataset, entries: Entry[]): FrameDataset {
  return {
    info: dataset.info,
    buffer: async (index, options) => {
      const buffer = await dataset.buffer(index, options);
      entries[index] = entryOf(buffer, dataset.info);
      return buffer;
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function entryOf({ info }: FrameBuffer, dataset: FrameDatasetInfo): Entry {
  return { time: bufferTime(info, dataset), parts: vtiParts(info.frames).length };
}

async function collectionText(name: string, entries: readonly Entry[], { dataset, signal }: WriteJob): Promise<string> {
  const lines = [];
  const missing = missingBuffers(dataset.info);
  for (let index = 0; index < bufferCount(dataset.info); index++) {
    if (missing.has(index)) continue;
    // Files of an earlier, unfinished job were not opened again.
    const { time, parts } = entries[index] ?? entryOf(await dataset.buffer(index, { signal }), dataset.info);
    for (let part = 0; part < parts; part++) {
      const file = vtiPartName(`${String(index).padStart(5, '0')}.vti`, part);
      lines.push(`    <DataSet timestep="${time}" part="${part}" file="${escapeXml(name)}/${file}"/>`);
    }
  }
  return `<?xml version="1.0"?>\n<VTKFile type="Collection" version="1.0" byte_order="LittleEndian">\n  <Collection>\n${lines.join('\n')}\n  </Collection>\n</VTKFile>\n`;
}
