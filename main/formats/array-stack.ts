import { DataError } from '../../shared/model/data-error.ts';
import type { ChildRef, FrameDataset, FrameDatasetInfo, ReadOptions, StackShape } from '../../shared/model/dataset.ts';
import type { Warning } from '../../shared/model/warning.ts';
import { sampleBytes, type DType, type TypedArray } from '../../shared/model/dtype.ts';
import { orderStack, shapeProduct } from '../../shared/model/frame-order.ts';
import type { Attributes } from '../../shared/model/attributes.ts';
import type { OptionSpec, OptionValues } from '../../shared/model/option.ts';
import { sampleTypeName, sampleTypeText, type SampleType } from '../codecs/sample-type.ts';
import { indexAxes, stackDataset, stackFrame } from './stack-dataset.ts';

const DEFAULT_SIG_DIMS = 2;

/** Options of arrays inside of containers (HDF5, Zarr, MAT), whose shape the file itself tells. */
export const ARRAY_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  nav_shape: {
    type: 'shape',
    label: 'Navigation shape',
    help: 'Axes of the scan, slowest first; smaller shows a part, larger adds blank frames.',
  },
  sig_shape: { type: 'shape', label: 'Frame shape', help: 'Must be the last axes of the array; tells how many of them form a frame.' },
  sync_offset: {
    type: 'integer',
    label: 'Sync offset',
    help: 'Frames to skip at the start; negative numbers put blank frames in front.',
  },
  sig_dims: { type: 'integer', label: 'Frame dimensions', help: 'How many of the last axes make up a frame; 2 where nothing is given.' },
};

/** An array of frames inside of a container. */
export interface ArrayStackInput {
  readonly format: string;
  readonly path: string;
  readonly title: string;
  /** 'HDF5 data set', 'Zarr array'. */
  readonly what: string;
  readonly type: SampleType;
  readonly shape: readonly number[];
  readonly attributes: Attributes;
  readonly children: readonly ChildRef[];
  readonly warnings: readonly Warning[];
  readonly diagnostics: FrameDatasetInfo['diagnostics'];
  readonly options: OptionValues;
  /** The most bytes that a frame may have. */
  readonly maxFrameBytes: number;
  /** Frames that are decoded together, and how a frame is read once it is known how many axes it has. */
  frames(sigDims: number): { readonly group: number; read(frame: number, options: ReadOptions): Promise<TypedArray> | TypedArray };
  close(): Promise<void>;
}

/** The last axes are the frame, the others the navigation; an array without navigation axes is one frame. */
export function arrayStack(input: ArrayStackInput): FrameDataset {
  const { path, type, options } = input;
  const shape = input.shape.length === 0 ? [1] : input.shape;
  const empty = shape.some((size) => size < 1);
  if (empty) throw new DataError('malformed', `${input.title} in ${path} has no samples: its shape is ${shape.join(' x ')}.`, { path });
  const sigDims = frameDimensions(shape, options);
  const sig = shape.slice(shape.length - sigDims);
  const stored = shape.slice(0, shape.length - sigDims);
  checkFrame(input, sig, type.dtype);
  const given = options.nav_shape;
  const nav = Array.isArray(given) ? (given as readonly number[]) : stored.length > 0 ? stored : [1];
  const offset = options.sync_offset;
  const { order, shape: stack } = orderStack(shapeProduct(stored, 'shape'), nav, sig, typeof offset === 'number' ? offset : 0);
  const frames = input.frames(sigDims);
  const dataset = stackDataset({
    info: describe(input, stack),
    order,
    frame: stackFrame(type.dtype, sig),
    readFrame: async (frame, readOptions) => new Map([['PIXEL', await frames.read(frame, readOptions)]]),
    close: input.close,
  });
  return { ...dataset, group: frames.group };
}

function frameDimensions(shape: readonly number[], options: OptionValues): number {
  const { sig_dims: given, sig_shape: sig } = options;
  const dims = typeof given === 'number' ? given : Array.isArray(sig) ? sig.length : Math.min(DEFAULT_SIG_DIMS, shape.length);
  if (dims < 1 || dims > shape.length) {
    throw new DataError('invalid-option', `sig_dims must be in 1 to ${shape.length} for this array, got ${dims}.`, { field: 'sig_dims' });
  }
  const stored = shape.slice(shape.length - dims);
  if (Array.isArray(sig) && (sig.length !== dims || sig.some((size, axis) => size !== stored[axis]))) {
    throw new DataError('invalid-option', `sig_shape must be the stored ${stored.join(' x ')}, got ${sig.join(' x ')}.`, {
      field: 'sig_shape',
    });
  }
  return dims;
}

function checkFrame({ path, maxFrameBytes }: ArrayStackInput, sig: readonly number[], dtype: DType): void {
  const bytes = shapeProduct(sig, 'shape') * sampleBytes(dtype);
  if (bytes <= maxFrameBytes) return;
  throw new DataError('too-large', `A frame of ${sig.join(' x ')} samples has ${bytes} bytes; the limit is ${maxFrameBytes}.`, {
    path,
    hint: 'Give fewer sig_dims.',
  });
}

function describe(input: ArrayStackInput, shape: StackShape): FrameDatasetInfo {
  const { format, path, title, what, type, attributes, children, warnings } = input;
  return {
    kind: 'frames',
    format,
    title,
    path,
    summary: `<${what} '${title}' with ${shape.nav.join(' x ')} frames of ${shape.sig.join(' x ')} ${sampleTypeName(type)}>`,
    attributes,
    tables: [],
    children,
    warnings,
    nav: indexAxes(shape.nav),
    uniform: true,
    rawDtype: sampleTypeText(type),
    shape,
    guessed: [],
    diagnostics: [{ name: 'dtype', value: sampleTypeName(type) }, ...input.diagnostics, ...countDiagnostics(shape)],
    firstNumber: 0,
    missing: [],
  };
}

function countDiagnostics(shape: StackShape): FrameDatasetInfo['diagnostics'] {
  return [
    { name: 'Number of frames skipped at the beginning', value: String(shape.skippedStart) },
    { name: 'Number of frames ignored at the end', value: String(shape.ignoredEnd) },
    { name: 'Number of blank frames inserted at the beginning', value: String(shape.insertedStart) },
    { name: 'Number of blank frames inserted at the end', value: String(shape.insertedEnd) },
  ];
}
