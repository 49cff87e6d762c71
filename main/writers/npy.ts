import { fieldPlane } from '../../shared/compute/derived-plane.ts';
import { vectorNames } from '../../shared/compute/vector-plane.ts';
import type { ValueMode } from '../../shared/contract/planes.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer, type ReadOptions } from '../../shared/model/dataset.ts';
import { bytesOf, type DType, type TypedArray } from '../../shared/model/dtype.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { npyHeaderBytes } from '../codecs/npy.ts';
import { sampleTypeText } from '../codecs/sample-type.ts';
import { writeAtomically } from './atomic-file.ts';
import { writeTelling } from './described-output.ts';
import { eachBuffer } from './each-buffer.ts';
import type { Losses } from './losses.ts';
import type { WriteJob, Writer } from './writer.ts';

/** One component of one frame of every buffer as one array [navigation, planes, height, width]: numbers alone. */
export const npy: Writer = {
  id: 'npy',
  label: 'NumPy array (.npy)',
  extensions: ['npy'],
  options: {
    component: {
      type: 'text',
      label: 'Component',
      help: 'Stored (PIXEL, U0, MASK) or derived (u, v, mask, x); PIXEL for pictures, the vector for vectors.',
    },
    frame: { type: 'integer', label: 'Frame', help: 'Frame of every buffer; 0 where nothing is given.' },
    mode: {
      type: 'choice',
      label: 'Values',
      choices: ['raw', 'scaled', 'masked'],
      help: 'raw: stored numbers; scaled: float64; masked: scaled, NaN where masked. raw for pictures, masked for vectors.',
    },
  },
  accepts: (info) => bufferCount(info) > 0 || 'an array needs at least one buffer',
  write: (job) => writeTelling(job, (losses) => writeArray(job, losses)),
};

async function writeArray(job: WriteJob, losses: Losses): Promise<number> {
  losses.add('Scales, units, attributes and masks: .npy holds numbers alone; .npz keeps them.');
  if (job.dataset.info.missing.length > 0) {
    throw new DataError('unsupported', 'Some buffers are missing, and an array of numbers alone cannot say so.', {
      field: 'buffer',
      hint: 'Write .npz, or a range of buffers that are there.',
    });
  }
  let buffers = 0;
  await writeAtomically(job.target, job, async (file) => {
    let first: Layout | undefined;
    buffers = await eachBuffer(job, async (buffer, index) => {
      const layout = layoutOf(buffer, job, losses);
      const planes = await readPlanes(buffer, layout, job);
      const found = { ...layout, dtype: planes.dtype };
      if (first) compareLayouts(first, found, index);
      else await file.write(header(found, job));
      first ??= found;
      for (const plane of planes.planes) await file.write(bytesOf(plane));
    });
  });
  return buffers;
}

interface Layout {
  readonly frame: number;
  readonly shape: readonly [height: number, width: number];
  readonly planes: number;
  readonly mode: ValueMode;
  /** Names of the components: several stand together at every sample. */
  readonly fields: readonly string[];
  readonly dtype: DType;
}

function layoutOf(buffer: FrameBuffer, job: WriteJob, losses: Losses): Layout {
  const { component, mode } = job.options;
  const frame = typeof job.options.frame === 'number' ? job.options.frame : 0;
  const info = buffer.info.frames[frame];
  if (!info) {
    const count = buffer.info.frames.length;
    throw new DataError('out-of-range', `There is no frame ${frame}: buffer ${buffer.info.index} has ${count}.`, { field: 'frame' });
  }
  const isVector = info.kind === 'vector' && component === undefined;
  const fields = isVector ? vectorNames(info.dimensions) : [typeof component === 'string' ? component : 'PIXEL'];
  tellFrameLosses(info, fields, buffer.info.frames.length, losses);
  return {
    frame,
    shape: info.shape,
    planes: info.planes,
    mode: typeof mode === 'string' ? (mode as ValueMode) : isVector ? 'masked' : 'raw',
    fields,
    dtype: 'f8',
  };
}

function tellFrameLosses(info: FrameInfo, fields: readonly string[], frames: number, losses: Losses): void {
  if (frames > 1) losses.add('Only one frame of every buffer is written; .npz keeps all.');
  const letters = fields.map((name) => name.toUpperCase());
  const others = info.components.filter(({ name, stored }) => stored && !letters.includes(name) && !letters.includes(name.slice(0, -1)));
  if (others.length > 0) losses.add(`Other components are not written: ${others.map(({ name }) => name).join(', ')}.`);
}

async function readPlanes(
  buffer: FrameBuffer,
  layout: Layout,
  options: ReadOptions,
): Promise<{ readonly dtype: DType; readonly planes: readonly TypedArray[] }> {
  const planes: TypedArray[] = [];
  let dtype: DType = 'f8';
  for (let plane = 0; plane < layout.planes; plane++) {
    const fields = [];
    for (const name of layout.fields) {
      const read = await fieldPlane(buffer, { frame: layout.frame, plane }, name, layout.mode, { signal: options.signal });
      dtype = read.dtype;
      fields.push(read.data);
    }
    planes.push(fields.length === 1 ? (fields[0] as TypedArray) : interleave(fields as Float64Array[]));
  }
  return { dtype, planes };
}

function interleave(fields: readonly Float64Array[]): Float64Array {
  const count = fields.length;
  const out = new Float64Array(count * (fields[0]?.length ?? 0));
  for (const [k, values] of fields.entries()) for (let i = 0; i < values.length; i++) out[i * count + k] = values[i] as number;
  return out;
}

function header(layout: Layout, job: WriteJob): Uint8Array {
  const type = sampleTypeText({ dtype: layout.dtype, littleEndian: true });
  const nav = job.dataset.info.nav.map(({ size }) => size);
  const planes = layout.planes > 1 ? [layout.planes] : [];
  const descr = layout.fields.length > 1 ? layout.fields.map((name) => [name, type] as const) : type;
  return npyHeaderBytes(descr, [...nav, ...planes, ...layout.shape]);
}

function compareLayouts(first: Layout, other: Layout, index: number): void {
  const facts = ({ shape, planes, fields, dtype }: Layout): string => `${planes} x ${shape.join(' x ')} ${fields.join(' ')} of ${dtype}`;
  if (facts(first) === facts(other)) return;
  throw new DataError('unsupported', `Buffer ${index} has ${facts(other)}, the first one ${facts(first)}: they make no single array.`, {
    field: 'buffer',
    hint: 'Write .npz, or a range of equal buffers.',
  });
}
