import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ChildRef, FrameDataset } from '../../../shared/model/dataset.ts';
import { allocateSamples, sampleElements, type NumberArray, type TypedArray } from '../../../shared/model/dtype.ts';
import { parseDescription } from '../../codecs/frame-description.ts';
import { DESCRIPTION_VARIABLE } from '../../codecs/mat5/names.ts';
import { listVariables, parseMatHeader, type MatBytes, type MatVariable } from '../../codecs/mat5/read.ts';
import { readMatPlane } from '../../codecs/mat5/samples.ts';
import { HEADER_BYTES, MX_NAMES } from '../../codecs/mat5/types.ts';
import type { ByteSource } from '../../sources/byte-source.ts';
import { ARRAY_OPTIONS, arrayStack } from '../array-stack.ts';
import type { Candidate, Format, OpenInput, ProbeAnswer } from '../format.ts';
import { openDescribedMat } from './described-mat.ts';
import { readMatText } from './mat-text.ts';

const LEAST_DIMS = 2;
const LISTED = 30;
const MAX_FRAME_BYTES = 2 ** 30;

/** MATLAB's MAT-files of version 5: ours with everything they know, and any array of numbers of other files. docs/formats/mat.md. */
export const mat: Format = {
  id: 'mat',
  label: 'MATLAB (.mat)',
  extensions: ['mat'],
  options: {
    variable: {
      type: 'text',
      label: 'Variable',
      help: "Name of an array of numbers ('s.field' in a struct); the largest where nothing is given.",
    },
    ...ARRAY_OPTIONS,
  },
  probe,
  open: async (input) => {
    const source = await input.folder.open(input.entry.name, input);
    try {
      return { dataset: await openFile(source, input) };
    } catch (error) {
      await source[Symbol.asyncDispose]();
      throw error;
    }
  },
};

async function probe({ entry, extension, head }: Candidate): Promise<ProbeAnswer> {
  if (entry.kind !== 'file' || extension !== 'mat') return { score: 0, reason: 'not named .mat' };
  try {
    parseMatHeader(await head(HEADER_BYTES), entry.name);
    return { score: 0.9, reason: 'the header of a MAT-file of version 5' };
  } catch (error) {
    return { score: 0.2, reason: error instanceof DataError ? error.message : 'no readable header' };
  }
}

async function openFile(source: ByteSource, input: OpenInput): Promise<FrameDataset> {
  const header = await source.read(0, Math.min(HEADER_BYTES, source.size), input);
  const bytes: MatBytes = {
    name: source.name,
    size: source.size,
    ...parseMatHeader(header, source.name),
    read: (offset, length) => source.read(offset, length),
  };
  const variables = await listVariables(bytes);
  const close = (): Promise<void> => Promise.resolve(source[Symbol.asyncDispose]());
  const described = variables.find(({ name }) => name === DESCRIPTION_VARIABLE);
  if (described && input.options.variable === undefined) {
    const description = parseDescription(await readMatText(described, source.name), { path: source.name });
    if (description) return openDescribedMat(variables, description, { path: source.name, title: input.entry.name, close });
  }
  return openVariable(variables, source.name, input, close);
}

function openVariable(variables: readonly MatVariable[], path: string, input: OpenInput, close: () => Promise<void>): FrameDataset {
  const asked = input.options.variable;
  const variable = chooseVariable(variables, path, asked);
  const { dtype, dims } = variable;
  if (!dtype) {
    const what = MX_NAMES[variable.mxClass] ?? `value of class ${variable.mxClass}`;
    throw new DataError('unsupported', `${variable.name} in ${path} is a ${what}, not an array of numbers.`, { path, field: 'variable' });
  }
  const [height = 1, width = 1, ...others] = dims;
  return arrayStack({
    format: mat.id,
    path,
    title: asked === undefined ? input.entry.name : variable.name,
    what: 'MATLAB array',
    type: { dtype, littleEndian: true },
    // The last dimension of MATLAB is the slowest.
    shape: [...others.reverse(), height, width],
    attributes: {},
    children: asked === undefined ? childRefs(variables, path) : [],
    warnings: [],
    diagnostics: [
      { name: 'variable', value: variable.name },
      { name: 'size', value: dims.join(' x ') },
    ],
    options: input.options,
    maxFrameBytes: MAX_FRAME_BYTES,
    frames: (sigDims) => {
      if (sigDims < LEAST_DIMS)
        throw new DataError('invalid-option', 'Frames of a MATLAB array have at least 2 dimensions.', { path, field: 'sig_dims' });
      const planes = others.slice(others.length - (sigDims - LEAST_DIMS)).reduce((product, size) => product * size, 1);
      return { group: 1, read: (frame, options) => readFrame(variable, dtype, { frame, planes, samples: height * width }, options) };
    },
    close,
  });
}

async function readFrame(
  variable: MatVariable,
  dtype: NonNullable<MatVariable['dtype']>,
  { frame, planes, samples }: { readonly frame: number; readonly planes: number; readonly samples: number },
  options: { readonly signal?: AbortSignal | undefined },
): Promise<TypedArray> {
  if (planes === 1) return readMatPlane(variable, frame, dtype);
  const elements = samples * sampleElements(dtype);
  const out = allocateSamples(dtype, samples * planes);
  for (let plane = 0; plane < planes; plane++) {
    throwIfAborted(options.signal);
    (out as NumberArray).set((await readMatPlane(variable, frame * planes + plane, dtype)) as NumberArray, plane * elements);
  }
  return out;
}

function chooseVariable(variables: readonly MatVariable[], path: string, asked: unknown): MatVariable {
  const arrays = variables.filter(isArray);
  if (typeof asked === 'string') {
    const found = variables.find(({ name }) => name === asked);
    if (found) return found;
    throw new DataError('not-found', `There is no variable ${asked} in ${path}.`, { path, field: 'variable', hint: listHint(arrays) });
  }
  const largest = arrays.reduce<MatVariable | undefined>(
    (best, one) => (best && sampleCount(best) >= sampleCount(one) ? best : one),
    undefined,
  );
  if (largest) return largest;
  throw new DataError('unsupported', `${path} has no array of numbers.`, { path, field: 'variable', hint: listHint(arrays) });
}

function isArray({ dtype, dims }: MatVariable): boolean {
  return dtype !== undefined && dims.length >= LEAST_DIMS && dims.every((size) => size > 0);
}

function sampleCount({ dims }: MatVariable): number {
  return dims.reduce((product, size) => product * size, 1);
}

function listHint(arrays: readonly MatVariable[]): string {
  if (arrays.length === 0) return 'The file has no arrays of numbers.';
  return `Choose one with variable: ${arrays.slice(0, LISTED).map(title).join(', ')}${arrays.length > LISTED ? `, and ${arrays.length - LISTED} more` : ''}.`;
}

function title({ name, dims, dtype }: MatVariable): string {
  return `${name} (${dims.join(' x ')} ${dtype})`;
}

function childRefs(variables: readonly MatVariable[], path: string): readonly ChildRef[] {
  const arrays = variables.filter(isArray);
  return arrays.length < 2 ? [] : arrays.map((one) => ({ title: title(one), path, format: mat.id, options: { variable: one.name } }));
}
