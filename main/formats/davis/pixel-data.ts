import { inflateAside, inflateBound } from '../../codecs/inflate.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import { viewSamples, type NumberArray } from '../../../shared/model/dtype.ts';
import { decode12, occupied12Bytes, packed12Bytes } from './bits12.ts';
import type { FileBytes } from './file-bytes.ts';
import { storedBytes, storedSamples, type Geometry } from './geometry.ts';
import { decodeImx } from './imx-delta.ts';
import { HEADER_BYTES, PACK } from './layout.ts';

/** The unpacked data section in file order (frame, stored plane, z plane, row, column), and the offset after it in the file. */
export interface PixelData {
  readonly samples: NumberArray;
  readonly end: number;
}

/** `limit` is where the data end at the latest; only IMX data, whose length is unknown, need it. */
export async function readPixels(file: FileBytes, geometry: Geometry, pack: number, limit: number): Promise<PixelData> {
  if (pack === PACK.zlib) return readZlib(file, geometry);
  if (pack === PACK.imx) return readImx(file, geometry, limit);
  if (pack === PACK.bits12) {
    const length = packed12Bytes(geometry);
    checkRoom(file, length, geometry);
    const samples = await file.lend(HEADER_BYTES, length, (packed) => decode12(packed, geometry));
    return { samples, end: Math.min(file.size, HEADER_BYTES + occupied12Bytes(geometry)) };
  }
  const bytes = await readExactly(file, storedBytes(geometry), geometry);
  return { samples: typed(bytes, geometry), end: HEADER_BYTES + bytes.byteLength };
}

/** Where the data end, without decoding them; only IMX data must be decoded for that, unless the file says where they end at the latest. */
export async function skipPixels(file: FileBytes, geometry: Geometry, pack: number, limit: number): Promise<PixelData> {
  const samples = new Uint8Array(0);
  if (pack === PACK.zlib) return { samples, end: HEADER_BYTES + 4 + (await zlibLength(file, geometry)) };
  if (pack === PACK.imx) return limit < file.size ? { samples, end: limit } : readImx(file, geometry, limit);
  await checkPixels(file, geometry, pack);
  const bytes = pack === PACK.bits12 ? occupied12Bytes(geometry) : storedBytes(geometry);
  return { samples, end: Math.min(file.size, HEADER_BYTES + bytes) };
}

/** Throws where the file cannot hold its data, from the header and the file's size alone. */
export async function checkPixels(file: FileBytes, geometry: Geometry, pack: number): Promise<void> {
  if (pack === PACK.zlib) await zlibLength(file, geometry);
  if (pack === PACK.raw) checkRoom(file, storedBytes(geometry), geometry);
  if (pack === PACK.bits12) checkRoom(file, packed12Bytes(geometry), geometry);
}

async function readExactly(file: FileBytes, bytes: number, geometry: Geometry): Promise<Uint8Array> {
  checkRoom(file, bytes, geometry);
  return file.read(HEADER_BYTES, bytes);
}

function checkRoom(file: FileBytes, bytes: number, geometry: Geometry): void {
  if (HEADER_BYTES + bytes <= file.size) return;
  throw new DataError(
    'truncated',
    `The header promises ${sizes(geometry)} (${bytes} bytes), the file ends ${Math.max(0, file.size - HEADER_BYTES)} bytes after it.`,
    {
      path: file.path,
      offset: HEADER_BYTES,
    },
  );
}

function sizes({ frames, planes, width, height, format }: Geometry): string {
  const parts = format.stored.length > 1 ? `${format.stored.length} components` : '';
  return [`${frames} ${frames === 1 ? 'frame' : 'frames'}`, planes > 1 ? `${planes} planes` : '', parts, `${width} x ${height}`]
    .filter((part) => part !== '')
    .join(' of ');
}

/** i32 length, then one zlib stream of all samples of the buffer. */
async function readZlib(file: FileBytes, geometry: Geometry): Promise<PixelData> {
  const length = await zlibLength(file, geometry);
  const offset = HEADER_BYTES + 4;
  const bytes = await file.lend(offset, length, (packed) => inflateAside(packed, storedBytes(geometry), { path: file.path, offset }));
  return { samples: typed(bytes, geometry), end: offset + length };
}

async function zlibLength(file: FileBytes, geometry: Geometry): Promise<number> {
  const place = { path: file.path, offset: HEADER_BYTES };
  const bytes = await file.read(HEADER_BYTES, 4);
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getInt32(0, true);
  if (length < 0) throw new DataError('malformed', `The length of the compressed pixels is ${length}.`, place);
  if (HEADER_BYTES + 4 + length > file.size) {
    throw new DataError(
      'truncated',
      `The compressed pixels should have ${length} bytes, the file ends after ${file.size - HEADER_BYTES - 4} of them.`,
      place,
    );
  }
  if (storedBytes(geometry) > inflateBound(length)) {
    throw new DataError('malformed', `${length} compressed bytes cannot hold the ${sizes(geometry)} that the header promises.`, place);
  }
  return length;
}

async function readImx(file: FileBytes, geometry: Geometry, limit: number): Promise<PixelData> {
  const bytes = await file.read(HEADER_BYTES, Math.max(0, limit - HEADER_BYTES));
  const { pixels, used } = decodeImx(bytes, storedSamples(geometry), { path: file.path, offset: HEADER_BYTES });
  return { samples: pixels, end: HEADER_BYTES + used };
}

function typed(bytes: Uint8Array, geometry: Geometry): NumberArray {
  return viewSamples(geometry.format.dtype, bytes.buffer, bytes.byteOffset, storedSamples(geometry)) as NumberArray;
}
