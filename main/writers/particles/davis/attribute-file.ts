import { ByteWriter } from '../../../codecs/byte-writer.ts';
import { ATTRIBUTE_ARRAYS, ATTRIBUTE_TYPE, ATTRIBUTES_HEADER_BYTES } from '../../../formats/davis-particles/layout.ts';
import { isAttributeArray, type AttributeArray, type Attributes, type AttributeValue } from '../../../../shared/model/attributes.ts';
import { bytesOf, type DType } from '../../../../shared/model/dtype.ts';
import type { AtomicFile } from '../../atomic-file.ts';
import type { Losses } from '../../losses.ts';

const ARRAYS = { u2: Uint16Array, i4: Int32Array, f4: Float32Array, f8: Float64Array } as const;
type StoredType = keyof typeof ARRAYS;
const TYPE_OF = Object.fromEntries(Object.entries(ATTRIBUTE_ARRAYS).map(([type, dtype]) => [dtype, Number(type)])) as Record<
  StoredType,
  number
>;
const HEADER_VERSION = 1;
/** Records that are put together before they are written. */
const WRITE_BYTES = 1 << 20;

/** An attribute file under way: header, records one after the other, and at the end where they stand. */
export interface AttributeFile {
  add(attributes: Attributes, close: 'end' | 'endOfBlock'): Promise<void>;
  finish(): Promise<void>;
}

export async function beginAttributeFile(file: AtomicFile, losses: Losses): Promise<AttributeFile> {
  let out = new ByteWriter();
  out.u32(HEADER_VERSION);
  out.zeros(ATTRIBUTES_HEADER_BYTES - 4);
  let written = 0;
  const offsets: number[] = [];
  const flush = async (): Promise<void> => {
    written += out.length;
    await file.write(out.done());
    out = new ByteWriter();
  };
  return {
    add: async (attributes, close) => {
      offsets.push(written + out.length);
      for (const [name, value] of Object.entries(attributes)) putEntry(out, name, value, losses);
      putHead(out, ATTRIBUTE_TYPE[close], 0, 0);
      if (out.length >= WRITE_BYTES) await flush();
    },
    finish: async () => {
      for (const offset of offsets) {
        out.u32(offset % 2 ** 32);
        out.u32(Math.floor(offset / 2 ** 32));
      }
      out.u32(offsets.length);
      await flush();
    },
  };
}

function putHead(out: ByteWriter, type: number, nameBytes: number, valueBytes: number): void {
  out.i32(type);
  out.u32(nameBytes);
  out.u32(valueBytes);
}

function putEntry(out: ByteWriter, name: string, value: AttributeValue, losses: Losses): void {
  if (name === '') {
    losses.add('An attribute without a name is left out: DaVis has none.');
    return;
  }
  const letters = new TextEncoder().encode(name);
  const [type, bytes] = isAttributeArray(value)
    ? arrayBytes(name, value, losses)
    : ([ATTRIBUTE_TYPE.text, new TextEncoder().encode(String(value))] as const);
  putHead(out, type, letters.byteLength, bytes.byteLength);
  out.bytes(letters);
  out.bytes(bytes);
}

/** Arrays of particle sets have one row. */
function arrayBytes(name: string, array: AttributeArray, losses: Losses): readonly [type: number, bytes: Uint8Array] {
  const { dtype, shape, values } = array;
  if (shape.length > 2 || (shape.length === 2 && shape[0] !== 1))
    losses.add(`Attribute '${name}': its shape ${shape.join(' x ')} became 1 x ${values.length}.`);
  const stored = storedType(array);
  if (stored !== dtype) losses.add(`Attribute '${name}': numbers of type ${dtype} are stored as ${stored}.`);
  return [TYPE_OF[stored], bytesOf(ARRAYS[stored].from(values))];
}

/** The type itself, or the narrowest that holds all its numbers. */
function storedType({ dtype, values }: AttributeArray): StoredType {
  if (dtype in ARRAYS) return dtype as StoredType;
  const wider: Readonly<Partial<Record<DType, StoredType>>> = { b1: 'u2', u1: 'u2', i1: 'i4', i2: 'i4', f2: 'f4' };
  return wider[dtype] ?? (values.every((value) => value === (value | 0)) ? 'i4' : 'f8');
}
