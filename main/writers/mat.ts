import { fieldPlane } from '../../shared/compute/derived-plane.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer } from '../../shared/model/dataset.ts';
import { bytesOf, halfToNumber, type DType, type TypedArray } from '../../shared/model/dtype.ts';
import type { BufferInfo, FrameInfo } from '../../shared/model/frames.ts';
import { positionAt } from '../../shared/model/scale.ts';
import { describeBuffer, descriptionText, type BufferDescription } from '../codecs/frame-description.ts';
import { frameSignature } from '../codecs/frame-tree.ts';
import { encodeMatHeader, encodeText, planVariable, type MatPlan } from '../codecs/mat5/encode.ts';
import { besideName, DESCRIPTION_VARIABLE, placedName, variableNames, type NamePlace } from '../codecs/mat5/names.ts';
import { HEADER_BYTES, MAX_ELEMENT_BYTES } from '../codecs/mat5/types.ts';
import { transposed } from '../codecs/transpose.ts';
import { writeAtomically, type AtomicFile } from './atomic-file.ts';
import { writeTelling, writtenDataset } from './described-output.ts';
import { eachBuffer } from './each-buffer.ts';
import { FIELDS_OPTION } from './fields-option.ts';
import type { Losses } from './losses.ts';
import { writeCompressed } from './mat-compressed.ts';
import { missingBuffers } from './missing-buffers.ts';
import { derivedNames } from './tree/frame-arrays.ts';
import { SOFTWARE } from './version.ts';
import type { WriteJob, Writer } from './writer.ts';

/** MATLAB's MAT-file of version 5: a variable per component of [height, width, planes, buffers]. Layout: docs/formats/mat.md. */
export const matWriter: Writer = {
  id: 'mat',
  label: 'MATLAB (.mat)',
  extensions: ['mat'],
  options: {
    compress: {
      type: 'boolean',
      label: 'Compressed',
      help: 'Variables packed with zlib, which takes longer; false where nothing is given.',
    },
    derived: { type: 'boolean', label: 'Values in effect', help: 'Also write u, v, w scaled and valid; true where nothing is given.' },
    ...FIELDS_OPTION,
  },
  accepts: () => true,
  write: (job) => writeTelling(job, (losses) => writeVariables(job, losses)),
};

async function writeVariables(job: WriteJob, losses: Losses): Promise<number> {
  let buffers = 0;
  const attempt = (together: boolean): Promise<void> =>
    writeAtomically(job.target, job, async (file) => {
      const isPacked = job.options.compress === true;
      const fill = async (to: AtomicFile): Promise<number> => {
        const written = await writeFile(to, isPacked ? halfway(job) : job, together);
        buffers = written.buffers;
        return written.end;
      };
      if (isPacked) await writeCompressed(file, job, fill);
      else await fill(file);
    });
  try {
    await attempt(true);
  } catch (error) {
    if (!(error instanceof FramesDiffer)) throw error;
    losses.add('The buffers differ in shape, scales or components: variables of their own for every buffer.');
    await attempt(false);
  }
  return buffers;
}

/** A packed file is written twice: its buffers are half of the work. */
function halfway(job: WriteJob): WriteJob {
  const { progress } = job;
  return progress ? { ...job, progress: (done, total) => progress(Math.floor(done / 2), total) } : job;
}

/** A buffer does not fit into the variables that the first one began. */
class FramesDiffer extends Error {}

/** A variable that is being filled. */
interface Variable {
  readonly frame: number;
  readonly component: string;
  readonly mode: 'raw' | 'masked';
  readonly dtype: DType;
  readonly plan: MatPlan;
  readonly at: number;
  /** Of one buffer. */
  readonly samples: number;
}

/** The end of the file, as variables are placed one behind the other before their samples are known. */
interface Place {
  end: number;
}

