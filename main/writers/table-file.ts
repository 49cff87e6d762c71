import type { FrameBuffer } from '../../shared/model/dataset.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { positionAt } from '../../shared/model/scale.ts';
import type { BufferDescription, DatasetDescription } from '../codecs/frame-description.ts';
import { scaledFields } from '../codecs/scaled-frame.ts';
import { footerText, type ColumnPlaces, type TablePlace } from '../codecs/text-table.ts';
import type { AtomicFile } from './atomic-file.ts';
import { describeScaled, readScaledPlane } from './scaled-values.ts';

/** How numbers stand in a row. */
export interface RowStyle {
  readonly separator: ',' | ' ';
  /** Columns before x, y, z of a frame. */
  lead(buffer: FrameBuffer, frame: number): readonly number[];
  number(value: number): string;
  /** Stands in columns that a frame does not have. */
  readonly absent: string;
}

/** The columns of a table from x on, and where those of each frame stand in it. */
export interface TableColumns {
  readonly names: readonly string[];
  /** Places of x, y, z, values and mask of a frame. */
  placesOf(frame: FrameInfo): readonly number[];
  /** True where every frame has all columns. */
  readonly isUniform: boolean;
}

/** Writes the tables of a text output and its footer. */
export interface TableFile {
  line(text: string): Promise<void>;
  /** All rows of a frame: lead, x, y, z, values, mask; x fastest, then y, then planes. */
  frame(buffer: FrameBuffer, frame: number): Promise<void>;
  /** After the frames of a buffer: it is the one at place `at` of the file. */
  endBuffer(buffer: FrameBuffer, at: number): void;
  finish(dataset: DatasetDescription): Promise<void>;
}

/** x, y, z. */
const POSITIONS = 3;
/** Rows that are put together before they are written. */
const LINES_AT_ONCE = 2048;

export function createTableFile(file: AtomicFile, style: RowStyle, columns: TableColumns, signal: AbortSignal | undefined): TableFile {
  const encoder = new TextEncoder();
  const buffers: BufferDescription[] = [];
  const places: TablePlace[][] = [];
  const taken: (readonly number[])[][] = [];
  const padTo = (index: number): void => {
    while (buffers.length < index) {
      buffers.push({ state: 'missing', name: '', frames: [], attributes: {} });
      places.push([]);
      taken.push([]);
    }
  };
  let frames: TablePlace[] = [];
  let own: (readonly number[])[] = [];
  let offset = 0;
  let lead = 0;
  const put = async (text: string): Promise<void> => {
    const bytes = encoder.encode(text);
    offset += bytes.byteLength;
    await file.write(bytes);
  };
  return {
    line: (text) => put(`${text}\n`),
    frame: async (buffer, frame) => {
      const info = buffer.info.frames[frame] as FrameInfo;
      const first = style.lead(buffer, frame);
      lead = first.length;
      const start = offset;
      const order = columns.placesOf(info);
      for (let plane = 0; plane < info.planes; plane++) {
        const { values, mask } = await readScaledPlane(buffer, frame, plane, { signal });
        await writePlane(put, style, { info, plane, first, order, width: columns.names.length, values: [...values, mask] });
      }
      frames.push([start, offset - start]);
      own.push(order.slice(POSITIONS).map((place) => lead + place));
    },
    endBuffer: (buffer, at) => {
      padTo(at);
      buffers.push(describeScaled(buffer.info));
      places.push(frames);
      taken.push(own);
      frames = [];
      own = [];
    },
    finish: (dataset) => {
      padTo(bufferPlaces(dataset));
      const told: ColumnPlaces = columns.isUniform ? { lead: lead + POSITIONS } : { width: lead + columns.names.length, columns: taken };
      return put(footerText({ dataset, buffers, columns: told, places }, offset));
    },
  };
}

function bufferPlaces(dataset: DatasetDescription): number {
  return dataset.nav.reduce((product, axis) => product * axis.size, 1);
}

interface PlaneRows {
  readonly info: FrameInfo;
  readonly plane: number;
  readonly first: readonly number[];
  /** Where x, y, z and the values stand among `width` columns. */
  readonly order: readonly number[];
  readonly width: number;
  /** Values and mask. */
  readonly values: readonly (Float64Array | Uint8Array)[];
}

async function writePlane(put: (text: string) => Promise<void>, style: RowStyle, rows: PlaneRows): Promise<void> {
  const { shape, scales, grid } = rows.info;
  const [height, width] = shape;
  const { separator } = style;
  const before = rows.first.map((value) => `${style.number(value)}${separator}`).join('');
  const xs = Array.from({ length: width }, (_, i) => style.number(positionAt(scales.x, grid[0], i)));
  const z = style.number(positionAt(scales.z, grid[2], rows.plane));
  const cells = Array.from({ length: rows.width }, () => style.absent);
  const [xAt = 0, yAt = 0, zAt = 0, ...valuesAt] = rows.order;
  cells[zAt] = z;
  let lines: string[] = [];
  for (let row = 0, i = 0; row < height; row++) {
    cells[yAt] = style.number(positionAt(scales.y, grid[1], row));
    for (let column = 0; column < width; column++, i++) {
      cells[xAt] = xs[column] as string;
      for (let k = 0; k < valuesAt.length; k++) cells[valuesAt[k] as number] = style.number(rows.values[k]?.[i] as number);
      lines.push(`${before}${cells.join(separator)}\n`);
      if (lines.length === LINES_AT_ONCE) {
        await put(lines.join(''));
        lines = [];
      }
    }
  }
  await put(lines.join(''));
}

/** Names and units of the columns of a frame from x on. */
export function columnNames(frame: FrameInfo): readonly string[] {
  const { x, y, z } = frame.scales;
  const named = (name: string, unit: string): string => (unit === '' ? name : `${name} [${unit}]`);
  return [
    named('x', x.unit),
    named('y', y.unit),
    named('z', z.unit),
    ...scaledFields(frame).map(({ name, unit }) => named(name, unit)),
    'mask',
  ];
}
