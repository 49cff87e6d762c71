import { ByteWriter } from '../../codecs/byte-writer.ts';
import { latin1Bytes, toLatin1 } from '../../codecs/latin1-text.ts';
import {
  FLAG_MINIMAL_VERSION,
  FLAG_OFFSET_TABLE,
  FLAG_OWN_GRIDS,
  HEADER,
  HEADER_BYTES,
  OFFSET_ENTRY,
  OFFSET_TABLE_BYTES,
  PACK,
  SCALAR_DTYPES,
} from '../../formats/davis/layout.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { Scale } from '../../../shared/model/scale.ts';
import type { Effort } from '../deflate-effort.ts';
import { deflateParts } from '../deflate-parts.ts';
import { attributeSection } from './attribute-section.ts';
import type { BufferPlan } from './buffer-plan.ts';
import { dataSection, enabledSection, maskSection, scalarSection, type BufferSource } from './buffer-samples.ts';
import type { Storage } from './options.ts';
import { scaleText } from './scale-text.ts';

/** Takes the bytes of a file from its start. */
export interface ByteSink {
  write(bytes: Uint8Array): Promise<void>;
}

/** Lengths of compressed sections are i32. */
const MAX_PACKED_BYTES = 2 ** 31 - 1;

/** Small pieces go to the disk together. */
const WRITE_BYTES = 1 << 18;

/** Writes header, data, attributes, mask, scalar fields and the table of their offsets. */
export async function writeBufferFile(sink: ByteSink, source: BufferSource, storage: Storage): Promise<void> {
  const file = new SectionFile(sink, storage, source.options.signal);
  const { plan, buffer, losses } = source;
  await file.write(headerBytes(plan, storage));
  const isCounts = plan.format.kind === 'image' && !plan.format.dtype.startsWith('f');
  await file.section(dataSection(source), 'bare', isCounts ? 'runs' : 'quickest');
  const entries = new Map<number, number>([[OFFSET_ENTRY.attributes, file.offset]]);
  await file.write(attributeSection(buffer.info, plan, losses));
  const packed = storage.pack === 'zlib';
  if (plan.mask !== undefined || plan.isPadded || buffer.info.state === 'blank') {
    entries.set(packed ? OFFSET_ENTRY.packedMask : OFFSET_ENTRY.mask, file.offset);
    await file.section(maskSection(source), 'tagged');
  }
  if (plan.scalars.length > 0 || plan.isValid) {
    entries.set(packed ? OFFSET_ENTRY.packedScalars : OFFSET_ENTRY.scalars, file.offset);
    await writeScalars(file, source);
  }
  await file.write(offsetTable(entries));
  await file.flush();
}

/** A file that knows where it is, and packs sections as `storage` says. */
class SectionFile {
  offset = 0;
  private readonly sink: ByteSink;
  private readonly storage: Storage;
  private readonly signal: AbortSignal | undefined;
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;

