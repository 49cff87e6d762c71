import { BUFFER_FORMATS, type BufferFormat, type StoredPlane } from '../../formats/davis/layout.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { DType } from '../../../shared/model/dtype.ts';
import type { BufferInfo, ComponentInfo, FrameInfo } from '../../../shared/model/frames.ts';
import type { Losses } from '../losses.ts';
import type { ImageType } from './options.ts';
import { planScalars, PEAK_RATIO, type PlannedScalar } from './scalar-plan.ts';

/** How a buffer lies in a file: its format, and the component of the frames that each stored plane comes from. */
export interface BufferPlan {
  /** Of the source, for errors. */
  readonly path: string;
  readonly number: number;
  readonly format: BufferFormat;
  readonly width: number;
  readonly height: number;
  readonly planes: number;
  readonly frames: number;
  /** Pixels between vectors in x, y, z; 1 for images. */
  readonly grid: readonly [x: number, y: number, z: number];
  /** Component of each stored plane; the header plane is made of ACTIVE_CHOICE and ENABLED. */
  readonly components: readonly string[];
  /** Component whose scale is the frames' i scale. */
  readonly main: string;
  /** Name of the mask component where a frame has one. */
  readonly mask?: string;
  /** True where frames are smaller than the largest one: zeros beyond them are masked. */
  readonly isPadded: boolean;
  /** True where formats without header plane need the scalar field isValid. */
  readonly isValid: boolean;
  readonly scalars: readonly PlannedScalar[];
}

/** Sample types of images with the number of their format. */
const IMAGE_FORMATS: Readonly<Partial<Record<DType, number>>> = { u2: -4, i4: -21, f4: -3, f8: -5 };
/** Vectors by dimensions, choices and peak ratio. */
const VECTOR_FORMATS: Readonly<Record<string, number>> = { '2 1 ': 2, '3 1 ': 4, '2 4 ': 1, '3 4 ': 6, '2 4 peak': 3, '3 4 peak': 5 };

/** Vector choices of formats that have any. */
const CHOICES = 4;
const GRID_LIMIT = 32_767;

/** What the frames of a buffer have in common, which DaVis wants to be everything; `unsupported` names what differs. */
export function planBuffer(info: BufferInfo, path: string, losses: Losses, imageType?: ImageType): BufferPlan {
  const [first] = info.frames;
  if (!first) throw new DataError('unsupported', `Buffer ${info.index} has no frames.`, { path });
  for (const [frame, other] of info.frames.entries()) requireSame(first, other, frame, { buffer: info.index, path });
  const height = Math.max(...info.frames.map(({ shape }) => shape[0]));
  const width = Math.max(...info.frames.map(({ shape }) => shape[1]));
  const isPadded = info.frames.some(({ shape }) => shape[0] !== height || shape[1] !== width);
  if (isPadded)
    losses.add(
      'Frames of different sizes are filled up to the largest one with zeros, which are masked: frames of a DaVis buffer have one size.',
    );
  const size = { width, height, isPadded, planes: first.planes, frames: info.frames.length };
  const mask = info.frames.flatMap(({ components }) => components).find(({ role, stored }) => role === 'mask' && stored)?.name;
  const own = first.kind === 'image' ? planImage(info, path, losses, imageType) : planVectors(info, path, losses);
  const used = new Set([...own.components, ...(mask === undefined ? [] : [mask]), 'ACTIVE_CHOICE', 'ENABLED', 'MASK']);
  return { path, ...own, ...size, ...(mask === undefined ? {} : { mask }), scalars: planScalars(info, used, path, losses) };
}

type Planned = Pick<BufferPlan, 'number' | 'format' | 'grid' | 'components' | 'main' | 'isValid'>;

function requireSame(first: FrameInfo, other: FrameInfo, frame: number, { buffer, path }: { buffer: number; path: string }): void {
  const facts = (info: FrameInfo): string =>
    info.kind === 'image'
      ? `an image of ${info.planes} plane${info.planes === 1 ? '' : 's'}`
      : `${info.dimensions}C vectors of ${info.planes} x ${info.shape.join(' x ')}, ${info.choices} choices, grid ${info.grid.join(' x ')}`;
  if (facts(first) === facts(other)) return;
  throw new DataError(
    'unsupported',
    `Buffer ${buffer}: frame 0 holds ${facts(first)}, frame ${frame} ${facts(other)}; all frames of a DaVis buffer are alike.`,
    { path },
  );
}

function planImage(info: BufferInfo, path: string, losses: Losses, imageType: ImageType | undefined): Planned {
  const main = mainComponent(info, path);
  if (main.dtype === 'u1' && imageType === undefined)
    losses.add(`${main.name}: 8-bit numbers are stored as 16 bit (u2), which DaVis has for images.`);
  if (main.name !== 'PIXEL') losses.add(`${main.name}: its values are the pixels of the images, which have no name of their own in DaVis.`);
  const number = IMAGE_FORMATS[imageType ?? (main.dtype === 'u1' ? 'u2' : main.dtype)];
  if (number === undefined) throw notStorable(main, path);
  return { number, format: formatOf(number), grid: [1, 1, 1], components: [main.name], main: main.name, isValid: false };
}

