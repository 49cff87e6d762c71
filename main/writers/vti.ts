import { basename, dirname, join } from 'node:path';
import { DataError } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer } from '../../shared/model/dataset.ts';
import { writeAtomically } from './atomic-file.ts';
import { writeBufferFolder } from './buffer-folder.ts';
import { tellDatasetLosses } from './described-output.ts';
import { eachBuffer } from './each-buffer.ts';
import { Losses } from './losses.ts';
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
  },
  accepts: (info) => bufferCount(info) > 0 || 'a VTK file needs at least one buffer',
  write: async (job) => {
    const losses = new Losses();
    tellDatasetLosses(job.dataset.info, losses);
    if (job.options.precision === 'single') losses.add('Digits beyond the seventh: values are written in single precision.');
    const buffers = /\.vti$/i.test(job.target) ? await writeOne(job, losses) : await writeSeries(job, losses);
    return { target: job.target, buffers, losses: losses.list() };
  },
};

async function writeOne(job: WriteJob, losses: Losses): Promise<number> {
  const total = bufferCount(job.dataset.info);
  if (total > 1) {
    throw new DataError('invalid-option', `A .vti file holds one buffer, the dataset has ${total}.`, {
      field: 'target',
      hint: 'Name the target .pvd, or choose one buffer.',
    });
  }
  let buffers = 0;
  await writeAtomically(job.target, job, async (file) => {
    buffers = await eachBuffer(job, async (buffer) => {
      tellScaledLosses(buffer.info, losses);
      await writeVtiFile(file, buffer, job);
    });
  });
  return buffers;
}

/** The folder comes first: the .pvd never names files that are not there. */
async function writeSeries(job: WriteJob, losses: Losses): Promise<number> {
  const name = basename(job.target).replace(/\.pvd$/i, '');
  const times: number[] = [];
  let buffers = 0;
  await writeAtomically(join(dirname(job.target), `${name}.pvd`), job, async (collection) => {
    buffers = await writeBufferFolder(
      { ...job, target: join(dirname(job.target), name), dataset: { ...job.dataset, info: job.dataset.info, buffer: timed(job, times) } },
      {
        format: 'vti',
        extension: 'vti',
        fill: async (file, buffer) => {
          tellScaledLosses(buffer.info, losses);
          await writeVtiFile(file, buffer, job);
        },
      },
    );
    await collection.write(new TextEncoder().encode(await collectionText(name, times, job)));
  });
  return buffers;
}

/** Remembers the times of the buffers that pass. */
function timed(job: WriteJob, times: number[]): WriteJob['dataset']['buffer'] {
  return async (index, options): Promise<FrameBuffer> => {
    const buffer = await job.dataset.buffer(index, options);
    times[index] = bufferTime(buffer.info, job.dataset.info);
    return buffer;
  };
}

async function collectionText(name: string, times: readonly number[], job: WriteJob): Promise<string> {
  const lines = [];
  const missing = missingBuffers(job.dataset.info);
  for (let index = 0; index < bufferCount(job.dataset.info); index++) {
    if (missing.has(index)) continue;
    // Files of an earlier, unfinished job were not opened again.
    const time = times[index] ?? bufferTime((await job.dataset.buffer(index, { signal: job.signal })).info, job.dataset.info);
    lines.push(`    <DataSet timestep="${time}" part="0" file="${escapeXml(name)}/${String(index).padStart(5, '0')}.vti"/>`);
  }
  return `<?xml version="1.0"?>\n<VTKFile type="Collection" version="1.0" byte_order="LittleEndian">\n  <Collection>\n${lines.join('\n')}\n  </Collection>\n</VTKFile>\n`;
}
