import { fieldPlane } from '../../shared/compute/derived-plane.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { FrameBuffer } from '../../shared/model/dataset.ts';
import { bytesOf } from '../../shared/model/dtype.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { descriptionText } from '../codecs/frame-description.ts';
import { scaledFields } from '../codecs/scaled-frame.ts';
import { flipPlane, LENGTH_BYTES, VTI_DESCRIPTION, vtiArrays, vtiAxes, vtiParts, type VtiArray } from '../codecs/vtk/vti-layout.ts';
import type { AtomicFile } from './atomic-file.ts';
import { writtenDataset } from './described-output.ts';
import { bufferTime, describeScaled } from './scaled-values.ts';
import type { WriteJob } from './writer.ts';

interface Written {
  readonly array: VtiArray;
  readonly type: string;
  /** Numbers of a point. */
  readonly step: 1 | 3;
  readonly bytes: number;
}

/** The frames of one part of a buffer as a .vti file, the first one with the description of all; a plane is in memory at a time. */
export async function writeVtiFile(file: AtomicFile, whole: FrameBuffer, part: number, job: WriteJob): Promise<void> {
  const buffer = partOf(whole, vtiParts(whole.info.frames)[part] ?? []);
  const { info } = buffer;
  const [frame] = info.frames;
  if (!frame) throw new DataError('unsupported', `Buffer ${info.index} has no frames, and so no points.`, { field: 'frames' });
  const isDouble = job.options.precision !== 'single';
  const points = frame.shape[0] * frame.shape[1] * frame.planes;
  const arrays = vtiArrays(info.frames).map((array): Written => {
    const step = array.kind === 'vector' ? 3 : 1;
    const size = array.kind === 'mask' ? 1 : isDouble ? 8 : 4;
    return { array, step, bytes: points * step * size, type: array.kind === 'mask' ? 'UInt8' : isDouble ? 'Float64' : 'Float32' };
  });
  const description = new TextEncoder().encode(
    `${descriptionText({ dataset: writtenDataset(job.dataset.info), buffers: [describeScaled(part === 0 ? whole.info : info)] }, 'ascii')}\0`,
  );
  await file.write(new TextEncoder().encode(headText(buffer, arrays, description.byteLength, job)));
  await file.write(lengthBytes(description.byteLength));
  await file.write(description);
  for (const written of arrays) {
    await file.write(lengthBytes(written.bytes));
    const axes = vtiAxes(frame);
    for (let k = 0; k < frame.planes; k++) {
      const plane = axes[2].flipped ? frame.planes - 1 - k : k;
      await file.write(bytesOf(flipPlane(await readPlane(buffer, written, plane, isDouble, job), axes, written.step)));
    }
  }
  await file.write(new TextEncoder().encode('\n  </AppendedData>\n</VTKFile>\n'));
}

/** A buffer with some of the frames alone. */
function partOf(buffer: FrameBuffer, frames: readonly number[]): FrameBuffer {
  return {
    ...buffer,
    info: { ...buffer.info, frames: frames.map((frame) => buffer.info.frames[frame] as FrameInfo) },
    plane: (ref, options) => buffer.plane({ ...ref, frame: frames[ref.frame] ?? -1 }, options),
  };
}

function lengthBytes(bytes: number): Uint8Array {
  return bytesOf(BigUint64Array.of(BigInt(bytes)));
}

function headText(buffer: FrameBuffer, arrays: readonly Written[], descriptionBytes: number, job: WriteJob): string {
  const frame = buffer.info.frames[0] as FrameInfo;
  const axes = vtiAxes(frame);
  const extent = axes.map(({ size }) => `0 ${size - 1}`).join(' ');
  const time = bufferTime(buffer.info, job.dataset.info);
  let offset = descriptionBytes + LENGTH_BYTES;
  const lines = arrays.map(({ array, type, step, bytes }) => {
    const line = `        <DataArray type="${type}" Name="${escapeXml(array.name)}" NumberOfComponents="${step}" format="appended" offset="${offset}"/>`;
    offset += bytes + LENGTH_BYTES;
    return line;
  });
  const vector = arrays.find(({ array }) => array.kind === 'vector')?.array.name;
  const scalar = arrays.find(({ array }) => array.kind === 'value')?.array.name;
  const active = `${scalar === undefined ? '' : ` Scalars="${escapeXml(scalar)}"`}${vector === undefined ? '' : ` Vectors="${escapeXml(vector)}"`}`;
  return `<?xml version="1.0"?>
<VTKFile type="ImageData" version="1.0" byte_order="LittleEndian" header_type="UInt64">
  <ImageData WholeExtent="${extent}" Origin="${axes.map(({ origin }) => origin).join(' ')}" Spacing="${axes.map(({ spacing }) => spacing).join(' ')}">
    <FieldData>
      <DataArray type="Float64" Name="TimeValue" NumberOfTuples="1" format="ascii">${time}</DataArray>
      <DataArray type="String" Name="${VTI_DESCRIPTION}" NumberOfTuples="1" format="appended" offset="0"/>
    </FieldData>
    <Piece Extent="${extent}">
      <PointData${active}>
${lines.join('\n')}
      </PointData>
    </Piece>
  </ImageData>
  <AppendedData encoding="raw">
   _`;
}

/** Text of an attribute; control characters, which XML has none of, become blanks. */
export function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[\p{Cc}]/gu, ' ').replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

async function readPlane(
  buffer: FrameBuffer,
  { array, step }: Written,
  plane: number,
  isDouble: boolean,
  job: WriteJob,
): Promise<Float64Array | Float32Array | Uint8Array> {
  const where = { frame: array.frame, plane };
  const read = async (name: string): Promise<Float64Array> =>
    (await fieldPlane(buffer, where, name, 'masked', { signal: job.signal })).data as Float64Array;
  if (array.kind === 'mask') {
    const state = (await fieldPlane(buffer, where, 'state', 'masked', { signal: job.signal })).data as Uint8Array;
    return state.map((code) => (code === 0 ? 1 : 0));
  }
  const fields = scaledFields(buffer.info.frames[array.frame] as FrameInfo).filter(({ component }) => array.components.includes(component));
  const first = await read(fields[0]?.name ?? '');
  if (step === 1) return isDouble ? first : Float32Array.from(first);
  const out = isDouble ? new Float64Array(3 * first.length) : new Float32Array(3 * first.length);
  for (const [k, { name }] of fields.entries()) {
    const values = k === 0 ? first : await read(name);
    for (let i = 0; i < values.length; i++) out[3 * i + k] = values[i] as number;
  }
  return out;
}
