import { bufferCount, type FrameBuffer } from '../../shared/model/dataset.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { numberText } from '../codecs/text-table.ts';
import type { AtomicFile } from './atomic-file.ts';
import { writeTelling, writtenDataset } from './described-output.ts';
import { eachBuffer } from './each-buffer.ts';
import { attributeLines, bufferTime, tellScaledLosses } from './scaled-values.ts';
import { writeTableFile } from './table-columns.ts';
import { createTableFile, type TableColumns, type TableFile } from './table-file.ts';
import type { WriteJob, Writer } from './writer.ts';

/** Tecplot ASCII, POINT packing, a zone per buffer and frame with its time. Layout: docs/formats/tecplot.md. */
export const tecplot: Writer = {
  id: 'tecplot',
  label: 'Tecplot ASCII (.dat)',
  extensions: ['dat'],
  options: {
    invalid: {
      type: 'choice',
      label: 'Invalid values',
      choices: ['nan', 'zero'],
      help: 'What stands for samples without a value: nan (default), or zero for programs that do not read it; the mask column tells them apart.',
    },
  },
  accepts: (info) => bufferCount(info) > 0 || 'a Tecplot file needs at least one zone',
  write: (job) =>
    writeTelling(job, async (losses) => {
      if (job.options.invalid === 'zero') losses.add('Values that are not a number: they are written as 0.');
      let buffers = 0;
      await writeTableFile(job, losses, 'shared', async (file, columnsOf) => {
        let table: TableFile | undefined;
        buffers = await eachBuffer(job, async (buffer, index) => {
          table ??= await startTable(file, columnsOf(buffer), job);
          tellScaledLosses(buffer.info, losses);
          await writeZones(table, buffer, job);
          table.endBuffer(buffer, index);
        });
        await table?.finish(writtenDataset(job.dataset.info));
      });
      return buffers;
    }),
};

function finiteText(value: number): string {
  return Number.isFinite(value) ? numberText(value) : '0';
}

/** Lines end at 32,000 characters. */
const MAX_TEXT_CHARACTERS = 8000;

function quoted(text: string): string {
  const plain = text.replace(/[\p{Cc}]+/gu, ' ').slice(0, MAX_TEXT_CHARACTERS);
  return `"${plain.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** Names of auxiliary data begin with a letter and have letters, digits, '_' and '.'. */
function auxiliaryLines(keyword: string, lines: readonly (readonly [name: string, text: string])[]): readonly string[] {
  const taken = new Set<string>();
  return lines.map(([name, text]) => {
    const plain = name.replace(/[^A-Za-z0-9_.]/g, '_').replace(/^(?=[^A-Za-z])/, 'A');
    let free = plain;
    for (let n = 2; taken.has(free); n++) free = `${plain}.${n}`;
    taken.add(free);
    return `${keyword} ${free} = ${quoted(text)}`;
  });
}

async function startTable(file: AtomicFile, columns: TableColumns, job: WriteJob): Promise<TableFile> {
  const number = job.options.invalid === 'zero' ? finiteText : numberText;
  const table = createTableFile(file, { separator: ' ', lead: () => [], number, absent: number(Number.NaN) }, columns, job.signal);
  const { title, attributes } = writtenDataset(job.dataset.info);
  await table.line(`TITLE = ${quoted(title)}`);
  await table.line(`VARIABLES = ${columns.names.map(quoted).join(' ')}`);
  for (const line of auxiliaryLines('DATASETAUXDATA', attributeLines(attributes))) await table.line(line);
  return table;
}

async function writeZones(table: TableFile, buffer: FrameBuffer, job: WriteJob): Promise<void> {
  const { info } = buffer;
  for (let frame = 0; frame < info.frames.length; frame++) {
    const { shape, planes, scales, attributes } = info.frames[frame] as FrameInfo;
    const name = info.frames.length > 1 ? `${info.name} frame ${frame}` : info.name;
    const time = numberText(bufferTime(info, job.dataset.info));
    await table.line(
      `ZONE T=${quoted(name)}, I=${shape[1]}, J=${shape[0]}, K=${planes}, DATAPACKING=POINT, STRANDID=${frame + 1}, SOLUTIONTIME=${time}`,
    );
    const units = { x_unit: scales.x.unit, y_unit: scales.y.unit, z_unit: scales.z.unit };
    for (const line of auxiliaryLines('AUXDATA', attributeLines({ ...units, ...info.attributes, ...attributes }))) await table.line(line);
    await table.frame(buffer, frame);
  }
}
