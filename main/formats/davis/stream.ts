import { descendants, parseXml } from '../../codecs/xml.ts';
import type { ByteSource } from '../../sources/byte-source.ts';
import { parseNumber } from '../../../shared/compute/scale-lines.ts';
import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { unitScale, type FrameScales, type Scale } from '../../../shared/model/scale.ts';
import { readContent } from './buffer-content.ts';
import { defaultScales } from './scale-text.ts';
import { readEntries, readStreamIndex, type IndexEntry, type StreamIndex } from './stream-index.ts';
import type { StreamFiles } from './stream-manifest.ts';
import { rotateHalf, STREAM_DECODERS, subtractDark, type StreamDecoder } from './stream-pixels.ts';

/** The files of a recording's folder by name, whatever their case on disk; undefined where there is none. */
export interface StreamFolder {
  readonly path: string;
  has(name: string): boolean;
  open(name: string, options?: ReadOptions): Promise<ByteSource>;
}

/** One camera frame of a recording over all buffers. */
export interface FrameStream {
  readonly index: StreamIndex;
  readonly scales: FrameScales;
  readonly warnings: readonly Warning[];
  /** True where all pixels of a buffer are in the data file, and not only its index entries. */
  isComplete(buffer: number, options?: ReadOptions): Promise<boolean>;
  /** Decoded and corrected pixels of frame `frame` (0 to index.framesPerEntry - 1) of a buffer. Throws what cannot be decoded by name. */
  pixels(buffer: number, frame: number, options?: ReadOptions): Promise<Uint16Array>;
}

/** Reads the index, the scales and the decoder of a stream, no pixels. */
export async function openStream(folder: StreamFolder, files: StreamFiles, options?: ReadOptions): Promise<FrameStream> {
  const indexName = `${files.prefix}-0.ims`;
  const dataName = `${files.prefix}-1.ims`;
  for (const name of [indexName, dataName]) if (!folder.has(name)) throw missing(folder, name);
  const index = await using(folder, indexName, options, (source) => readStreamIndex(source, options));
  const scales = await readScales(folder, files, options);
  const coding = await findDecoder(folder, files, index, options);
  const correct = correction(folder, files, index);
  const entriesOf = (buffer: number, how?: ReadOptions): Promise<readonly IndexEntry[]> =>
    using(folder, indexName, how, (source) => readEntries(source, index, buffer, how));
  return {
    index,
    scales,
    warnings: coding.warnings,
    isComplete: async (buffer, how) => {
      const entries = await entriesOf(buffer, how);
      return using(folder, dataName, how, async ({ size }) => entries.every((entry) => entry.offset + entry.size <= size));
    },
    pixels: async (buffer, frame, how) => {
      const decoder = coding.decoder();
      const entry = (await entriesOf(buffer, how))[frame] as IndexEntry;
      const bytes = await using(folder, dataName, how, (source) => readPacked(source, entry, index, decoder, how));
      return correct(decoder.decode(bytes, index.width * index.height), how);
    },
  };
}

async function using<T>(
  folder: StreamFolder,
  name: string,
  options: ReadOptions | undefined,
  work: (source: ByteSource) => Promise<T>,
): Promise<T> {
  const source = await folder.open(name, options);
  try {
    return await work(source);
  } finally {
    await source[Symbol.asyncDispose]();
  }
}

function missing(folder: StreamFolder, name: string): DataError {
  return new DataError('missing-companion', `The recording needs ${name}, which is not in ${folder.path}.`, {
    path: folder.path,
    hint: 'Copy the whole folder of the recording.',
  });
}

async function readPacked(
  source: ByteSource,
  { offset, size }: IndexEntry,
  index: StreamIndex,
  decoder: StreamDecoder,
  options?: ReadOptions,
): Promise<Uint8Array> {
  const expected = (index.width * index.height * decoder.bits) / 8;
  if (size !== expected) {
    throw new DataError(
      'malformed',
      `The index says ${size} bytes for a frame of ${index.width} x ${index.height} pixels, which has ${expected} bytes with ${decoder.bits} bits a pixel.`,
      { path: source.name, offset },
    );
  }
  return source.read(offset, size, options);
}

interface Coding {
  readonly warnings: readonly Warning[];
  /** Throws where the stream cannot be decoded: its frames fail then, those of other streams do not. */
  decoder(): StreamDecoder;
}

/** PREFIX-decoder.xml names the packing. DaVis 8 wrote none: then the bytes of a frame tell, as readim7 found for 12 bits. */
async function findDecoder(folder: StreamFolder, { prefix }: StreamFiles, index: StreamIndex, options?: ReadOptions): Promise<Coding> {
  const name = `${prefix}-decoder.xml`;
  if (!folder.has(name)) return guessDecoder(folder, prefix, index, options);
  const { id, path } = await using(folder, name, options, async (source) => {
    const root = parseXml(await source.read(0, source.size, options), source.name);
    return { path: source.name, id: (root.name === 'id' ? root : descendants(root, 'id')[0])?.text ?? '' };
  });
  return { warnings: [], decoder: () => checkedDecoder(id, index, path) };
}

function checkedDecoder(id: string, index: StreamIndex, path: string): StreamDecoder {
  const decoder = STREAM_DECODERS.get(id);
  if (!decoder) {
    throw new DataError('unsupported', `The pixels are packed as '${id}', which is not decoded.`, {
      path,
      field: 'id',
      hint: `Decoded are ${[...STREAM_DECODERS.keys()].join(', ')}.`,
    });
  }
  if ((index.width * index.height) % decoder.group !== 0) {
    throw new DataError(
      'malformed',
      `A frame of ${index.width} x ${index.height} pixels cannot be packed as '${id}', which takes ${decoder.group} pixels together.`,
      { path },
    );
  }
  return decoder;
}