async function writeFile(file: AtomicFile, job: WriteJob, together: boolean): Promise<{ readonly buffers: number; readonly end: number }> {
  const { info } = job.dataset;
  const total = bufferCount(info);
  const missing = missingBuffers(info);
  const descriptions: BufferDescription[] = Array.from({ length: total }, () => ({
    state: 'missing',
    name: '',
    frames: [],
    attributes: {},
  }));
  const place: Place = { end: HEADER_BYTES };
  const derived = job.options.derived !== false;
  let first: { readonly key: string; readonly variables: readonly Variable[] } | undefined;
  await file.overwrite(0, encodeMatHeader(SOFTWARE));
  const writeBuffer = async (buffer: FrameBuffer, index: number): Promise<void> => {
    const key = buffer.info.frames.map(frameSignature).join('\n');
    if (together && first && first.key !== key) throw new FramesDiffer();
    if (!together || !first) {
      const spread = together ? { count: total } : { count: 1, buffer: index };
      first = { key, variables: await beginVariables(file, place, buffer.info, { ...spread, derived }) };
    }
    if (buffer.info.state === 'present') await fillVariables(file, buffer, first.variables, together ? index : 0, job.signal);
    else await fillBlank(file, first.variables, together ? index : 0);
    descriptions[index] = describeBuffer(buffer.info);
  };
  await eachBuffer(job, writeBuffer, async (index) => missing.has(index));
  if (together) for (const index of missing) await fillBlank(file, first?.variables ?? [], index);
  const times = Float64Array.from(descriptions, ({ time }) => time?.seconds ?? Number.NaN);
  await addValues(file, place, 'time', times);
  // Last, so that the file reaches to its end even where the last buffers are missing.
  await addText(file, place, DESCRIPTION_VARIABLE, descriptionText({ dataset: writtenDataset(info), buffers: descriptions }, 'ascii'));
  return { buffers: total - missing.size, end: place.end };
}

interface Spread {
  /** Buffers that share the variables. */
  readonly count: number;
  readonly buffer?: number;
  readonly derived: boolean;
}

async function beginVariables(file: AtomicFile, place: Place, info: BufferInfo, spread: Spread): Promise<readonly Variable[]> {
  const variables: Variable[] = [];
  for (const [k, frame] of info.frames.entries()) {
    const at: NamePlace = { frame: k, buffer: spread.buffer };
    const names = variableNames(frame, at);
    const taken = new Set(names.values());
    const begin = async (component: string, name: string, dtype: DType, mode: Variable['mode']): Promise<void> => {
      variables.push({ frame: k, component, mode, dtype, ...(await beginVariable(file, place, name, dtype, frame, spread.count)) });
    };
    for (const { name, dtype, scale } of frame.components) {
      const own = names.get(name);
      if (own === undefined) continue;
      await begin(name, own, dtype, 'raw');
      await addValues(file, place, besideName(own, 'scale', at), Float64Array.of(scale.slope, scale.offset));
      await addText(file, place, besideName(own, 'unit', at), asciiOnly(scale.unit));
    }
    for (const name of spread.derived ? derivedNames(frame, new Set()) : []) {
      const own = placedName(name, at);
      if (!taken.has(own)) await begin(name, own, name === 'valid' ? 'b1' : 'f8', 'masked');
    }
    await addPositions(file, place, frame, at);
  }
  return variables;
}

async function beginVariable(
  file: AtomicFile,
  place: Place,
  name: string,
  dtype: DType,
  frame: FrameInfo,
  count: number,
): Promise<Pick<Variable, 'plan' | 'at' | 'samples'>> {
  const dims = [...frame.shape, frame.planes, count];
  while (dims.length > 2 && dims[dims.length - 1] === 1) dims.pop();
  const plan = planVariable(name, dtype, dims);
  if (plan.bytes > MAX_ELEMENT_BYTES) {
    throw new DataError(
      'too-large',
      `The variable ${name} of ${dims.join(' x ')} would have ${plan.bytes} bytes; a MAT-file of version 5 holds ${MAX_ELEMENT_BYTES}.`,
      {
        path: file.target,
        hint: 'Write HDF5 (.h5), which MATLAB reads too, or a range of buffers.',
      },
    );
  }
  const at = place.end;
  place.end += plan.bytes;
  await file.overwrite(at, plan.head);
  if (plan.imaginary) await file.overwrite(at + plan.imaginary.at, plan.imaginary.tag);
  return { plan, at, samples: frame.shape[0] * frame.shape[1] * frame.planes };
}

