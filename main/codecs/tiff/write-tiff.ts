import { DataError } from '../../../shared/model/data-error.ts';
import { sampleBytes, type DType } from '../../../shared/model/dtype.ts';
import { COMPRESSION, FIELD, FIELD_BYTES, PHOTOMETRIC, SAMPLES, TAG } from './layout.ts';

/*
 * Grey pages, little endian, one strip a page, samples before their directory. A directory names the next one, whose place is known once
 * the size of the next samples is: so each is written when the next page comes, and a file is written from front to end.
 */

/** Samples of a page as they are written: compressed or not. */
export interface WrittenPage {
  readonly width: number;
  readonly height: number;
  readonly dtype: DType;
  /** True where `data` is a zlib stream. */
  readonly isDeflated?: boolean;
  readonly data: Uint8Array;
  /** ASCII. */
  readonly description?: string | undefined;
  readonly resolution?: Resolution | undefined;
}

/** Pixels per unit; without a unit the numbers are a ratio. */
export interface Resolution {
  readonly x: number;
  readonly y: number;
  readonly unit: 'none' | 'inch' | 'centimetre';
}

export interface TiffWriter {
  add(page: WrittenPage): Promise<void>;
  /** Writes the last directory. */
  finish(): Promise<void>;
}

/** Offsets have 32 bits in a classic file. */
export const MAX_CLASSIC_BYTES = 2 ** 32 - 1;
/** Field of the error of a file that passes them: the option of the writer. */
export const BIG_FIELD = 'bigtiff';
/** Bytes of a directory without its texts, generously. */
const DIRECTORY_BYTES = 512;
const ALIGNMENT_BYTES = 8;
const UNITS = { none: 1, inch: 2, centimetre: 3 } as const;

/** Bytes of a file of `pages` such pages, at most. */
export function tiffBytesAtMost(
  page: { readonly width: number; readonly height: number; readonly dtype: DType },
  pages: number,
  textBytes = 0,
): number {
  return 16 + pages * (page.width * page.height * sampleBytes(page.dtype) + DIRECTORY_BYTES + textBytes + 2 * ALIGNMENT_BYTES);
}

/** Writes pages to `write`, which takes bytes one after the other. `too-large` where a classic file would pass 4 GB. */
export function createTiffWriter(
  write: (bytes: Uint8Array) => Promise<void>,
  o: { readonly isBig: boolean; readonly software: string },
): TiffWriter {
  let end = o.isBig ? 16 : 8;
  let waiting: ((next: number) => Uint8Array) | undefined;
  const put = async (bytes: Uint8Array): Promise<void> => {
    end += bytes.byteLength;
    if (!o.isBig && end > MAX_CLASSIC_BYTES) {
      throw new DataError('too-large', `The TIFF file passes the 4 GB of a classic file.`, {
        field: BIG_FIELD,
        hint: 'Write it with bigtiff=yes.',
      });
    }
    await write(bytes);
  };
  return {
    add: async (page) => {
      const isFirst = waiting === undefined;
      const padded = Math.ceil(page.data.byteLength / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
      const waitingBytes = waiting?.(0).byteLength ?? 0;
      const dataAt = end + waitingBytes;
      const directoryAt = dataAt + padded;
      if (isFirst) await write(fileHeader(o.isBig, directoryAt));
      else if (waiting) await put(waiting(directoryAt));
      await put(page.data);
      if (padded > page.data.byteLength) await put(new Uint8Array(padded - page.data.byteLength));
      waiting = (next) => directoryBytes(page, { dataAt, directoryAt, next, ...o });
    },
    finish: async () => {
      if (!waiting) throw new DataError('invalid-option', 'A TIFF file needs at least one page.');
      await put(waiting(0));
    },
  };
}

function fileHeader(isBig: boolean, first: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(isBig ? 16 : 8));
  view.setUint16(0, 0x4949, true);
  view.setUint16(2, isBig ? 43 : 42, true);
  if (isBig) {
    view.setUint16(4, 8, true);
    view.setBigUint64(8, BigInt(first), true);
  } else view.setUint32(4, first, true);
  return new Uint8Array(view.buffer);
}

