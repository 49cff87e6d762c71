import { latin1 } from '../../codecs/cursor.ts';
import { readFields } from '../../codecs/field-table.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { Scale } from '../../../shared/model/scale.ts';
import { checkGeometry, type Geometry } from './geometry.ts';
import { BUFFER_FORMATS, LEGACY_HEADER, LEGACY_SCALE, LEGACY_SCALES, LEGACY_TEXT, LEGACY_TYPE, PACK, type BufferFormat } from './layout.ts';

/** What the header of a DaVis 5/6 file says; data follow at 256, then an optional attribute block. */
export interface LegacyHeader {
  readonly geometry: Geometry;
  readonly pack: 0 | 1;
  readonly scales: { readonly x: Scale; readonly y: Scale; readonly i: Scale };
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

/** Formats by image type. */
const FORMAT_OF_TYPE: ReadonlyMap<number, number> = new Map([
  [LEGACY_TYPE.raw, -4],
  [LEGACY_TYPE.imx, -4],
  [LEGACY_TYPE.float, -3],
  [LEGACY_TYPE.byte, -2],
]);

/** Until this version, rows are those of all frames and the sub type tells vectors. Planes came after it. */
const STACKED_ROWS_VERSION = 54;

export function parseLegacyHeader(bytes: Uint8Array, path: string): LegacyHeader {
  const fields = readFields(bytes, LEGACY_HEADER, { path, offset: 0 });
  const { version } = fields;
  const image = BUFFER_FORMATS.get(FORMAT_OF_TYPE.get(fields.type) ?? Number.NaN);
  if (!image) {
    throw new DataError(
      'unsupported',
      `IMG/IMX/VEC files of image type ${fields.type} (sparse buffers) are not supported; DaVis 7 can convert them.`,
      { path, offset: 0, field: 'image type' },
    );
  }
  const rows = fields.rows === -1 ? fields.longRows : fields.rows;
  const frames = version >= STACKED_ROWS_VERSION && version <= 99 ? fields.frames : 1;
  const planes = version > STACKED_ROWS_VERSION && version <= 99 ? fields.planes : 1;
  const vector = fields.type === LEGACY_TYPE.float ? vectorFormat({ ...fields, rows }, path) : undefined;
  const stored = vector && version > STACKED_ROWS_VERSION ? fields.yDimension : rows;
  const height = version <= STACKED_ROWS_VERSION && frames > 0 ? stored / frames : stored;
  if (!Number.isInteger(height)) {
    throw new DataError('malformed', `The header says ${rows} rows for ${frames} frames.`, { path, offset: 10, field: 'rows' });
  }
  const geometry: Geometry = {
    format: vector ?? image,
    width: fields.columns === -1 ? fields.longColumns : fields.columns,
    height,
    planes,
    frames,
    grid: [fields.grid, fields.grid, fields.grid],
  };
  checkGeometry(geometry, path);
  const pack = fields.type === LEGACY_TYPE.imx ? PACK.imx : PACK.raw;
  return { geometry, pack, scales: readScales(bytes), attributes: readTexts(bytes, pack) };
}

/**
 * Old versions name the vector format (1 to 5) as sub type. Newer ones have vectors in .vec files only, where the rows are those of all
 * components, and the number of components gives the format; any other float data is an image (as lvpyio decides, which ignores the sub type).
 */
function vectorFormat(
  fields: { rows: number; subType: number; yDimension: number; version: number },
  path: string,
): BufferFormat | undefined {
  const { rows, subType, yDimension, version } = fields;
  if (version <= STACKED_ROWS_VERSION) return subType >= 1 && subType <= 5 ? BUFFER_FORMATS.get(subType) : undefined;
  if (!path.toLowerCase().endsWith('.vec')) return undefined;
  if (yDimension <= 0)
    throw new DataError('malformed', `The vector field has a y dimension of ${yDimension}.`, { path, offset: 16, field: 'y dimension' });
  return [...BUFFER_FORMATS.values()].find(({ kind, stored }) => kind === 'vector' && stored.length * yDimension === rows);
}

function readScales(bytes: Uint8Array): LegacyHeader['scales'] {
  return { x: readScale(bytes, LEGACY_SCALES.x), y: readScale(bytes, LEGACY_SCALES.y), i: readScale(bytes, LEGACY_SCALES.i) };
}

function readScale(bytes: Uint8Array, at: number): Scale {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    slope: view.getFloat32(at + LEGACY_SCALE.slope, true),
    offset: view.getFloat32(at + LEGACY_SCALE.offset, true),
    unit: fixedText(bytes, at + LEGACY_SCALE.unit, LEGACY_SCALE.textBytes),
    description: fixedText(bytes, at + LEGACY_SCALE.description, LEGACY_SCALE.textBytes),
  };
}

function readTexts(bytes: Uint8Array, pack: number): [string, string][] {
  const text = ([at, length]: readonly [number, number]): string => fixedText(bytes, at, length);
  const second = text(LEGACY_TEXT.comment2);
  return [
    ['_Date', text(LEGACY_TEXT.date)],
    ['_Time', text(LEGACY_TEXT.time)],
    ['_Comment', `${text(LEGACY_TEXT.comment1)}${second === '' ? '' : `\n${second}`}`],
    ['_Header_PackType', String(pack)],
  ];
}

function fixedText(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return latin1(end < 0 ? field : field.subarray(0, end));
}
