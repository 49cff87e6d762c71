import { bufferCount, type FrameBuffer } from '../../shared/model/dataset.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { numberText } from '../codecs/text-table.ts';
import type { AtomicFile } from './atomic-file.ts';
import { writeTelling, writtenDataset } from './described-output.ts';
import { eachBuffer } from './each-buffer.ts';
import { FIELDS_OPTION } from './fields-option.ts';
import { attributeLines, bufferTime, tellScaledLosses } from './scaled-values.ts';
import { writeTableFile } from './table-columns.ts';
import { createTableFile, type TableColumns, type TableFile } from './table-file.ts';
import { auxiliaryLines, finiteText, INVALID_OPTION, quoted } from './tecplot-text.ts';
import type { WriteJob, Writer } from './writer.ts';

/** Tecplot ASCII, POINT packing, a zone per buffer and frame with its time. Layout: docs/formats/tecplot.md. */
export const tecplot: Writer = {
  id: 'tecplot',
  label: 'Tecplot ASCII (.dat)',
  extensions: ['dat'],
  options: { ...INVALID_OPTION, ...FIELDS_OPTION },
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
