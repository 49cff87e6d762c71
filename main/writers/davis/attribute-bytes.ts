import { ByteWriter } from '../../codecs/byte-writer.ts';
import { latin1Bytes, toLatin1 } from '../../codecs/latin1-text.ts';
import { ITEM } from '../../formats/davis/layout.ts';
import { isAttributeArray, type AttributeArray, type AttributeValue } from '../../../shared/model/attributes.ts';
import { bytesOf, type DType } from '../../../shared/model/dtype.ts';
import type { Losses } from '../losses.ts';

const ARRAY_ITEMS = { f4: ITEM.f32Array, i4: ITEM.i32Array, u2: ITEM.u16Array, f8: ITEM.f64Array } as const;
const PLANE_ITEMS = { f4: ITEM.f32Plane, i4: ITEM.i32Plane, u2: ITEM.u16Plane, f8: ITEM.f64Plane } as const;
const ARRAYS = { f4: Float32Array, i4: Int32Array, u2: Uint16Array, f8: Float64Array } as const;
type StoredType = keyof typeof ARRAYS;

/** An item of the attribute block: i32 kind, i32 size, data. */
export function putItem(out: ByteWriter, kind: number, data: Uint8Array): void {
  out.i32(kind);
  out.i32(data.byteLength);
  out.bytes(data);
}

export function putText(out: ByteWriter, kind: number, text: string): void {
  putItem(out, kind, latin1Bytes(toLatin1(text).text));
}

/** A text attribute or an array, under a name that stands in the file as it is given here. */
export function putAttribute(out: ByteWriter, name: string, value: AttributeValue, losses: Losses): void {
  const { text: stored, lost } = toLatin1(name);
  if (lost) losses.add(`Attribute '${name}': its name became '${stored}', since DaVis has latin-1 letters only.`);
  if (isAttributeArray(value)) putArray(out, stored, value, losses);
  else putNamedText(out, stored, String(value), losses);
}

/** `name=value`. A value that holds NUL bytes is written up to the first one, and whole as an item of its own kind. */
function putNamedText(out: ByteWriter, name: string, value: string, losses: Losses): void {
  const { text, lost } = toLatin1(value);
  if (lost) losses.add(`Attribute '${name}': letters beyond latin-1 became '?'.`);
  const end = text.indexOf('\0');
  putItem(out, ITEM.text, latin1Bytes(`${name}=${end < 0 ? text : text.slice(0, end)}`));
  if (end >= 0) putItem(out, ITEM.textWithNul, latin1Bytes(`${name}=${text}`));
}

/** The name with NUL padding to a multiple of 4 (at least one NUL and one byte more), for planes u32 width and height, and the numbers. */
function putArray(out: ByteWriter, name: string, array: AttributeArray, losses: Losses): void {
  const dtype = storedType(array, name, losses);
  const [height, width] = planeShape(array, name, losses);
  const letters = latin1Bytes(name);
  const data = new ByteWriter();
  data.bytes(letters);
  data.zeros(Math.ceil((letters.byteLength + 2) / 4) * 4 - letters.byteLength);
  if (height !== 1) {
    data.u32(width);
    data.u32(height);
  }
  data.bytes(bytesOf(ARRAYS[dtype].from(array.values)));
  putItem(out, (height === 1 ? ARRAY_ITEMS : PLANE_ITEMS)[dtype], data.done());
}

/** The type itself, or the narrowest that holds all its numbers. */
function storedType({ dtype, values }: AttributeArray, name: string, losses: Losses): StoredType {
  if (dtype in ARRAYS) return dtype as StoredType;
  const wider: Readonly<Partial<Record<DType, StoredType>>> = { b1: 'u2', u1: 'u2', i1: 'i4', i2: 'i4', f2: 'f4' };
  const type = wider[dtype] ?? (values.every((value) => Number.isInteger(value) && value === (value | 0)) ? 'i4' : 'f8');
  losses.add(`Attribute '${name}': numbers of type ${dtype} are stored as ${type}.`);
  return type;
}

function planeShape({ shape, values }: AttributeArray, name: string, losses: Losses): readonly [height: number, width: number] {
  const [height, width] = shape;
  if (shape.length === 2 && height !== undefined && width !== undefined && height * width === values.length) return [height, width];
  if (shape.length > 1) losses.add(`Attribute '${name}': its shape ${shape.join(' x ')} became 1 x ${values.length}.`);
  return [1, values.length];
}
