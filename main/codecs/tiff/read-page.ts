import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import { allocateSamples, bytesOf, sampleBytes, viewSamples, type TypedArray } from '../../../shared/model/dtype.ts';
import type { BytePlace } from '../cursor.ts';
import { inflateBound, inflateUpTo } from '../inflate.ts';
import { decodeSamples, swapBytes, swappedBytes } from '../sample-type.ts';
import { COMPRESSION, TAG } from './layout.ts';
import { decodeLzw } from './lzw.ts';
import { decodePackBits } from './pack-bits.ts';
import type { TiffPage } from './page.ts';
import { undoDifferences, undoFloatPredictor, type Rows } from './predictor.ts';
import { tagNumbers, type TiffFile } from './read-directory.ts';

/** Strips or tiles of a page: where they lie, and how they cover it. */
interface Chunks {
  readonly offsets: readonly number[];
  readonly bytes: readonly number[];
  readonly across: number;
  readonly down: number;
}

/** The samples of a page, one array a sample of a pixel (grey; R, G, B), row by row. */
export async function readPage(tiff: TiffFile, page: TiffPage, options: ReadOptions = {}): Promise<readonly TypedArray[]> {
  const chunks = await findChunks(tiff, page, options);
  const plain = plainRange(page, chunks);
  if (plain) {
    const bytes = await tiff.file.read(plain.offset, plain.bytes, options);
    return [decodeSamples({ dtype: page.dtype, littleEndian: tiff.little }, bytes, page.width * page.height)];
  }
  const pixels = page.width * page.height;
  const together = page.isPlanar ? 1 : page.samples;
  const sets = Array.from({ length: page.isPlanar ? page.samples : 1 }, () => allocateSamples(page.dtype, pixels * together));
  const perSet = chunks.across * chunks.down;
  for (let index = 0; index < perSet * sets.length; index++) {
    throwIfAborted(options.signal);
    const target = sets[Math.floor(index / perSet)] as TypedArray;
    const row = Math.floor((index % perSet) / chunks.across);
    const column = index % chunks.across;
    await placeChunk(tiff, page, { chunks, index, row, column, together }, bytesOf(target), options);
  }
  return together === 1 ? sets : splitSamples(page, sets[0] as TypedArray);
}

async function findChunks(tiff: TiffFile, page: TiffPage, options: ReadOptions): Promise<Chunks> {
  const { directory, isTiled, chunk, width, height } = page;
  const across = Math.ceil(width / chunk[0]);
  const down = Math.ceil(height / chunk[1]);
  const count = across * down * (page.isPlanar ? page.samples : 1);
  const tags = isTiled ? ([TAG.tileOffsets, TAG.tileBytes] as const) : ([TAG.stripOffsets, TAG.stripBytes] as const);
  const place = { path: tiff.file.name, offset: directory.offset };
  const promised = directory.entries.get(tags[0])?.count ?? 0;
  if (promised < count || promised > tiff.file.size) {
    throw new DataError('malformed', `The page needs ${count} strips or tiles, its directory names ${promised}.`, {
      ...place,
      field: `tag ${tags[0]}`,
    });
  }
  const offsets = (await tagNumbers(tiff, directory, tags[0], options)) ?? [];
  // Old writers leave the sizes of a single uncompressed strip out.
  const bytes =
    (await tagNumbers(tiff, directory, tags[1], options)) ??
    (count === 1 && page.compression === COMPRESSION.none ? [rowBytes(page) * height] : []);
  if (bytes.length < count)
    throw new DataError('malformed', `The page needs ${count} strips or tiles, ${bytes.length} have sizes.`, {
      ...place,
      field: `tag ${tags[1]}`,
    });
  checkPlausible(tiff, page, { offsets, bytes, across, down });
  return { offsets, bytes, across, down };
}

/** Bytes of a row of a chunk before compression. */
function rowBytes(page: TiffPage): number {
  return Math.ceil((page.chunk[0] * (page.isPlanar ? 1 : page.samples) * page.bits) / 8);
}

/** Compressed data cannot hold more than a thousand times their size: nothing is allocated for a page that promises it. */
function checkPlausible(tiff: TiffFile, page: TiffPage, chunks: Chunks): void {
  const packed = chunks.bytes.reduce((sum, bytes) => sum + bytes, 0);
  const needed = rowBytes(page) * page.height * (page.isPlanar ? page.samples : 1) * chunks.across;
  const place = { path: tiff.file.name, offset: page.directory.offset };
  const bound =
    page.compression === COMPRESSION.none
      ? packed
      : chunks.bytes.reduce((sum, bytes) => sum + Math.min(inflateBound(bytes), 2000 * bytes), 0);
  const least = page.isTiled ? 0 : needed;
  if (packed > tiff.file.size || bound < least) {
    const message = `The page needs ${needed} bytes, its strips have ${packed} of the ${tiff.file.size} bytes of the file.`;
    throw new DataError(packed > tiff.file.size ? 'truncated' : 'malformed', message, place);
  }
  if (page.isTiled && page.width * page.height * page.samples > 2000 * 8 * packed)
    throw new DataError('malformed', `The page has ${page.width} x ${page.height} pixels, its tiles only ${packed} bytes.`, place);
}

