import { DataError } from '../../../shared/model/data-error.ts';
import type { TypedArray } from '../../../shared/model/dtype.ts';
import type { ComponentInfo, FrameInfo } from '../../../shared/model/frames.ts';
import { unitScale, type Scale } from '../../../shared/model/scale.ts';
import { undoSign } from '../../codecs/scaled-frame.ts';
import type { DescribedBuffer } from '../described-dataset.ts';
import type { ColumnName, Meaning } from './column-names.ts';
import { findGrid, gridPlaces, type GridAxis } from './find-grid.ts';

export interface Column extends ColumnName {
  readonly values: Float64Array;
}

/** A column and the component that it becomes. */
interface Field {
  readonly component: string;
  readonly role: ComponentInfo['role'];
  readonly column: Column;
}

/** Where the samples of a frame come from. */
interface GridTable {
  readonly columns: readonly Column[];
  readonly positions: readonly Column[];
  readonly axes: readonly GridAxis[];
  /** Of every row in C order. */
  readonly places: Uint32Array;
  readonly fields: readonly Field[];
}

/** The points of a table of another program as one frame: a vector u, v[, w] and values, with a mask where samples are flagged or not there. */
export function gridBuffer(
  columns: readonly Column[],
  path: string,
  facts: { readonly name: string; readonly time?: { readonly seconds: number; readonly source: string } },
): DescribedBuffer {
  const positions = (['x', 'y', 'z'] as const).flatMap((axis) => columns.filter(({ meaning }) => meaning === axis));
  const points = positions.map(({ values }) => values);
  if (points.length < 2 || points[0]?.length === 0)
    throw new DataError('malformed', 'The table has no points in x and y.', { path, field: 'x' });
  const axes = findGrid(points, path);
  const table = { columns, positions, axes, places: gridPlaces(points, axes, path), fields: chooseFields(columns) };
  const frame = frameOf(table);
  const samples = frame.shape[0] * frame.shape[1];
  const data = samplesOf(table, frame, samples * frame.planes);
  return {
    description: { state: 'present', ...facts, frames: [frame], attributes: {} },
    plane: async ({ component, plane }) => (data.get(component.name) as Float64Array).subarray(plane * samples, (plane + 1) * samples),
  };
}

/** The vector first. Values have their own names, each once; a single one beside no vector is the picture. */
function chooseFields(columns: readonly Column[]): readonly Field[] {
  const of = (meaning: Meaning): readonly Column[] => columns.filter((column) => column.meaning === meaning);
  const [u, v, w] = [of('u'), of('v'), of('w')];
  const vector = u.length > 0 && v.length > 0 ? [...u, ...v, ...w] : [];
  const values = columns.filter((column) => column.meaning === 'value' || (/^[uvw]$/.test(column.meaning) && !vector.includes(column)));
  const taken = new Set(['U0', 'V0', 'W0', 'MASK']);
  return [
    ...vector.map((column): Field => ({ component: `${column.meaning.toUpperCase()}0`, role: 'velocity', column })),
    ...values.map((column): Field => {
      const plain = vector.length === 0 && values.length === 1 ? 'PIXEL' : column.name || 'value';
      let component = plain;
      for (let n = 2; taken.has(component); n++) component = `${plain} ${n}`;
      taken.add(component);
      return { component, role: vector.length > 0 ? 'scalar' : 'intensity', column };
    }),
  ];
}

function frameOf({ columns, positions, axes, places, fields }: GridTable): FrameInfo {
  const [width = 1, height = 1, planes = 1] = axes.map(({ size }) => size);
  const scale = (at: number): Scale => {
    const axis = axes[at];
    return axis ? { slope: axis.step, offset: axis.start, unit: positions[at]?.unit ?? '', description: '' } : unitScale('');
  };
  const dimensions = fields.filter(({ role }) => role === 'velocity').length;
  const components = fields.map(({ component, role, column }): ComponentInfo => {
    return { name: component, role, dtype: 'f8', planes, scale: unitScale(column.unit, column.name), stored: true };
  });
  const hasMask = places.length < width * height * planes || columns.some(({ meaning }) => meaning === 'valid' || meaning === 'masked');
  const mask: ComponentInfo = { name: 'MASK', role: 'mask', dtype: 'u1', planes, scale: unitScale('Valid', 'Mask'), stored: true };
  return {
    kind: dimensions > 0 ? 'vector' : 'image',
    shape: [height, width],
    planes,
    grid: [1, 1, 1],
    scales: { x: scale(0), y: scale(1), z: scale(2), i: unitScale(fields[0]?.column.unit ?? '') },
    choices: dimensions > 0 ? 1 : 0,
    dimensions: dimensions === 2 || dimensions === 3 ? dimensions : 0,
    components: hasMask ? [...components, mask] : components,
    attributes: {},
  };
}

/** Every component in C order; vectors without the sign of their axes, as they are stored. */
function samplesOf({ columns, places, fields }: GridTable, frame: FrameInfo, samples: number): ReadonlyMap<string, TypedArray> {
  const data = new Map<string, TypedArray>();
  for (const { component, column } of fields) {
    const spread = new Float64Array(samples).fill(Number.NaN);
    for (let row = 0; row < places.length; row++) spread[places[row] as number] = column.values[row] as number;
    data.set(component, undoSign(spread, frame, component));
  }
  const valid = columns.find(({ meaning }) => meaning === 'valid')?.values;
  const masked = columns.find(({ meaning }) => meaning === 'masked')?.values;
  const mask = new Uint8Array(samples);
  for (let row = 0; row < places.length; row++) {
    const counts = valid?.[row] !== 0 && (!masked || masked[row] === 0);
    mask[places[row] as number] = counts ? 1 : 0;
  }
  return data.set('MASK', mask);
}
