import { DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import type { FrameDataset, FrameDatasetInfo, ReadOptions, StackShape } from '../../shared/model/dataset.ts';
import type { Warning } from '../../shared/model/warning.ts';
import type { TypedArray } from '../../shared/model/dtype.ts';
import { orderStack, shapeProduct } from '../../shared/model/frame-order.ts';
import type { OptionValues } from '../../shared/model/option.ts';
import type { ByteReader } from '../codecs/byte-reader.ts';
import { gatherFortran, ordersCoincide } from '../codecs/fortran-order.ts';
import { readNpyHeader, type NpyHeader } from '../codecs/npy.ts';
import { decodeSamples, sampleTypeName, sampleTypeText } from '../codecs/sample-type.ts';
import { fittingMask, type ReadMask } from './array-mask.ts';
import { arrayComponents, arrayFrame, splitFields } from './npy-components.ts';
import { indexAxes, stackDataset } from './stack-dataset.ts';

const DEFAULT_SIG_DIMS = 2;
/** A frame is decoded in one piece; what is larger must be cut by sig_shape. */
const MAX_FRAME_BYTES = 2 ** 31 - 1;

/** The file of an array, and how to open it. */
export interface NpyStackInput extends ReadOptions {
  readonly format: string;
  /** Kind of file for the summary. */
  readonly kind: string;
  readonly path: string;
  readonly title: string;
  readonly options: OptionValues;
  /** An array of flags, nonzero = valid, that is meant for this one. */
  readonly mask?: ByteReader | undefined;
  /** Facts of the container. */
  readonly diagnostics?: FrameDatasetInfo['diagnostics'];
  close(): Promise<void>;
}

/** A stack from the bytes of an array; the source stays open until the dataset is closed. */
export async function openNpyStack(source: ByteReader, input: NpyStackInput): Promise<FrameDataset> {
  const header = await readNpyHeader(source, input);
  const bytes = header.sampleBytes;
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
  const components = arrayComponents(header);
  const mask = input.mask && (await openMask(input.mask, header.shape, input));
  const readMask = mask?.read;
  const readFrame = async (frame: number, options: ReadOptions): Promise<ReadonlyMap<string, TypedArray>> => {
    const first = frame * frameSamples;
    const samples = splitFields(header, components, await readSamples(source, header, first, frameSamples, options), frameSamples);
    if (readMask) samples.set('MASK', await readMask(first, frameSamples, options));
    return samples;
  };
  const info = describe(input, header, shape, {
    surplus: present - header.samples * bytes,
    size: source.size,
    maskRefused: mask?.refused,
  });
  return stackDataset({ info, order, frame: arrayFrame(components, sig, readMask !== undefined), readFrame, close: input.close });
}

/** How to read the mask, or in one sentence why it is left out. */
async function openMask(
  file: ByteReader,
  shape: readonly number[],
  options: ReadOptions,
): Promise<{ readonly read?: ReadMask; readonly refused?: string }> {
  const header = await readNpyHeader(file, options);
  const [field] = header.fields;
  if (!field || header.fields.length > 1 || field.type.dtype === 'c8' || field.type.dtype === 'c16')
    return { refused: `The mask has samples of ${header.descr}, which are no flags, and is ignored.` };
  const read = fittingMask(
    {
      shape: header.shape,
      read: async (first, samples, asked) => decodeSamples(field.type, await readSamples(file, header, first, samples, asked), samples),
    },
    shape,
  );
  if (read) return { read };
  return {
    refused: `The mask of shape (${header.shape.join(', ')}) does not fit the array of shape (${shape.join(', ')}) and is ignored.`,
  };
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

/** The bytes of a run of samples in C order. */
async function readSamples(
  source: ByteReader,
  header: NpyHeader,
  first: number,
  samples: number,
  options: ReadOptions,
): Promise<Uint8Array> {
  const bytes = header.sampleBytes;
  const read = (from: number, count: number): Promise<Uint8Array> => {
    throwIfAborted(options.signal);
    return source.read(header.dataOffset + from * bytes, count * bytes, { signal: options.signal });
  };
  const scattered = header.fortranOrder && !ordersCoincide(header.shape);
  return scattered ? gatherFortran({ shape: header.shape, sampleBytes: bytes, first, samples, read }) : read(first, samples);
}

function describe(
  input: NpyStackInput,
  header: NpyHeader,
  shape: StackShape,
  rest: { readonly surplus: number; readonly size: number; readonly maskRefused: string | undefined },
): FrameDatasetInfo {
  const [field] = header.fields;
  const typeName = header.fields.length === 1 && field ? sampleTypeName(field.type) : header.descr;
  const unused = header.samples - shape.imageCount * shape.sig.reduce((product, size) => product * size, 1);
  const { path, title } = input;
  return {
    kind: 'frames',
    format: input.format,
    title,
    path,
    summary: `<${input.kind} '${title}' with ${shape.nav.join(' x ')} frames of ${shape.sig.join(' x ')} ${typeName}>`,
    attributes: {},
    tables: [],
    children: [],
    warnings: [
      ...surplusWarning(path, rest.size, rest.surplus),
      ...unusedWarning(path, unused),
      ...(rest.maskRefused === undefined ? [] : [{ code: 'ignored-mask', message: rest.maskRefused, path }]),
    ],
    nav: indexAxes(shape.nav),
    uniform: true,
    rawDtype: header.fields.length === 1 && field ? sampleTypeText(field.type) : header.descr,
    shape,
    guessed: [],
    diagnostics: [...diagnostics(header, shape, typeName), ...(input.diagnostics ?? [])],
    firstNumber: 0,
    missing: [],
  };
}

function surplusWarning(path: string, size: number, bytes: number): readonly Warning[] {
  return bytes === 0
    ? []
    : [{ code: 'trailing-bytes', message: `${bytes} bytes behind the data are ignored.`, path, offset: size - bytes }];
}

function unusedWarning(path: string, samples: number): readonly Warning[] {
  return samples === 0
    ? []
    : [{ code: 'unused-samples', message: `${samples} samples at the end do not fill a frame and are ignored.`, path }];
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
