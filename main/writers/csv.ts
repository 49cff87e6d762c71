import { bufferCount, type FrameBuffer } from '../../shared/model/dataset.ts';
import { numberText } from '../codecs/text-table.ts';
import { writeAtomically, type AtomicFile } from './atomic-file.ts';
import { writeBufferFolder } from './buffer-folder.ts';
import { oneBuffer, tellDatasetLosses, writtenDataset } from './described-output.ts';
import { eachBuffer } from './each-buffer.ts';
import { Losses } from './losses.ts';
import { attributeLines, tellScaledLosses } from './scaled-values.ts';
import { columnNames, compareColumns, createTableFile, type TableFile } from './table-file.ts';
import { SOFTWARE } from './version.ts';
import type { WriteJob, Writer } from './writer.ts';

/** A row per sample: buffer, frame, x, y, z, scaled values, mask. Layout: docs/formats/csv.md. */
export const csv: Writer = {
  id: 'csv',
  label: 'CSV table (.csv)',
  extensions: ['csv'],
  options: {
    files: {
      type: 'choice',
      label: 'Files',
      choices: ['one', 'buffer'],
      help: 'one: a single file (default); buffer: a folder with one file per buffer.',
    },
  },
  accepts: (info) => bufferCount(info) > 0 || 'a table needs at least one buffer',
  write: async (job) => {
    const losses = new Losses();
    tellDatasetLosses(job.dataset.info, losses);
    const buffers = job.options.files === 'buffer' ? await writeFolder(job, losses) : await writeOne(job, losses);
    return { target: job.target, buffers, losses: losses.list() };
  },
};

async function writeOne(job: WriteJob, losses: Losses): Promise<number> {
  let buffers = 0;
  await writeAtomically(job.target, job, async (file) => {
    let table: TableFile | undefined;
    let columns: readonly string[] = [];
    buffers = await eachBuffer(job, async (buffer, index) => {
      if (!table) {
        table = startTable(file, job);
        columns = await writeHead(table, buffer, job);
      }
      await writeBuffer(table, { buffer, at: index }, columns, losses);
    });
    await table?.finish(writtenDataset(job.dataset.info));
  });
  return buffers;
}

function writeFolder(job: WriteJob, losses: Losses): Promise<number> {
  return writeBufferFolder(job, {
    format: 'csv',
    extension: 'csv',
    fill: async (file, buffer) => {
      const table = startTable(file, job);
      await writeBuffer(table, { buffer, at: 0 }, await writeHead(table, buffer, job), losses);
      await table.finish(writtenDataset(oneBuffer(job.dataset.info)));
    },
  });
}

function startTable(file: AtomicFile, job: WriteJob): TableFile {
  const style = { separator: ',', lead: (buffer: FrameBuffer, frame: number) => [buffer.info.index, frame], number: numberText } as const;
  return createTableFile(file, style, job.signal);
}

/** Comment lines for people, and the line of column names. */
async function writeHead(table: TableFile, first: FrameBuffer, job: WriteJob): Promise<readonly string[]> {
  const { info } = job.dataset;
  await table.line(`# ${SOFTWARE}`);
  for (const [name, text] of [['title', info.title] as const, ...attributeLines(info.attributes)])
    await table.line(`# ${name}: ${text.replace(/\s+/g, ' ')}`);
  const [frame] = first.info.frames;
  const columns = frame ? columnNames(frame) : [];
  await table.line(['buffer', 'frame', ...columns].map(quoted).join(','));
  return columns;
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function writeBuffer(
  table: TableFile,
  { buffer, at }: { readonly buffer: FrameBuffer; readonly at: number },
  columns: readonly string[],
  losses: Losses,
): Promise<void> {
  compareColumns(columns, buffer);
  tellScaledLosses(buffer.info, losses);
  for (let frame = 0; frame < buffer.info.frames.length; frame++) await table.frame(buffer, frame);
  table.endBuffer(buffer, at);
}