  constructor(sink: ByteSink, storage: Storage, signal: AbortSignal | undefined) {
    this.sink = sink;
    this.storage = storage;
    this.signal = signal;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.offset += bytes.byteLength;
    this.waiting.push(bytes);
    this.waitingBytes += bytes.byteLength;
    if (this.waitingBytes >= WRITE_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    const [only] = this.waiting;
    if (only) await this.sink.write(this.waiting.length === 1 ? only : Buffer.concat(this.waiting));
    this.waiting = [];
    this.waitingBytes = 0;
  }

  /** Raw, or i32 length and zlib stream; behind `tagged` ones the pack type comes first. */
  async section(parts: AsyncIterable<Uint8Array>, kind: 'bare' | 'tagged', effort: Effort | 'quickest' = 'quickest'): Promise<void> {
    if (this.storage.pack === 'raw') {
      for await (const part of parts) await this.write(part);
      return;
    }
    const { chunks, bytes } = await deflateParts(parts, this.storage.level ?? effort, this.signal);
    if (bytes > MAX_PACKED_BYTES) {
      throw new DataError('too-large', `The compressed samples have ${bytes} bytes, DaVis files hold ${MAX_PACKED_BYTES}.`, {
        hint: 'Give -w pack=raw.',
      });
    }
    await this.write(new Uint8Array(Int32Array.from(kind === 'tagged' ? [PACK.zlib, bytes] : [bytes]).buffer));
    for (const chunk of chunks) await this.write(chunk);
  }
}

function headerBytes(plan: BufferPlan, storage: Storage): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const [gridX, gridY, gridZ] = plan.grid;
  const ownGrids = gridX !== gridY || gridX !== gridZ;
  const values: Readonly<Partial<Record<keyof typeof HEADER, number>>> = {
    pack: PACK[storage.pack],
    format: plan.number,
    width: plan.width,
    height: plan.height,
    planes: plan.planes,
    frames: plan.frames,
    grid: gridX,
    flags: FLAG_OFFSET_TABLE | FLAG_MINIMAL_VERSION | (ownGrids ? FLAG_OWN_GRIDS : 0),
    scalarPack: PACK.zlib,
    ...(ownGrids ? { gridY, gridZ } : {}),
    hasIsValid: plan.isValid ? 1 : 0,
  };
  for (const [name, value] of Object.entries(values)) {
    const [at, type] = HEADER[name as keyof typeof HEADER];
    if (type === 'i16') view.setInt16(at, value, true);
    else view.setInt32(at, value, true);
  }
  return bytes;
}

function offsetTable(entries: ReadonlyMap<number, number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(OFFSET_TABLE_BYTES));
  for (const [entry, offset] of entries) view.setBigUint64(8 * entry, BigInt(offset), true);
  return new Uint8Array(view.buffer);
}

const FRAME_AXIS: Scale = { slope: 1, offset: 0, unit: 'frame', description: '' };
const COUNTS: Scale = { slope: 1, offset: 0, unit: 'counts', description: '' };
const ENABLED_NAME = 'isValid';

/** i32 count, then a record and its samples for every field; isValid comes last. */
async function writeScalars(file: SectionFile, source: BufferSource): Promise<void> {
  const { plan } = source;
  const count = new ByteWriter(4);
  count.i32(plan.scalars.length + (plan.isValid ? 1 : 0));
  await file.write(count.done());
  for (const scalar of plan.scalars) {
    await file.write(recordBytes(source, scalar));
    await file.section(scalarSection(source, scalar), 'tagged');
  }
  if (!plan.isValid) return;
  await file.write(recordBytes(source, { name: ENABLED_NAME, dtype: 'u2', scale: COUNTS }));
  await file.section(enabledSection(source), 'tagged');
}

/** Six i32 (nx, ny, nz, nf, components, format) and six strings (name, scales of x, y, z, frames and values). */
function recordBytes({ plan, buffer, losses }: BufferSource, scalar: { name: string; dtype: string; scale: Scale }): Uint8Array {
  const out = new ByteWriter();
  const format = [...SCALAR_DTYPES].find(([, dtype]) => dtype === scalar.dtype)?.[0];
  if (format === undefined) throw new DataError('internal', `There are no scalar fields of type ${scalar.dtype}.`);
  for (const value of [plan.width, plan.height, plan.planes, plan.frames, 1, format]) out.i32(value);
  const { text: name, lost } = toLatin1(scalar.name.replace(/\0/g, ' '));
  if (lost) losses.add(`TS:${scalar.name}: letters of its name beyond latin-1 became '?'.`);
  putString(out, name);
  const scales = buffer.info.frames[0]?.scales;
  for (const axis of ['x', 'y', 'z'] as const) putString(out, scaleText(scales?.[axis] ?? COUNTS, axis, losses));
  putString(out, scaleText(FRAME_AXIS, 'frames', losses));
  putString(out, scaleText(scalar.scale, `TS:${scalar.name}`, losses));
  return out.done();
}

/** i32 length, letters, one NUL. */
function putString(out: ByteWriter, text: string): void {
  out.i32(text.length);
  out.bytes(latin1Bytes(text));
  out.zeros(1);
}
