import { COLOR_MAPS, type ColorMapName } from '../../shared/colors/color-map.ts';
import { fieldPlane } from '../../shared/compute/derived-plane.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer } from '../../shared/model/dataset.ts';
import type { FrameInfo, Plane } from '../../shared/model/frames.ts';
import { describeBuffer, descriptionText } from '../codecs/frame-description.ts';
import { writeAtomically, type AtomicFile } from './atomic-file.ts';
import { writeFolderAtomically } from './atomic-folder.ts';
import { oneBuffer, writeTelling, writtenDataset } from './described-output.ts';
import { eachBuffer } from './each-buffer.ts';
import type { Losses } from './losses.ts';
import { encodePng, type PngPicture } from './png-file.ts';
import { coloured, greyLevels, levelsOf, storedColors, storedGrey, type Levels } from './png-pixels.ts';
import { SOFTWARE } from './version.ts';
import type { WriteJob, Writer } from './writer.ts';

/** Pictures of one component, one file a plane: grey levels of 8 or 16 bits, colours of a frame that has some, or those of a map. */
export const png: Writer = {
  id: 'png',
  label: 'PNG pictures (.png)',
  extensions: ['png'],
  options: {
    style: {
      type: 'choice',
      label: 'Style',
      choices: ['grey', 'color'],
      help: 'grey: levels of 8 or 16 bits (default); color: colours of a map.',
    },
    component: { type: 'text', label: 'Component', help: 'Stored or derived; PIXEL for pictures, speed for vectors.' },
    low: { type: 'number', label: 'Low', help: 'Value of black or of the first colour; the smallest of the plane where nothing is given.' },
    high: { type: 'number', label: 'High', help: 'Value of white or of the last colour; the largest of the plane where nothing is given.' },
    map: {
      type: 'choice',
      label: 'Colour map',
      choices: COLOR_MAPS.map(({ name }) => name),
      help: 'Colour map of style=color; viridis where nothing is given.',
    },
  },
  resumes: ({ target }) => !/\.png$/i.test(target),
  accepts: (info) => bufferCount(info) > 0 || 'there is nothing to picture',
  write: (job) => writeTelling(job, (losses) => (/\.png$/i.test(job.target) ? writeOne(job, losses) : writeFolder(job, losses))),
};

const COLORS: readonly string[] = ['R', 'G', 'B'];

interface Place {
  readonly frame: number;
  readonly plane: number;
}

async function writeOne(job: WriteJob, losses: Losses): Promise<number> {
  let buffers = 0;
  if (bufferCount(job.dataset.info) > 1) throw severalPictures(`the dataset has ${bufferCount(job.dataset.info)} buffers`);
  await writeAtomically(job.target, job, async (file) => {
    buffers = await eachBuffer(job, async (buffer) => {
      const places = placesOf(buffer);
      const [only] = places;
      if (!only || places.length > 1) throw severalPictures(`the buffer has ${places.length} planes`);
      await writePicture(file, buffer, only, job, losses);
    });
  });
  return buffers;
}

function severalPictures(what: string): DataError {
  return new DataError('invalid-option', `A .png file holds one plane, ${what}.`, {
    field: 'target',
    hint: 'Name a folder as the target, on the command line with --to png.',
  });
}

async function writeFolder(job: WriteJob, losses: Losses): Promise<number> {
  const { info } = job.dataset;
  const identity = JSON.stringify([job.origin, info.path, info.title, info.nav, 'png', job.options]);
  return writeFolderAtomically(job.target, { ...job, identity, ownFile: '00000.png' }, (folder) =>
    eachBuffer(job, async (buffer, index) => {
      for (const place of placesOf(buffer)) {
        const name = fileName(index, place, buffer.info.frames);
        if (!(await folder.has(name))) await folder.write(name, (file) => writePicture(file, buffer, place, job, losses));
      }
    }),
  );
}

function placesOf(buffer: FrameBuffer): readonly Place[] {
  return buffer.info.frames.flatMap((info, frame) => Array.from({ length: info.planes }, (_, plane) => ({ frame, plane })));
}

