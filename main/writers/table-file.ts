import { DataError } from '../../shared/model/data-error.ts';
import type { FrameBuffer } from '../../shared/model/dataset.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { positionAt } from '../../shared/model/scale.ts';
import type { BufferDescription, DatasetDescription } from '../codecs/frame-description.ts';
import { scaledFields } from '../codecs/scaled-frame.ts';
import { footerText, type TablePlace } from '../codecs/text-table.ts';
import type { AtomicFile } from './atomic-file.ts';
import { describeScaled, readScaledPlane } from './scaled-values.ts';

/** How numbers stand in a row. */
export interface RowStyle {
  readonly separator: ',' | ' ';
  /** Columns before x, y, z of a frame. */
  lead(buffer: FrameBuffer, frame: number): readonly number[];
  number(value: number): string;
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

/** Rows that are put together before they are written. */
const LINES_AT_ONCE = 2048;

export function createTableFile(file: AtomicFile, style: RowStyle, signal: AbortSignal | undefined): TableFile {
  const encoder = new TextEncoder();
  const buffers: BufferDescription[] = [];
  const places: TablePlace[][] = [];
  const padTo = (index: number): void => {
    while (buffers.length < index) {
      buffers.push({ state: 'missing', name: '', frames: [], attributes: {} });
      places.push([]);
    }
  };
  let frames: TablePlace[] = [];
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
      lead = first.length + 3;
      const start = offset;
      for (let plane = 0; plane < info.planes; plane++) {
        const { values, mask } = await readScaledPlane(buffer, frame, plane, { signal });
        await writePlane(put, style, { info, plane, first, values, mask });
      }
      frames.push([start, offset - start]);
    },
    endBuffer: (buffer, at) => {
      padTo(at);
      buffers.push(describeScaled(buffer.info));
      places.push(frames);
      frames = [];
    },
    finish: (dataset) => {
      padTo(bufferPlaces(dataset));
      return put(footerText({ dataset, buffers, lead, places }, offset));
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
  readonly values: readonly Float64Array[];
  readonly mask: Uint8Array;
}

async function writePlane(put: (text: string) => Promise<void>, style: RowStyle, rows: PlaneRows): Promise<void> {
  const { shape, scales, grid } = rows.info;
  const [height, width] = shape;
  const { separator } = style;
  const before = rows.first.map((value) => `${style.number(value)}${separator}`).join('');
  const xs = Array.from({ length: width }, (_, i) => style.number(positionAt(scales.x, grid[0], i)));
  const z = style.number(positionAt(scales.z, grid[2], rows.plane));
  let lines: string[] = [];
  for (let row = 0, i = 0; row < height; row++) {
    const y = style.number(positionAt(scales.y, grid[1], row));
    for (let column = 0; column < width; column++, i++) {
      let line = `${before}${xs[column]}${separator}${y}${separator}${z}`;
      for (const values of rows.values) line += separator + style.number(values[i] as number);
      lines.push(`${line}${separator}${rows.mask[i]}\n`);
      if (lines.length === LINES_AT_ONCE) {
        await put(lines.join(''));
        lines = [];
      }
    }
  }
  await put(lines.join(''));
}

/** Names and units of the columns from x on; all frames of a file must have the same. */
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

export function compareColumns(first: readonly string[], buffer: FrameBuffer): void {
  for (const [frame, info] of buffer.info.frames.entries()) {
    const names = columnNames(info);
    if (names.join('\n') === first.join('\n')) continue;
    const message = `Frame ${frame} of buffer ${buffer.info.index} has the columns ${names.join(', ')}, the table ${first.join(', ')}.`;
    throw new DataError('unsupported', message, { field: 'columns', hint: 'Write one file per buffer, or a range of equal buffers.' });
  }
}
