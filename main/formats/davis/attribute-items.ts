import { latin1, Cursor, type BytePlace } from '../../codecs/cursor.ts';
import type { AttributeArray, AttributeValue } from '../../../shared/model/attributes.ts';
import { sampleBytes, viewSamples, type DType, type NumberArray } from '../../../shared/model/dtype.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { ITEM } from './layout.ts';

/** One item of the attribute block that holds a text, or a name with its value. */
export type AttributeItem =
  | { readonly kind: 'text'; readonly item: number; readonly text: string }
  | { readonly kind: 'named'; readonly name: string; readonly value: AttributeValue };

export interface ItemList {
  readonly items: readonly AttributeItem[];
  readonly warnings: readonly Warning[];
}

const ARRAYS: ReadonlyMap<number, DType> = new Map([
  [ITEM.f32Array, 'f4'],
  [ITEM.i32Array, 'i4'],
  [ITEM.u16Array, 'u2'],
  [ITEM.f64Array, 'f8'],
]);
const PLANES: ReadonlyMap<number, DType> = new Map([
  [ITEM.f32Plane, 'f4'],
  [ITEM.i32Plane, 'i4'],
  [ITEM.u16Plane, 'u2'],
  [ITEM.f64Plane, 'f8'],
]);
const TEXTS: ReadonlySet<number> = new Set([
  ITEM.scaleX,
  ITEM.scaleY,
  ITEM.scaleZ,
  ITEM.scaleI,
  ITEM.comment,
  ITEM.frameScale,
  ITEM.time,
  ITEM.date,
]);

/**
 * The items of an attribute block in file order: i32 kind, i32 size, data. Kind 0 or the end of the bytes ends the block. Unknown kinds are
 * skipped; a size beyond the end ends the block with a warning and keeps what was read.
 */
export function readItems(bytes: Uint8Array, place: BytePlace): ItemList {
  const cursor = new Cursor(bytes, place);
  const items: AttributeItem[] = [];
  const warnings: Warning[] = [];
  while (cursor.remaining >= 8) {
    const offset = cursor.offset;
    const kind = cursor.i32();
    const size = cursor.i32();
    if (kind === ITEM.end) break;
    if (size < 0 || size > cursor.remaining) {
      warnings.push(
        damaged(
          place.path,
          offset,
          `item of kind ${kind} has ${size} bytes, ${cursor.remaining} are left; the rest of the attributes is lost`,
        ),
      );
      break;
    }
    const item = readItem(kind, cursor.take(size));
    if (item === 'damaged') warnings.push(damaged(place.path, offset, `item of kind ${kind} with ${size} bytes does not fit its own size`));
    else if (item) items.push(item);
  }
  return { items, warnings };
}

function damaged(path: string, offset: number, what: string): Warning {
  return { code: 'damaged-attribute', message: `The attributes are damaged: the ${what}.`, path, offset };
}

function readItem(kind: number, data: Uint8Array): AttributeItem | 'damaged' | undefined {
  if (TEXTS.has(kind)) return { kind: 'text', item: kind, text: latin1(data) };
  if (kind === ITEM.text || kind === ITEM.textWithNul) return readText(latin1(data), kind === ITEM.textWithNul);
  const arrayType = ARRAYS.get(kind);
  if (arrayType) return readArray(arrayType, data);
  const planeType = PLANES.get(kind);
  return planeType ? readPlane(planeType, data) : undefined;
}

/** `name=value`; a text without `=` is not an attribute. Plain texts end at the first NUL, kind 19 exists to keep NULs. */
function readText(text: string, keepNul: boolean): AttributeItem | undefined {
  const split = text.indexOf('=');
  if (split < 0) return undefined;
  const value = text.slice(split + 1);
  const end = keepNul ? -1 : value.indexOf('\0');
  return { kind: 'named', name: text.slice(0, split), value: end < 0 ? value : value.slice(0, end) };
}

/** The name ends at the first NUL; the data start at its length plus 2, rounded up to a multiple of 4. What pads is garbage in real files. */
function readName(data: Uint8Array): { name: string; start: number } | undefined {
  const length = data.indexOf(0);
  if (length < 0) return undefined;
  const start = Math.ceil((length + 2) / 4) * 4;
  return start > data.byteLength ? undefined : { name: latin1(data.subarray(0, length)), start };
}

function readArray(dtype: DType, data: Uint8Array): AttributeItem | 'damaged' {
  const head = readName(data);
  if (!head) return 'damaged';
  const count = Math.floor((data.byteLength - head.start) / sampleBytes(dtype));
  return { kind: 'named', name: head.name, value: numbers(dtype, [1, count], data.subarray(head.start)) };
}

function readPlane(dtype: DType, data: Uint8Array): AttributeItem | 'damaged' {
  const head = readName(data);
  if (!head || head.start + 8 > data.byteLength) return 'damaged';
  const size = new DataView(data.buffer, data.byteOffset + head.start, 8);
  const width = size.getUint32(0, true);
  const height = size.getUint32(4, true);
  const samples = data.subarray(head.start + 8);
  if (width * height * sampleBytes(dtype) > samples.byteLength) return 'damaged';
  return { kind: 'named', name: head.name, value: numbers(dtype, [height, width], samples) };
}

function numbers(dtype: DType, shape: readonly [number, number], bytes: Uint8Array): AttributeArray {
  const count = shape[0] * shape[1];
  const aligned = bytes.slice(0, count * sampleBytes(dtype));
  const values = viewSamples(dtype, aligned.buffer, 0, count) as NumberArray;
  return { dtype, shape, values: Array.from(values) };
}