/** Where the whole page lies in one piece, as it is needed. */
function plainRange(page: TiffPage, { offsets, bytes }: Chunks): { readonly offset: number; readonly bytes: number } | undefined {
  if (page.compression !== COMPRESSION.none || page.samples > 1 || page.isTiled || page.bits % 8 !== 0) return undefined;
  const total = page.width * page.height * sampleBytes(page.dtype);
  const [first = 0] = offsets;
  let end = first;
  for (const [i, offset] of offsets.entries()) {
    if (offset !== end) return undefined;
    end += bytes[i] as number;
  }
  return end - first >= total ? { offset: first, bytes: total } : undefined;
}

interface ChunkPlace {
  readonly chunks: Chunks;
  readonly index: number;
  readonly row: number;
  readonly column: number;
  /** Samples of a pixel that stand together. */
  readonly together: number;
}

async function placeChunk(tiff: TiffFile, page: TiffPage, at: ChunkPlace, target: Uint8Array, options: ReadOptions): Promise<void> {
  const [chunkWidth, chunkHeight] = page.chunk;
  const top = at.row * chunkHeight;
  const rows = Math.min(chunkHeight, page.height - top);
  const data = await readChunk(tiff, page, at, page.isTiled ? chunkHeight : rows, rows, options);
  const pixelBytes = at.together * sampleBytes(page.dtype);
  const left = at.column * chunkWidth;
  const width = Math.min(chunkWidth, page.width - left);
  for (let row = 0; row < rows; row++) {
    const from = row * chunkWidth * pixelBytes;
    target.set(data.subarray(from, from + width * pixelBytes), ((top + row) * page.width + left) * pixelBytes);
  }
}

/** One strip or tile as little-endian samples of whole bytes. */
async function readChunk(
  tiff: TiffFile,
  page: TiffPage,
  at: ChunkPlace,
  stored: number,
  needed: number,
  options: ReadOptions,
): Promise<Uint8Array> {
  const offset = at.chunks.offsets[at.index] as number;
  const packed = await tiff.file.read(offset, at.chunks.bytes[at.index] as number, options);
  const place = { path: tiff.file.name, offset };
  const data = unpack(page, packed, stored * rowBytes(page), place);
  const least = needed * rowBytes(page);
  if (data.byteLength < least)
    throw new DataError('truncated', `The strip or tile at offset ${offset} holds ${data.byteLength} bytes, ${least} are needed.`, place);
  const rows: Rows = { rows: Math.floor(data.byteLength / rowBytes(page)), width: page.chunk[0], samples: at.together, dtype: page.dtype };
  if (page.bits % 8 !== 0) return unpackBits(data, rows, page.bits, rowBytes(page));
  if (page.predictor === 3) return undoFloatPredictor(data, rows);
  const own = data.byteOffset % 8 === 0 ? data : data.slice();
  if (!tiff.little) swapBytes(own, swappedBytes(page.dtype));
  if (page.predictor === 2) undoDifferences(own, rows);
  return own;
}

function unpack(page: TiffPage, packed: Uint8Array, limit: number, place: BytePlace): Uint8Array {
  if (page.compression === COMPRESSION.none) return packed.subarray(0, limit);
  if (page.compression === COMPRESSION.lzw) return decodeLzw(packed, limit, place);
  if (page.compression === COMPRESSION.packBits) return decodePackBits(packed, limit);
  return inflateUpTo(packed, limit, place);
}

/** Samples of any number of bits, highest bit first, rows at whole bytes. */
function unpackBits(data: Uint8Array, { rows, width, samples, dtype }: Rows, bits: number, stride: number): Uint8Array {
  const out = allocateSamples(dtype, rows * width * samples);
  for (let row = 0, put = 0; row < rows; row++) {
    for (let i = 0, bit = row * stride * 8; i < width * samples; i++, bit += bits) {
      let value = 0;
      for (let b = bit; b < bit + bits; b++) value = (value << 1) | (((data[b >> 3] as number) >> (7 - (b & 7))) & 1);
      out[put++] = value;
    }
  }
  return bytesOf(out);
}

function splitSamples(page: TiffPage, chunky: TypedArray): readonly TypedArray[] {
  const pixels = page.width * page.height;
  const size = sampleBytes(page.dtype);
  const bytes = bytesOf(chunky);
  return Array.from({ length: page.samples }, (_, sample) => {
    const out = new Uint8Array(pixels * size);
    for (let byte = 0; byte < size; byte++) {
      for (let i = 0, from = sample * size + byte, put = byte; i < pixels; i++, from += page.samples * size, put += size)
        out[put] = bytes[from] as number;
    }
    return viewSamples(page.dtype, out.buffer, 0, pixels);
  });
}
