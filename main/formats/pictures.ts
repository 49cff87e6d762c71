import { colorPlanes, greyPlane, type Picture } from '../codecs/picture.ts';
import { takeWindow } from '../../shared/compute/plane-window.ts';
import { DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import type { FrameBuffer, FrameDataset, FrameDatasetInfo, ReadOptions } from '../../shared/model/dataset.ts';
import type { Warning } from '../../shared/model/warning.ts';
import type { DType } from '../../shared/model/dtype.ts';
import type { BufferInfo, FrameInfo } from '../../shared/model/frames.ts';
import { unitScale } from '../../shared/model/scale.ts';
import type { Candidate, Format, OpenInput, Opened, ProbeAnswer } from './format.ts';
import { picturesIn, probePictures } from './picture-folder.ts';
import { stackFrame } from './stack-dataset.ts';

/**
 * Pictures: a file is one buffer, a folder of them one buffer a file in natural order of names. The images of an animated GIF are frames of its
 * buffer. Colours become grey (codecs/picture), or stay the components R, G and B where that is asked for.
 */
export const pictures: Format = {
  id: 'pictures',
  label: 'Picture (.png, .jpg, .gif, .bmp, .webp)',
  extensions: ['png', 'jpg', 'jpeg', 'gif', 'bmp', 'webp'],
  options: {
    colors: {
      type: 'choice',
      label: 'Colours',
      choices: ['grey', 'rgb'],
      help: 'What colours become: one grey component (default: 0.299 R + 0.587 G + 0.114 B), or the components R, G and B.',
    },
  },
  probe,
  open,
};

/** A kind of picture file; what decodes it is loaded when the first one is read. */
interface Decoder {
  readonly label: string;
  readonly extensions: readonly string[];
  /** Bytes at the beginning, a character each; '?' is any. */
  readonly signature: string;
  decode(bytes: Uint8Array, path: string): Promise<readonly Picture[]>;
}

const DECODERS: readonly Decoder[] = [
  {
    label: 'PNG',
    extensions: ['png'],
    signature: '\x89PNG\r\n\x1a\n',
    decode: async (bytes, path) => [(await import('../codecs/png-picture.ts')).decodePng(bytes, path)],
  },
  {
    label: 'JPEG',
    extensions: ['jpg', 'jpeg'],
    signature: '\xff\xd8\xff',
    decode: async (bytes, path) => [(await import('../codecs/jpeg-picture.ts')).decodeJpeg(bytes, path)],
  },
  {
    label: 'GIF',
    extensions: ['gif'],
    signature: 'GIF8?a',
    decode: async (bytes, path) => (await import('../codecs/gif-picture.ts')).decodeGif(bytes, path),
  },
  {
    label: 'BMP',
    extensions: ['bmp'],
    signature: 'BM?????????????\0\0\0',
    decode: async (bytes, path) => [(await import('../codecs/bmp-picture.ts')).decodeBmp(bytes, path)],
  },
  {
    label: 'WebP',
    extensions: ['webp'],
    signature: 'RIFF????WEBP',
    decode: async (bytes, path) => [await (await import('../codecs/webp-picture.ts')).decodeWebp(bytes, path)],
  },
];

/** A picture is read and decoded in one piece. */
const MAX_FILE_BYTES = 1 << 30;

function decoderByName(name: string): Decoder | undefined {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return DECODERS.find((decoder) => decoder.extensions.includes(extension));
}

function decoderOf(head: Uint8Array): Decoder | undefined {
  return DECODERS.find(({ signature }) =>
    Array.from(signature).every((character, i) => character === '?' || head[i] === character.charCodeAt(0)),
  );
}

async function probe(candidate: Candidate): Promise<ProbeAnswer> {
  if (candidate.entry.kind === 'folder') {
    return probePictures(candidate.folder, candidate.entry.name, isPictureName, 'pictures');
  }
  const head = await candidate.head();
  const decoder = decoderOf(head);
  if (decoder) return { score: 0.9, reason: `signature of ${decoder.label}` };
  return decoderByName(candidate.entry.name)
    ? { score: 0.1, reason: 'named like a picture, but without its signature' }
    : { score: 0, reason: 'no picture' };
}

function isPictureName(name: string): boolean {
  return decoderByName(name) !== undefined;
}

async function pictureNames(input: OpenInput): Promise<readonly string[]> {
  const { folder, entry } = input;
  if (entry.kind === 'file') return [entry.name];
  return (await picturesIn(folder, entry.name, isPictureName, input)).map(({ name }) => name);
}

/** Opens no picture; each is decoded when its buffer is asked for. */
async function open(input: OpenInput): Promise<Opened> {
  const names = await pictureNames(input);
  const path = input.folder.pathOf(input.entry.name);
  if (names.length === 0) throw new DataError('unknown-format', `The folder ${path} holds no pictures.`, { path });
  const info = picturesInfo(input.entry.name || path, path, names.length);
  let closed = false;
  const dataset: FrameDataset = {
    info,
    buffer: async (index, options = {}) => {
      if (closed) throw new DataError('closed', `${path} is closed.`, { path });
      throwIfAborted(options.signal);
      const name = names[index];
      if (name === undefined)
        throw new DataError('out-of-range', `There is no buffer ${index}: there are ${names.length} pictures (0 to ${names.length - 1}).`, {
          path,
          field: 'buffer',
        });
      return openPicture(input, name, index, options);
    },
    [Symbol.asyncDispose]: async () => {
      closed = true;
    },
  };
  return { dataset };
}

function picturesInfo(title: string, path: string, count: number): FrameDatasetInfo {
  return {
    kind: 'frames',
    format: pictures.id,
    title,
    path,
    summary: count === 1 ? `<Picture '${title}'>` : `<${count} pictures in '${title}'>`,
    attributes: {},
    warnings: [],
    tables: [],
    children: [],
    nav: [{ name: 'picture', size: count, scale: unitScale('') }],
    uniform: false,
    rawDtype: '',
    guessed: [],
    diagnostics: [],
    firstNumber: 0,
    missing: [],
  };
}

async function openPicture(
  { folder, options: { colors } }: OpenInput,
  name: string,
  index: number,
  options: ReadOptions,
): Promise<FrameBuffer> {
  const path = folder.pathOf(name);
  const images = await readPicture(folder, name, path, options);
  const planes = images.map((image) => componentsOf(image, colors === 'rgb'));
  const frames = images.map(({ height, width }, frame) => pictureFrame(planes[frame] ?? new Map(), [height, width]));
  const info: BufferInfo = {
    index,
    state: 'present',
    name: name.slice(name.lastIndexOf('/') + 1),
    frames,
    attributes: images[0]?.text ?? {},
  };
  return {
    info,
    warnings: pictureWarnings(images, colors === 'rgb', path),
    bytes: planes.reduce((sum, each) => [...each.values()].reduce((bytes, { byteLength }) => bytes + byteLength, sum), 0),
    plane: async (ref) => {
      const [components, frame] = [planes[ref.frame], frames[ref.frame]];
      if (!components || !frame)
        throw new DataError(
          'out-of-range',
          `There is no frame ${ref.frame}: the picture has ${frames.length} (0 to ${frames.length - 1}).`,
          {
            path,
            field: 'frame',
          },
        );
      const data = components.get(ref.component);
      if (!data)
        throw new DataError('out-of-range', `There is no component '${ref.component}': stored is ${[...components.keys()].join(', ')}.`, {
          path,
          field: 'component',
        });
      if (ref.plane !== 0)
        throw new DataError('out-of-range', `There is no plane ${ref.plane}: a picture has one (0).`, { path, field: 'plane' });
      return takeWindow(dtypeOf(data), data, frame.shape, ref.window);
    },
  };
}

function pictureWarnings(images: readonly Picture[], inColors: boolean, path: string): readonly Warning[] {
  const isGreyed = !inColors && images.some(({ channels }) => channels > 2);
  return [
    ...(isGreyed
      ? [{ code: 'colors', message: 'Colours became grey, 0.299 R + 0.587 G + 0.114 B as float32; -o colors=rgb keeps R, G and B.', path }]
      : []),
    ...(images.some(({ isTransparent }) => isTransparent)
      ? [{ code: 'alpha', message: 'The transparency of the picture is left out.', path }]
      : []),
  ];
}

type PicturePlane = ReturnType<typeof greyPlane>;

/** Stored components by name, in their order. */
function componentsOf(image: Picture, inColors: boolean): ReadonlyMap<string, PicturePlane> {
  const colors = inColors ? colorPlanes(image) : undefined;
  return colors ? new Map(colors.map((plane, i) => [COLOR_NAMES[i] as string, plane])) : new Map([['PIXEL', greyPlane(image)]]);
}

const COLOR_NAMES = ['R', 'G', 'B'] as const;

function pictureFrame(planes: ReadonlyMap<string, PicturePlane>, shape: readonly [number, number]): FrameInfo {
  const names = [...planes.keys()];
  const frame = stackFrame(dtypeOf(planes.get(names[0] ?? '')), shape);
  return { ...frame, components: frame.components.flatMap((component) => names.map((name) => ({ ...component, name }))) };
}

function dtypeOf(data: PicturePlane | undefined): DType {
  return data instanceof Float32Array ? 'f4' : data instanceof Uint16Array ? 'u2' : 'u1';
}

async function readPicture(folder: OpenInput['folder'], name: string, path: string, options: ReadOptions): Promise<readonly Picture[]> {
  const source = await folder.open(name, options);
  try {
    if (source.size > MAX_FILE_BYTES)
      throw new DataError('too-large', `The picture has ${source.size} bytes; the limit is ${MAX_FILE_BYTES}.`, { path });
    const bytes = await source.read(0, source.size, options);
    const decoder = decoderOf(bytes) ?? decoderByName(name);
    if (!decoder) throw new DataError('unknown-format', `${path} is no picture of a known kind.`, { path });
    return await decoder.decode(bytes, path);
  } finally {
    await source[Symbol.asyncDispose]();
  }
}