interface Place {
  readonly dataAt: number;
  readonly directoryAt: number;
  readonly next: number;
  readonly isBig: boolean;
  readonly software: string;
}

type Entry = readonly [tag: number, type: number, values: Uint8Array];

function pageEntries(page: WrittenPage, place: Place): readonly Entry[] {
  const [bits, format] = SAMPLES[page.dtype];
  const { resolution } = page;
  const offset = place.isBig ? FIELD.long8 : FIELD.long;
  const entries: readonly (Entry | undefined)[] = [
    numbers(TAG.width, FIELD.long, page.width),
    numbers(TAG.height, FIELD.long, page.height),
    numbers(TAG.bits, FIELD.short, bits),
    numbers(TAG.compression, FIELD.short, page.isDeflated ? COMPRESSION.deflate : COMPRESSION.none),
    numbers(TAG.photometric, FIELD.short, PHOTOMETRIC.blackIsZero),
    page.description === undefined ? undefined : ascii(TAG.description, page.description),
    numbers(TAG.stripOffsets, offset, place.dataAt),
    numbers(TAG.samples, FIELD.short, 1),
    numbers(TAG.rowsPerStrip, FIELD.long, page.height),
    numbers(TAG.stripBytes, offset, page.data.byteLength),
    resolution && rational(TAG.xResolution, resolution.x),
    resolution && rational(TAG.yResolution, resolution.y),
    resolution && numbers(TAG.resolutionUnit, FIELD.short, UNITS[resolution.unit]),
    ascii(TAG.software, place.software),
    numbers(TAG.sampleFormat, FIELD.short, format),
  ];
  return entries.filter((entry) => entry !== undefined);
}

function numbers(tag: number, type: number, value: number): Entry {
  const view = new DataView(new ArrayBuffer(FIELD_BYTES[type] ?? 0));
  if (type === FIELD.short) view.setUint16(0, value, true);
  else if (type === FIELD.long) view.setUint32(0, value, true);
  else view.setBigUint64(0, BigInt(value), true);
  return [tag, type, new Uint8Array(view.buffer)];
}

/** The nearest fraction whose denominator is a power of ten. */
function rational(tag: number, value: number): Entry {
  let denominator = 1;
  while (denominator < 1e9 && value * denominator * 10 < 2 ** 32 - 1 && !Number.isInteger(value * denominator)) denominator *= 10;
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, Math.min(2 ** 32 - 1, Math.round(value * denominator)), true);
  view.setUint32(4, denominator, true);
  return [tag, FIELD.rational, new Uint8Array(view.buffer)];
}

function ascii(tag: number, text: string): Entry {
  return [tag, FIELD.ascii, new TextEncoder().encode(`${text}\0`)];
}

/** Directory and its long values, padded. */
function directoryBytes(page: WrittenPage, place: Place): Uint8Array {
  const entries = pageEntries(page, place);
  const inline = place.isBig ? 8 : 4;
  const [countBytes, entryBytes] = place.isBig ? [8, 20] : [2, 12];
  const fixed = countBytes + entries.length * entryBytes + inline;
  let end = fixed;
  const targets = entries.map(([, , values]) => {
    const at = end;
    if (values.byteLength > inline) end += values.byteLength + (values.byteLength % 2);
    return at;
  });
  const bytes = new Uint8Array(Math.ceil(end / ALIGNMENT_BYTES) * ALIGNMENT_BYTES);
  const view = new DataView(bytes.buffer);
  const setOffset = (at: number, value: number): void =>
    place.isBig ? view.setBigUint64(at, BigInt(value), true) : view.setUint32(at, value, true);
  if (place.isBig) view.setBigUint64(0, BigInt(entries.length), true);
  else view.setUint16(0, entries.length, true);
  for (const [i, [tag, type, values]] of entries.entries()) {
    const at = countBytes + i * entryBytes;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    setOffset(at + 4, values.byteLength / (FIELD_BYTES[type] ?? 1));
    const target = targets[i] as number;
    if (values.byteLength > inline) setOffset(at + 4 + inline, place.directoryAt + target);
    bytes.set(values, values.byteLength > inline ? target : at + 4 + inline);
  }
  setOffset(fixed - inline, place.next);
  return bytes;
}
