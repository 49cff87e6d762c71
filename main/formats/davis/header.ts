import { readFields } from '../../codecs/field-table.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import { checkGeometry, type Geometry } from './geometry.ts';
import { BUFFER_FORMATS, FLAG_MINIMAL_VERSION, FLAG_OFFSET_TABLE, FLAG_OWN_GRIDS, HEADER, LEGACY_TYPES, PACK } from './layout.ts';

export interface Header {
  readonly geometry: Geometry;
  readonly pack: number;
  readonly hasOffsetTable: boolean;
  /** Typed scalars of table entry 4 are compressed only where the header names a pack type for them. */
  readonly scalarsPacked: boolean;
  /** The typed scalar isValid is the ENABLED plane. */
  readonly hasIsValid: boolean;
  /** `major.minor` of the DaVis version that is needed, where stored. */
  readonly minimalVersion?: string;
}

/** Version field of a file's first bytes; legacy files carry their image type there. */
export function isLegacyHeader(bytes: Uint8Array): boolean {
  const version = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
  return version >= LEGACY_TYPES.first && version <= LEGACY_TYPES.last;
}

/** Parses and checks the 256 bytes at the start of a .im7 or .vc7 file. */
export function parseHeader(bytes: Uint8Array, path: string): Header {
  const fields = readFields(bytes, HEADER, { path, offset: 0 });
  if (fields.version !== 0) {
    throw new DataError('malformed', `File not of type IM7: the version in the header is ${fields.version}, not 0.`, {
      path,
      offset: 0,
      field: 'version',
    });
  }
  if (fields.sparse !== 0) {
    throw new DataError('unsupported', 'The file holds a sparse buffer, a retired kind that DaVis 7 can convert.', {
      path,
      offset: 6,
      field: 'sparse',
    });
  }
  const format = BUFFER_FORMATS.get(fields.format);
  if (!format) {
    throw new DataError('unsupported', `Buffer format ${fields.format} cannot be read: ${formatName(fields.format)}.`, {
      path,
      offset: 4,
      field: 'format',
    });
  }
  const { grid, flags } = fields;
  const ownGrids = (flags & FLAG_OWN_GRIDS) !== 0;
  const geometry: Geometry = {
    format,
    width: fields.width,
    height: fields.height,
    planes: fields.planes,
    frames: fields.frames,
    grid: ownGrids ? [grid, fields.gridY, fields.gridZ] : [grid, grid, grid],
  };
  checkGeometry(geometry, path);
  checkPack(fields.pack, geometry, path);
  return {
    geometry,
    pack: fields.pack,
    hasOffsetTable: (flags & FLAG_OFFSET_TABLE) !== 0,
    scalarsPacked: fields.scalarPack !== 0,
    hasIsValid: fields.hasIsValid !== 0,
    ...((flags & FLAG_MINIMAL_VERSION) !== 0 ? { minimalVersion: `${fields.minMajor}.${fields.minMinor}` } : {}),
  };
}

function checkPack(pack: number, geometry: Geometry, path: string): void {
  const place = { path, offset: 2, field: 'pack type' };
  if (pack < PACK.raw || pack > PACK.bits12) {
    throw new DataError(
      'unsupported',
      `Can't decompress this format yet: the pack type is ${pack}; 0 (raw), 1 (IMX), 2 (zlib) and 3 (12 bit) are known.`,
      place,
    );
  }
  if ((pack === PACK.imx || pack === PACK.bits12) && geometry.format.dtype !== 'u2') {
    throw new DataError(
      'malformed',
      `Pack type ${pack} is for 16-bit images, the samples of this file are ${geometry.format.dtype}.`,
      place,
    );
  }
}

function formatName(format: number): string {
  if (format === -11) return 'RGB32 images are not supported, only Bayer matrices are';
  if (format === -20) return 'this image type is not supported';
  return 'the number is unknown';
}