async function fillVariables(
  file: AtomicFile,
  buffer: FrameBuffer,
  variables: readonly Variable[],
  at: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const { frame, component, mode, dtype, plan, at: start } of variables) {
    const { planes = 0, shape = [0, 0] } = buffer.info.frames[frame] ?? {};
    for (let plane = 0; plane < planes; plane++) {
      const { data } = await fieldPlane(buffer, { frame, plane }, component, mode, { signal });
      const [real, imaginary] = parts(dtype, data).map((part) => bytesOf(transposed(part, shape[0], shape[1])));
      if (!real) continue;
      const offset = start + plan.head.length + (at * planes + plane) * real.length;
      await file.overwrite(offset, real);
      if (imaginary && plan.imaginary)
        await file.overwrite(offset + plan.imaginary.at + plan.imaginary.tag.length - plan.head.length, imaginary);
    }
  }
}

/** Values in effect of a buffer that has none; stored numbers stay zeros. */
async function fillBlank(file: AtomicFile, variables: readonly Variable[], at: number): Promise<void> {
  for (const { mode, dtype, plan, samples, at: start } of variables) {
    if (mode !== 'masked' || dtype !== 'f8') continue;
    const values = new Float64Array(samples).fill(Number.NaN);
    await file.overwrite(start + plan.head.length + at * values.byteLength, bytesOf(values));
  }
}

/** Real samples, and for complex ones the imaginary too; halves become singles. */
function parts(dtype: DType, data: TypedArray): readonly TypedArray[] {
  if (dtype === 'f2') return [Float32Array.from(data as Uint16Array, halfToNumber)];
  if (dtype !== 'c8' && dtype !== 'c16') return [data];
  const pairs = data as Float32Array | Float64Array;
  const make = (first: number): TypedArray => {
    const part = pairs.slice(0, pairs.length / 2);
    for (let i = 0; i < part.length; i++) part[i] = pairs[2 * i + first] as number;
    return part;
  };
  return [make(0), make(1)];
}

async function addPositions(file: AtomicFile, place: Place, frame: FrameInfo, at: NamePlace): Promise<void> {
  const [height, width] = frame.shape;
  const sizes = { x: width, y: height, z: frame.planes };
  for (const [i, axis] of (['x', 'y', 'z'] as const).entries()) {
    const scale = frame.scales[axis];
    const values = Float64Array.from({ length: sizes[axis] }, (_, index) => positionAt(scale, frame.grid[i] ?? 1, index));
    await addValues(file, place, placedName(axis, at), values);
    await addText(file, place, placedName(`${axis}_unit`, at), asciiOnly(scale.unit));
  }
}

/** A row of numbers. */
async function addValues(file: AtomicFile, place: Place, name: string, values: Float64Array): Promise<void> {
  const plan = planVariable(name, 'f8', [1, values.length]);
  await file.overwrite(place.end, plan.head);
  await file.overwrite(place.end + plan.head.length, bytesOf(values));
  place.end += plan.bytes;
}

async function addText(file: AtomicFile, place: Place, name: string, text: string): Promise<void> {
  const bytes = encodeText(name, text);
  await file.overwrite(place.end, bytes);
  place.end += bytes.length;
}

/** Units for people; the description has them as they are. */
function asciiOnly(text: string): string {
  return text
    .replace(/[µμ]/g, 'u')
    .replace(/°/g, 'deg ')
    .replace(/[^\x20-\x7e]/g, '?')
    .trim();
}