const DECODER_BY_BITS: ReadonlyMap<number, string> = new Map([
  [8, 'raw-8-bit'],
  [12, 'mono-12p'],
  [16, 'raw-16-bit'],
]);

async function guessDecoder(folder: StreamFolder, prefix: string, index: StreamIndex, options?: ReadOptions): Promise<Coding> {
  const path = `${folder.path}/${prefix}-decoder.xml`;
  if (index.buffers === 0)
    return {
      warnings: [],
      decoder: () => {
        throw missing(folder, `${prefix}-decoder.xml`);
      },
    };
  const [first] = await using(folder, `${prefix}-0.ims`, options, (source) => readEntries(source, index, 0, options));
  const bits = (8 * (first?.size ?? 0)) / (index.width * index.height);
  const id = DECODER_BY_BITS.get(bits);
  if (id === undefined)
    return {
      warnings: [],
      decoder: () => {
        throw missing(folder, `${prefix}-decoder.xml`);
      },
    };
  const warning = {
    code: 'guessed-decoder',
    message: `There is no ${prefix}-decoder.xml: ${bits} bits a pixel are taken for '${id}'.`,
    path,
  };
  return { warnings: bits === 12 ? [warning] : [], decoder: () => checkedDecoder(id, index, path) };
}

/** Attributes of ScaleI (and of ScaleX, ScaleY, ScaleZ, where they are written alike): Factor, Offset, Unit, Description. */
async function readScales(folder: StreamFolder, { scales: file, declared }: StreamFiles, options?: ReadOptions): Promise<FrameScales> {
  const scales = defaultScales('image');
  if (file === undefined) return scales;
  const name = `${file}.scales`;
  if (!folder.has(name)) {
    if (declared) throw missing(folder, name);
    return scales;
  }
  const root = await using(folder, name, options, async (source) => parseXml(await source.read(0, source.size, options), source.name));
  const read = (axis: keyof FrameScales): Scale => {
    const {
      Factor = '1',
      Offset = '0',
      Unit = scales[axis].unit,
      Description = '',
    } = descendants({ name: '', attributes: {}, text: '', children: [root] }, `Scale${axis.toUpperCase()}`)[0]?.attributes ?? {};
    const [slope, offset] = [parseNumber(Factor.trim()), parseNumber(Offset.trim())];
    if (slope === undefined || offset === undefined) {
      throw new DataError('malformed', `The scale ${axis} of the recording, '${Factor}' and '${Offset}', cannot be read.`, {
        path: `${folder.path}/${name}`,
        field: `Scale${axis.toUpperCase()}`,
      });
    }
    return { ...unitScale(Unit, Description), slope, offset };
  };
  return { x: read('x'), y: read('y'), z: read('z'), i: read('i') };
}

type Correct = (pixels: Uint16Array, options?: ReadOptions) => Promise<Uint16Array>;

/** The corrections that the manifest names. One that is not known, or two whose order is not told, would show other numbers than DaVis does. */
function correction(folder: StreamFolder, { transformers }: StreamFiles, index: StreamIndex): Correct {
  const [only, second] = transformers;
  if (!only) return async (pixels) => pixels;
  if (second) return refused(`two corrections, '${only.id}' and '${second.id}', whose order is not told`, folder);
  if (only.id === 'rotate-180') return async (pixels) => rotateHalf(pixels);
  if (only.id !== 'dark-image-subtraction') return refused(`the correction '${only.id}', which is not known`, folder);
  let dark: Promise<Uint16Array> | undefined;
  return async (pixels, options) => {
    // Read once for all frames, again after a failure; no single caller may abort it for the others.
    dark ??= readDark(folder, `${only.prefix}-dark.im7`, index).catch((error: unknown) => {
      dark = undefined;
      throw error;
    });
    const known = await dark;
    throwIfAborted(options?.signal);
    return subtractDark(pixels, known);
  };
}

function refused(what: string, folder: StreamFolder): Correct {
  const error = new DataError('unsupported', `The recording names ${what}.`, {
    path: folder.path,
    field: 'Transformer',
    hint: 'Known are dark-image-subtraction and rotate-180.',
  });
  return async () => {
    throw error;
  };
}

const MAX_PIXEL = 65535;

async function readDark(folder: StreamFolder, name: string, index: StreamIndex): Promise<Uint16Array> {
  if (!folder.has(name)) throw missing(folder, name);
  return using(folder, name, undefined, async (source) => {
    const { geometry, samples } = await readContent(source);
    const { width, height, planes, frames, format } = geometry;
    if (format.kind !== 'image' || width !== index.width || height !== index.height || planes * frames !== 1) {
      throw new DataError(
        'malformed',
        `The dark image has ${frames} ${format.kind} frames of ${width} x ${height}, the recording ${index.width} x ${index.height} pixels.`,
        { path: source.name },
      );
    }
    if (!samples.every((pixel) => Number.isInteger(pixel) && pixel >= 0 && pixel <= MAX_PIXEL)) {
      throw new DataError('unsupported', `The dark image holds values that are no whole numbers from 0 to ${MAX_PIXEL}.`, {
        path: source.name,
      });
    }
    return Uint16Array.from(samples);
  });
}
