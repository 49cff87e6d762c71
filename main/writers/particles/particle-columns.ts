import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import type { TypedArray } from '../../../shared/model/dtype.ts';
import { NO_TRACK, type ParticleSet } from '../../../shared/model/particles.ts';
import { applyScale, type Scale } from '../../../shared/model/scale.ts';
import { ROW_COLUMNS } from '../../codecs/particle-layout.ts';
import type { ColumnSpec } from '../column-file.ts';
import { uniqueNames } from '../column-names.ts';

/** Particles of one place in time and track, before they become rows. */
export interface Points extends Pick<ParticleSet, 'xyz' | 'intensity' | 'scalars' | 'count'> {
  readonly track: (row: number) => number;
  readonly step: (row: number) => number;
  readonly pulse: (row: number) => number;
}

const TRACK_AT = ROW_COLUMNS.indexOf('track');

/** x, y, z, intensity, track (-1 = none), step, pulse, then the scalars. Stored numbers are f4, scaled ones f8. */
export function particleColumnSpecs(info: Pick<ParticleDatasetInfo, 'scalars'>, scaled: boolean): readonly ColumnSpec[] {
  const names = uniqueNames([...ROW_COLUMNS, ...info.scalars.map(({ name }, k) => name || `scalar_${k}`)]);
  return names.map(
    (name, i): ColumnSpec => ({
      name,
      dtype: i === TRACK_AT ? 'i8' : i === TRACK_AT + 1 ? 'u4' : i === TRACK_AT + 2 ? 'u1' : scaled ? 'f8' : 'f4',
    }),
  );
}

/** Scales of the columns with values, in their order. */
export function valueScales({ scales, scalars }: Pick<ParticleDatasetInfo, 'scales' | 'scalars'>): readonly Scale[] {
  return [scales.x, scales.y, scales.z, scales.i, ...scalars.map(({ scale }) => scale)];
}

/** One array a column; with scales the values are scaled. */
export function pointColumns(points: Points, scales: readonly Scale[] | undefined): readonly TypedArray[] {
  const { count, xyz, intensity, scalars } = points;
  const axis = (at: number): Float32Array => {
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++) values[i] = xyz[3 * i + at] as number;
    return values;
  };
  const values = [axis(0), axis(1), axis(2), intensity, ...scalars];
  const shown = scales ? values.map((column, i) => scaledColumn(column, scales[i] as Scale)) : values;
  return [
    ...shown.slice(0, TRACK_AT),
    trackColumn(points),
    Uint32Array.from({ length: count }, (_, row) => points.step(row)),
    Uint8Array.from({ length: count }, (_, row) => points.pulse(row)),
    ...shown.slice(TRACK_AT),
  ];
}

function scaledColumn(column: Float32Array, scale: Scale): Float64Array {
  const out = new Float64Array(column.length);
  for (let i = 0; i < column.length; i++) out[i] = applyScale(scale, column[i] as number);
  return out;
}

/** 8-byte integers by their two words: -1 = no track. */
function trackColumn({ count, track }: Points): BigInt64Array {
  const words = new Int32Array(2 * count);
  for (let row = 0; row < count; row++) {
    const id = track(row);
    words[2 * row] = id;
    words[2 * row + 1] = id === NO_TRACK ? -1 : 0;
  }
  return new BigInt64Array(words.buffer);
}

/** The particles of a snapshot as points. */
export function snapshotPoints(set: ParticleSet, step: number, pulse: number): Points {
  const { count, xyz, intensity, scalars, track } = set;
  return { count, xyz, intensity, scalars, track: (row) => track[row] as number, step: () => step, pulse: () => pulse };
}
