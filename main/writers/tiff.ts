import { deflateSync } from 'node:zlib';
import { isDataError } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer } from '../../shared/model/dataset.ts';
import { bytesOf, type DType } from '../../shared/model/dtype.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import type { Scale } from '../../shared/model/scale.ts';
import { describeBuffer, descriptionText, type DatasetDescription } from '../codecs/frame-description.ts';
import { TIFF_DESCRIPTION_MARK } from '../codecs/tiff/layout.ts';
import {
  BIG_FIELD,
  createTiffWriter,
  MAX_CLASSIC_BYTES,
  tiffBytesAtMost,
  type Resolution,
  type TiffWriter,
} from '../codecs/tiff/write-tiff.ts';
import { writeAtomically, type AtomicFile } from './atomic-file.ts';
import { writeBufferFolder } from './buffer-folder.ts';
import { oneBuffer, writeTelling, writtenDataset } from './described-output.ts';
import { eachBuffer } from './each-buffer.ts';
import { FIELDS_OPTION } from './fields-option.ts';
import type { Losses } from './losses.ts';
import { SOFTWARE } from './version.ts';
import { VALUE_OPTIONS, wantedValues, withValues } from './tiff-values.ts';
import type { WriteJob, Writer } from './writer.ts';

/** The numbers of all components as grey pages, with a description that opens them again. Layout: docs/formats/tiff.md. */
export const tiff: Writer = {
  id: 'tiff',
  label: 'TIFF stack (.tif)',
  extensions: ['tif', 'tiff'],
  options: {
    files: {
      type: 'choice',
      label: 'Files',
      choices: ['one', 'buffer'],
      help: 'one: a single file (default); buffer: a folder with one file per buffer.',
    },
    compression: { type: 'choice', label: 'Compression', choices: ['none', 'deflate'], help: 'none (default) or deflate.' },
    bigtiff: { type: 'choice', label: 'BigTIFF', choices: ['auto', 'yes', 'no'], help: 'auto: where the file may pass 4 GB.' },
    ...VALUE_OPTIONS,
    ...FIELDS_OPTION,
  },
  resumes: ({ options }) => options.files === 'buffer',
  accepts: (info) => bufferCount(info) > 0 || 'a TIFF file needs at least one page',
  write: (job) => writeTelling(job, (losses) => (job.options.files === 'buffer' ? writeFolder(job, losses) : writeStack(job, losses))),
};

/** Where later buffers are larger than the first one promised, the file is written again as BigTIFF. */
async function writeStack(job: WriteJob, losses: Losses): Promise<number> {
  try {
    return await writePages(job, losses);
  } catch (error) {
    if (!isDataError(error, 'too-large') || error.field !== BIG_FIELD || job.options.bigtiff === 'no') throw error;
    return writePages({ ...job, options: { ...job.options, bigtiff: 'yes' } }, losses);
  }
}

async function writePages(job: WriteJob, losses: Losses): Promise<number> {
  let buffers = 0;
  const total = bufferCount(job.dataset.info);
  await writeAtomically(job.target, job, async (file) => {
    let writer: TiffWriter | undefined;
    const wanted = wantedValues(job.options);
    buffers = await eachBuffer(job, async (stored) => {
      const buffer = withValues(stored, wanted, job.dataset.info.path, losses);
      const isFirst = writer === undefined;
      writer ??= fileWriter(file, buffer, total, job);
      await addBuffer(writer, buffer, isFirst ? writtenDataset(job.dataset.info) : undefined, job, losses);
    });
    await writer?.finish();
  });
  return buffers;
}

async function writeFolder(job: WriteJob, losses: Losses): Promise<number> {
  const dataset = writtenDataset(oneBuffer(job.dataset.info));
  const wanted = wantedValues(job.options);
  return writeBufferFolder(job, {
    format: 'tiff',
    extension: 'tif',
    fill: async (file, stored) => {
      const buffer = withValues(stored, wanted, job.dataset.info.path, losses);
      const writer = fileWriter(file, buffer, 1, job);
      await addBuffer(writer, buffer, dataset, job, losses);
      await writer.finish();
    },
  });
}

function fileWriter(file: AtomicFile, first: FrameBuffer, total: number, job: WriteJob): TiffWriter {
  const { bigtiff } = job.options;
  let bytes = 0;
  for (const frame of first.info.frames) {
    const [height, width] = frame.shape;
    for (const { dtype } of stored(frame)) bytes += tiffBytesAtMost({ width, height, dtype }, frame.planes);
  }
  const texts = descriptionText({ buffers: [describeBuffer(first.info)] }, 'ascii').length;
  const isBig = bigtiff === 'yes' || (bigtiff !== 'no' && total * (bytes + 2 * texts) > MAX_CLASSIC_BYTES);
  return createTiffWriter((part) => file.write(part), { isBig, software: SOFTWARE });
}

function stored(frame: FrameInfo): readonly { readonly name: string; readonly dtype: DType }[] {
  return frame.components.filter((component) => component.stored);
}

async function addBuffer(
  writer: TiffWriter,
  buffer: FrameBuffer,
  dataset: DatasetDescription | undefined,
  job: WriteJob,
  losses: Losses,
): Promise<void> {
  const { info } = buffer;
  const text = descriptionText({ ...(dataset ? { dataset } : {}), buffers: [describeBuffer(info)] }, 'ascii');
  let description: string | undefined = `${TIFF_DESCRIPTION_MARK}${text}`;
  for (const [frameIndex, frame] of info.frames.entries()) {
    const [height, width] = frame.shape;
    for (const { name, dtype } of stored(frame)) {
      for (let plane = 0; plane < frame.planes; plane++) {
        const { data } = await buffer.plane({ frame: frameIndex, component: name, plane }, { signal: job.signal });
        const isDeflated = job.options.compression === 'deflate';
        const page = { width, height, dtype, isDeflated, data: isDeflated ? deflateSync(bytesOf(data)) : bytesOf(data) };
        await writer.add({
          ...page,
          description: description ?? pageText(info.index, frameIndex, name, plane),
          resolution: resolutionOf(frame),
        });
        description = undefined;
      }
    }
  }
  if (description !== undefined) losses.add('Buffers without stored components have no pages and are not written.');
}

/** For people; the description of the first page says the same. */
function pageText(buffer: number, frame: number, component: string, plane: number): string {
  return `buffer ${buffer}, frame ${frame}, ${component.replace(/[^\x20-\x7e]/g, '?')}, plane ${plane}`;
}

/** Centimetres of a unit of length. */
const LENGTHS: Readonly<Record<string, number>> = { m: 100, cm: 1, mm: 0.1, µm: 1e-4, μm: 1e-4, um: 1e-4, nm: 1e-7, inch: 2.54 };

/** Pixels per centimetre, or a plain ratio where positions are no lengths. */
function resolutionOf({ scales, grid }: FrameInfo): Resolution | undefined {
  const length = LENGTHS[scales.x.unit] !== undefined && scales.x.unit === scales.y.unit ? (LENGTHS[scales.x.unit] as number) : undefined;
  const perUnit = (scale: Scale, step: number): number => 1 / (Math.abs(scale.slope * step) * (length ?? 1));
  const [x, y] = [perUnit(scales.x, grid[0]), perUnit(scales.y, grid[1])];
  const fits = (value: number): boolean => value > 1e-6 && value < 2 ** 32 - 1;
  return fits(x) && fits(y) ? { x, y, unit: length === undefined ? 'none' : 'centimetre' } : undefined;
}
