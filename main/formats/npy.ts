import { DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import type { FrameDatasetInfo, ReadOptions, StackShape, Warning } from '../../shared/model/dataset.ts';
import { sampleBytes, type TypedArray } from '../../shared/model/dtype.ts';
import { orderStack, shapeProduct } from '../../shared/model/frame-order.ts';
import { gatherFortran, ordersCoincide } from '../codecs/fortran-order.ts';
import { findNpyText, hasNpyMagic, NPY_START_BYTES, parseNpyHeader, type NpyHeader } from '../codecs/npy.ts';
import { decodeSamples, sampleTypeName, sampleTypeText } from '../codecs/sample-type.ts';
import type { ByteSource } from '../sources/byte-source.ts';
import type { OptionValues } from '../../shared/model/option.ts';
import type { Format, OpenInput } from './format.ts';
import { indexAxes, stackDataset } from './stack-dataset.ts';

const DEFAULT_SIG_DIMS = 2;
/** A frame is decoded in one piece; what is larger must be cut by sig_shape. */
const MAX_FRAME_BYTES = 2 ** 31 - 1;

/** NumPy arrays: the last axes are the frame, the others the navigation. Header and meaning: docs/formats/npy.md. */
export const npy: Format = {
  id: 'npy',
  label: 'NumPy array',
  extensions: ['npy'],
  options: {
    nav_shape: {
      type: 'shape',
      label: 'Navigation shape',
      help: 'Axes of the scan, slowest first; smaller shows a part, larger adds blank frames.',
    },
    sig_shape: { type: 'shape', label: 'Frame shape', help: 'Axes of a frame, slowest first; regroups the samples of the file.' },
    sync_offset: {
      type: 'integer',
      label: 'Sync offset',
      help: 'Frames to skip at the start; negative numbers put blank frames in front.',
    },
    sig_dims: { type: 'integer', label: 'Frame dimensions', help: 'How many of the last axes make up a frame; 2 where nothing is given.' },
  },
  async probe(candidate) {
    if (candidate.entry.kind !== 'file') return { score: 0, reason: 'a folder' };
    if (hasNpyMagic(await candidate.head())) return { score: 1, reason: 'begins with the NPY magic bytes' };
    return candidate.extension === 'npy'
      ? { score: 0.1, reason: 'named .npy, but does not begin with the NPY magic bytes' }
      : { score: 0, reason: 'no NPY magic bytes' };
  },
  async open(input) {
    const source = await input.folder.open(input.entry.name, input);
    try {
      return { dataset: await openNpy(source, input) };
    } catch (error) {
      await source[Symbol.asyncDispose]();
      throw error;
    }
  },
};

async function openNpy(source: ByteSource, input: OpenInput) {
  const header = await readHeader(source, input);
  const bytes = sampleBytes(header.type.dtype);
  const present = source.size - header.dataOffset;
  if (header.samples * bytes > present) {
    const needed = `${header.samples} samples of ${bytes} bytes (${header.samples * bytes} bytes)`;
    throw new DataError('truncated', `The header promises ${needed}, the file has ${present} bytes of data.`, {
      path: source.name,
      offset: header.dataOffset,
      field: 'shape',
    });
  }
  const { nav, sig } = stackAxes(header, input.options);
  const frameSamples = shapeProduct(sig, 'sig_shape');
  if (frameSamples > header.samples) {
    throw new DataError(
      'invalid-option',
      `sig_shape must be less than size: ${header.samples}, got ${sig.join(' x ')} = ${frameSamples}.`,
      { path: source.name, field: 'sig_shape' },
    );
  }
  if (frameSamples * bytes > MAX_FRAME_BYTES) {
    const hint = 'Give a smaller sig_shape or fewer sig_dims.';
    throw new DataError(
      'too-large',
      `A frame of ${sig.join(' x ')} samples has ${frameSamples * bytes} bytes; the limit is ${MAX_FRAME_BYTES}.`,
      { path: source.name, hint },
    );
  }
  const { order, shape } = orderStack(Math.floor(header.samples / frameSamples), nav, sig, numberOption(input.options, 'sync_offset') ?? 0);
  const readFrame = (frame: number, options: ReadOptions): Promise<TypedArray> =>
    readSamples(source, header, frame * frameSamples, frameSamples, options);
  return stackDataset({
    info: describe(source, header, shape, present - header.samples * bytes, input.entry.name),
    order,
    dtype: header.type.dtype,
    sig,
    readFrame,
    close: () => Promise.resolve(source[Symbol.asyncDispose]()),
  });
}

async function readHeader(source: ByteSource, options: ReadOptions): Promise<NpyHeader> {
  const start = await source.read(0, Math.min(NPY_START_BYTES, source.size), { signal: options.signal });
  const span = findNpyText(start, { path: source.name, size: source.size });
  return parseNpyHeader(span, await source.read(span.textAt, span.length, { signal: options.signal }), source.name);
}

function numberOption(options: OptionValues, name: string): number | undefined {
  const value = options[name];
  return typeof value === 'number' ? value : undefined;
}

function shapeOption(options: OptionValues, name: string): readonly number[] | undefined {
  const value = options[name];
  return Array.isArray(value) ? (value as readonly number[]) : undefined;
}

/** Navigation and signal axes: of the header, unless an option says otherwise. An array without navigation axes is one frame. */
function stackAxes(header: NpyHeader, options: OptionValues): { readonly nav: readonly number[]; readonly sig: readonly number[] } {
  const axes = header.shape.length === 0 ? [1] : header.shape;
  const sigShape = shapeOption(options, 'sig_shape');
  const sigDims = numberOption(options, 'sig_dims');
  if (sigDims !== undefined && (sigDims < 1 || (sigShape === undefined && sigDims > axes.length))) {
    throw new DataError('invalid-option', `sig_dims must be in 1 to ${axes.length} for this array, got ${sigDims}.`, { field: 'sig_dims' });
  }
  if (sigShape && sigDims !== undefined && sigShape.length !== sigDims) {
    throw new DataError('invalid-option', `Mismatching sig_dims: sig_shape has ${sigShape.length} axes, sig_dims is ${sigDims}.`, {
      field: 'sig_dims',
    });
  }
  const dims = Math.min(sigShape?.length ?? sigDims ?? DEFAULT_SIG_DIMS, axes.length);
  const rest = axes.slice(0, axes.length - dims);
  return { nav: shapeOption(options, 'nav_shape') ?? (rest.length > 0 ? rest : [1]), sig: sigShape ?? axes.slice(axes.length - dims) };
}

async function readSamples(
  source: ByteSource,
  header: NpyHeader,
  first: number,
  samples: number,
  options: ReadOptions,
): Promise<TypedArray> {
  const bytes = sampleBytes(header.type.dtype);
  const read = (from: number, count: number): Promise<Uint8Array> => {
    throwIfAborted(options.signal);
    return source.read(header.dataOffset + from * bytes, count * bytes, { signal: options.signal });
  };
  const scattered = header.fortranOrder && !ordersCoincide(header.shape);
  const data = scattered
    ? await gatherFortran({ shape: header.shape, sampleBytes: bytes, first, samples, read })
    : await read(first, samples);
  return decodeSamples(header.type, data, samples);
}

function describe(source: ByteSource, header: NpyHeader, shape: StackShape, surplusBytes: number, title: string): FrameDatasetInfo {
  const typeName = sampleTypeName(header.type);
  const unused = header.samples - shape.imageCount * shape.sig.reduce((product, size) => product * size, 1);
  return {
    kind: 'frames',
    format: 'npy',
    title,
    path: source.name,
    summary: `<NumPy array '${title}' with ${shape.nav.join(' x ')} frames of ${shape.sig.join(' x ')} ${typeName}>`,
    attributes: {},
    tables: [],
    children: [],
    warnings: [...surplusWarning(source, surplusBytes), ...unusedWarning(source, unused)],
    nav: indexAxes(shape.nav),
    uniform: true,
    rawDtype: sampleTypeText(header.type),
    shape,
    guessed: [],
    diagnostics: diagnostics(header, shape, typeName),
    firstNumber: 0,
    missing: [],
  };
}

function surplusWarning(source: ByteSource, bytes: number): readonly Warning[] {
  return bytes === 0
    ? []
    : [{ code: 'trailing-bytes', message: `${bytes} bytes behind the data are ignored.`, path: source.name, offset: source.size - bytes }];
}

function unusedWarning(source: ByteSource, samples: number): readonly Warning[] {
  return samples === 0
    ? []
    : [{ code: 'unused-samples', message: `${samples} samples at the end do not fill a frame and are ignored.`, path: source.name }];
}

function diagnostics(header: NpyHeader, shape: StackShape, typeName: string): FrameDatasetInfo['diagnostics'] {
  return [
    { name: 'dtype', value: typeName },
    { name: 'descr', value: header.descr },
    { name: 'file shape', value: `(${header.shape.join(', ')})` },
    { name: 'fortran_order', value: header.fortranOrder ? 'True' : 'False' },
    { name: 'version', value: `${header.version}.0` },
    { name: 'Number of frames skipped at the beginning', value: String(shape.skippedStart) },
    { name: 'Number of frames ignored at the end', value: String(shape.ignoredEnd) },
    { name: 'Number of blank frames inserted at the beginning', value: String(shape.insertedStart) },
    { name: 'Number of blank frames inserted at the end', value: String(shape.insertedEnd) },
  ];
}