/** PIXEL, or the first intensity of frames from other formats; all frames must have it in one type. */
function mainComponent(info: BufferInfo, path: string): ComponentInfo {
  const [first] = info.frames;
  const candidates = first?.components.filter(({ role }) => role !== 'mask') ?? [];
  const main = candidates.find(({ name }) => name === 'PIXEL') ?? candidates.find(({ role }) => role === 'intensity') ?? candidates[0];
  if (!main) throw new DataError('unsupported', `Buffer ${info.index} has no image in frame 0.`, { path });
  return sameEverywhere(info, main, path);
}

function sameEverywhere(info: BufferInfo, wanted: ComponentInfo, path: string): ComponentInfo {
  for (const [frame, { components }] of info.frames.entries()) {
    const found = components.find(({ name }) => name === wanted.name);
    if (found?.dtype === wanted.dtype) continue;
    const has = found ? `has type ${found.dtype}` : 'is absent';
    throw new DataError(
      'unsupported',
      `Buffer ${info.index}: ${wanted.name} has type ${wanted.dtype} in frame 0 and ${has} in frame ${frame}.`,
      { path },
    );
  }
  return wanted;
}

function notStorable({ name, dtype }: ComponentInfo, path: string): DataError {
  return new DataError('unsupported', `DaVis images cannot hold ${name} of type ${dtype}; they hold u2 (and u1 as u2), i4, f4 and f8.`, {
    path,
    field: 'dtype',
    hint: 'Give -w dtype=f4 (or u2, i4, f8) to convert the numbers.',
  });
}

function planVectors(info: BufferInfo, path: string, losses: Losses): Planned {
  const first = info.frames[0] as FrameInfo;
  const peak = first.choices === 4 && info.frames.every(hasOwnPeakRatio);
  const isBetween = first.choices > 1 && first.choices < CHOICES;
  const number = VECTOR_FORMATS[`${first.dimensions} ${isBetween ? CHOICES : first.choices} ${peak ? 'peak' : ''}`];
  if (number === undefined) {
    throw new DataError(
      'unsupported',
      `DaVis holds vectors with 2 or 3 components and up to ${CHOICES} choices, not ${first.dimensions} and ${first.choices}.`,
      { path },
    );
  }
  if (isBetween) losses.add(`The ${first.choices} choices of the vectors became ${CHOICES}, as DaVis has it: the last one is repeated.`);
  if (first.choices === 1 && first.components.some(({ role, stored }) => role === 'choice' && stored)) {
    losses.add('ACTIVE_CHOICE: DaVis keeps no choice numbers for vectors of one choice.');
  }
  const format = formatOf(number);
  const components = format.stored.map((plane) => componentName(plane, first.choices));
  for (const [at, plane] of format.stored.entries()) if (plane !== 'HEADER') requireVector(info, components[at] as string, path, losses);
  return {
    number,
    format,
    grid: checkedGrid(first, path),
    components,
    main: 'U0',
    isValid: format.choices === 1 && info.frames.some(hasStoredEnabled),
  };
}

/** Vectors of smoothed and filled choices lie with the last choice, so that this one stands for all that are absent. */
function componentName(plane: StoredPlane, choices: number): string {
  if (plane === 'PEAK_RATIO') return PEAK_RATIO;
  const [, letter, choice] = /^([UVW])(\d)$/.exec(plane) ?? [];
  return letter === undefined ? plane : `${letter}${Math.min(Number(choice), choices - 1)}`;
}

/** The peak ratio of formats 3 and 5 stands right behind the vector components; elsewhere it is a scalar field like others. */
function hasOwnPeakRatio({ components }: FrameInfo): boolean {
  const next = components.find(({ role }) => role !== 'velocity' && role !== 'choice' && role !== 'enabled');
  const { slope, offset, unit } = next?.scale ?? { slope: 0, offset: 0, unit: '' };
  return next?.name === PEAK_RATIO && next.dtype === 'f4' && slope === 1 && offset === 0 && unit === 'counts';
}

function hasStoredEnabled({ components }: FrameInfo): boolean {
  return components.some(({ role, stored }) => role === 'enabled' && stored);
}

function requireVector(info: BufferInfo, name: string, path: string, losses: Losses): void {
  for (const [frame, { components }] of info.frames.entries()) {
    const found = components.find((component) => component.name === name);
    if (!found)
      throw new DataError('unsupported', `Buffer ${info.index}: the vectors of frame ${frame} have no component ${name}.`, { path });
    if (/^(c8|c16)$/.test(found.dtype))
      throw new DataError('unsupported', `DaVis vectors cannot hold ${name} of type ${found.dtype}.`, { path });
    if (found.dtype !== 'f4') losses.add(`${name}: numbers of type ${found.dtype} are stored as f4, the type of DaVis vectors.`);
  }
}

function checkedGrid({ grid }: FrameInfo, path: string): BufferPlan['grid'] {
  if (grid.every((step) => Number.isInteger(step) && Math.abs(step) <= GRID_LIMIT)) return grid;
  throw new DataError('unsupported', `DaVis holds whole numbers up to ${GRID_LIMIT} as grid of vectors, not ${grid.join(' x ')}.`, {
    path,
  });
}

function formatOf(number: number): BufferFormat {
  const format = BUFFER_FORMATS.get(number);
  if (!format) throw new DataError('internal', `Buffer format ${number} is not in the table of formats.`);
  return format;
}