/** 00000.png, with the frame and plane behind it where there are several; the first file is always 00000.png. */
function fileName(index: number, { frame, plane }: Place, frames: readonly FrameInfo[]): string {
  const number = String(index).padStart(5, '0');
  const planes = frames[frame]?.planes ?? 1;
  const parts = [
    ...(frames.length > 1 && frame > 0 ? [`f${frame}`] : []),
    ...(planes > 1 && plane > 0 ? [`z${String(plane).padStart(3, '0')}`] : []),
  ];
  return `${[number, ...parts].join('_')}.png`;
}

async function writePicture(file: AtomicFile, buffer: FrameBuffer, place: Place, job: WriteJob, losses: Losses): Promise<void> {
  const info = buffer.info.frames[place.frame] as FrameInfo;
  const colors = await readColors(buffer, place, job);
  const component = colors ? COLORS.join(' ') : componentOf(info, job);
  tellPictureLosses(info, colors ? COLORS : [component], losses);
  const { pixels, levels } = colors ? { pixels: colors, levels: undefined } : await drawPlane(buffer, place, component, job, losses);
  const dataset = writtenDataset(oneBuffer(job.dataset.info));
  const texts = {
    Software: SOFTWARE,
    Plane: `buffer ${buffer.info.index}, frame ${place.frame}, ${component.replace(/[^\x20-\x7e]/g, '?')}, plane ${place.plane}`,
    ...(levels ? { Levels: `${levels.low} ${levels.high}` } : {}),
    Streakline: descriptionText({ dataset, buffers: [describeBuffer(buffer.info)] }, 'ascii'),
  };
  const [height, width] = info.shape;
  for (const part of await encodePng({ width, height, ...pixels, texts })) await file.write(part);
}

function componentOf(info: FrameInfo, { options }: WriteJob): string {
  if (typeof options.component === 'string') return options.component;
  if (info.kind === 'vector') return 'speed';
  return info.components.find(({ name }) => name === 'PIXEL')?.name ?? info.components[0]?.name ?? 'PIXEL';
}

/** The colours of a frame that holds some, where no component, style or level is asked for. */
async function readColors(buffer: FrameBuffer, place: Place, { options, signal }: WriteJob): Promise<Pixels | undefined> {
  const { component, style, low, high } = options;
  const names = buffer.info.frames[place.frame]?.components.map(({ name }) => name) ?? [];
  const isAsked = [component, style, low, high].some((value) => value !== undefined);
  if (isAsked || names.includes('PIXEL') || !COLORS.every((color) => names.includes(color))) return undefined;
  return storedColors(await Promise.all(COLORS.map((color) => buffer.plane({ ...place, component: color }, { signal }))));
}

function tellPictureLosses(info: FrameInfo, written: readonly string[], losses: Losses): void {
  const others = info.components.filter(({ name, stored }) => stored && !written.includes(name)).map(({ name }) => name);
  if (others.length > 0) losses.add(`Other components are not written: ${others.join(', ')}.`);
  losses.add('Scales, units and attributes: they are a text in the file, which picture readers do not apply.');
}

type Pixels = Pick<PngPicture, 'kind' | 'bytes'>;

async function drawPlane(
  buffer: FrameBuffer,
  place: Place,
  component: string,
  job: WriteJob,
  losses: Losses,
): Promise<{ readonly pixels: Pixels; readonly levels?: Levels }> {
  const { style, low, high, map } = job.options;
  const options = { signal: job.signal };
  const isGrey = style !== 'color';
  if (isGrey && low === undefined && high === undefined) {
    const stored = await fieldPlane(buffer, place, component, 'raw', options);
    const pixels = storedGrey(stored);
    if (pixels) return { pixels };
  }
  const plane: Plane = await fieldPlane(buffer, place, component, 'masked', options);
  const values = plane.data as Float64Array;
  const levels = levelsOf(values, typeof low === 'number' ? low : undefined, typeof high === 'number' ? high : undefined);
  losses.add(
    isGrey
      ? 'Values become 65,536 grey levels between low and high; the text Levels of each file names these.'
      : 'Values become 256 colours.',
  );
  if (isGrey && values.some(Number.isNaN)) losses.add('Samples without a value are black.');
  return { pixels: isGrey ? greyLevels(values, levels) : coloured(values, levels, (map ?? 'viridis') as ColorMapName), levels };
}
