import { DataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import { sampleBytes, type DType } from '../../../shared/model/dtype.ts';
import { COMPRESSION, COMPRESSION_NAMES, PHOTOMETRIC, sampleType, TAG } from './layout.ts';
import { tagNumbers, type TiffDirectory, type TiffFile } from './read-directory.ts';

/** How the samples of a page lie in the file. */
export interface TiffPage {
  readonly directory: TiffDirectory;
  readonly width: number;
  readonly height: number;
  /** Samples of a pixel: 1 for grey, 3 for RGB. */
  readonly samples: number;
  readonly bits: number;
  readonly dtype: DType;
  readonly compression: number;
  readonly predictor: number;
  readonly photometric: number;
  /** True where every sample has strips or tiles of its own. */
  readonly isPlanar: boolean;
  /** Width and height of a tile, or of a strip. */
  readonly chunk: readonly [width: number, height: number];
  readonly isTiled: boolean;
  /** Bit 0: a smaller version of another page. */
  readonly subfile: number;
}

/** Decoded bytes of one page. */
const MAX_PAGE_BYTES = 2 ** 31 - 1;
const MAX_SAMPLES = 1024;

/** The layout of a page with everything checked that the directory tells; `unsupported` names what is not decoded. */
export async function readPageLayout(tiff: TiffFile, directory: TiffDirectory, options: ReadOptions = {}): Promise<TiffPage> {
  const number = async (tag: number, otherwise: number): Promise<number> =>
    (await tagNumbers(tiff, directory, tag, options))?.[0] ?? otherwise;
  const place = { path: tiff.file.name, offset: directory.offset };
  const width = await number(TAG.width, 0);
  const height = await number(TAG.height, 0);
  const samples = await number(TAG.samples, 1);
  if (width < 1 || height < 1 || samples < 1 || samples > MAX_SAMPLES)
    throw new DataError('malformed', `The page has ${width} x ${height} pixels of ${samples} samples.`, { ...place, field: 'ImageWidth' });
  const bits = await sameNumber(tiff, directory, TAG.bits, 1, options);
  const format = await sameNumber(tiff, directory, TAG.sampleFormat, 1, options);
  const dtype = bits === undefined || format === undefined ? undefined : sampleType(bits, format);
  if (bits === undefined || !dtype)
    throw new DataError('unsupported', `Samples of ${bits ?? 'different'} bits and format ${format ?? 'different'} are not supported.`, {
      ...place,
      field: 'BitsPerSample',
    });
  const compression = await number(TAG.compression, COMPRESSION.none);
  if (!Object.values<number>(COMPRESSION).includes(compression)) {
    const name = COMPRESSION_NAMES[compression] ?? 'unknown';
    throw new DataError('unsupported', `Compression ${compression} (${name}) is not supported; none, LZW, deflate and PackBits are.`, {
      ...place,
      field: 'Compression',
    });
  }
  if ((await number(TAG.fillOrder, 1)) !== 1)
    throw new DataError('unsupported', 'Pages with reversed bits (FillOrder 2) are not supported.', { ...place, field: 'FillOrder' });
  const predictor = compression === COMPRESSION.none || compression === COMPRESSION.packBits ? 1 : await number(TAG.predictor, 1);
  checkPredictor(predictor, bits, dtype, place);
  const bytes = width * height * samples * sampleBytes(dtype);
  if (!(bytes <= MAX_PAGE_BYTES))
    throw new DataError('too-large', `The page has ${width} x ${height} pixels (${bytes} bytes); the limit is ${MAX_PAGE_BYTES}.`, place);
  const isTiled = directory.entries.has(TAG.tileOffsets);
  const chunk = isTiled
    ? await tileSize(number, place)
    : ([width, Math.min(height, Math.max(1, await number(TAG.rowsPerStrip, height)))] as const);
  return {
    directory,
    width,
    height,
    samples,
    bits,
    dtype,
    compression,
    predictor,
    chunk,
    isTiled,
    photometric: await number(TAG.photometric, PHOTOMETRIC.blackIsZero),
    isPlanar: samples > 1 && (await number(TAG.planar, 1)) === 2,
    subfile: await number(TAG.subfile, 0),
  };
}

/** The number of a tag that stands once a sample; undefined where the samples differ. */
async function sameNumber(
  tiff: TiffFile,
  directory: TiffDirectory,
  tag: number,
  otherwise: number,
  options: ReadOptions,
): Promise<number | undefined> {
  const entry = directory.entries.get(tag);
  if (entry && entry.count > MAX_SAMPLES)
    throw new DataError('malformed', `Tag ${tag} has ${entry.count} values.`, { path: tiff.file.name, offset: directory.offset });
  const numbers = (await tagNumbers(tiff, directory, tag, options)) ?? [otherwise];
  return numbers.every((number) => number === numbers[0]) ? numbers[0] : undefined;
}

type Place = { readonly path: string; readonly offset: number };

function checkPredictor(predictor: number, bits: number, dtype: DType, place: Place): void {
  const isFloat = dtype.startsWith('f');
  const fits =
    predictor === 1 || (predictor === 2 && bits >= 8 && bits % 8 === 0 && !dtype.startsWith('c')) || (predictor === 3 && isFloat);
  if (!fits)
    throw new DataError('unsupported', `Predictor ${predictor} for samples of ${bits} bits is not supported.`, {
      ...place,
      field: 'Predictor',
    });
}

async function tileSize(number: (tag: number, otherwise: number) => Promise<number>, place: Place): Promise<readonly [number, number]> {
  const width = await number(TAG.tileWidth, 0);
  const height = await number(TAG.tileHeight, 0);
  if (width < 1 || height < 1 || !(width * height <= MAX_PAGE_BYTES / 16))
    throw new DataError('malformed', `The tiles of the page have ${width} x ${height} pixels.`, { ...place, field: 'TileWidth' });
  return [width, height];
}
