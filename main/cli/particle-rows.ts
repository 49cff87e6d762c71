import { scalarName } from '../../shared/compute/particles/columns.ts';
import { DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import type { ParticleDataset, ReadOptions } from '../../shared/model/dataset.ts';
import type { TypedArray } from '../../shared/model/dtype.ts';
import { NO_TRACK, type ParticleSet } from '../../shared/model/particles.ts';
import { applyScale, type Scale } from '../../shared/model/scale.ts';
import { uniqueNames, type ColumnSpec } from '../writers/column-file.ts';

/** Which particles: one step or pulse of it, one track, one particle of a track, or all. */
export interface ParticleChoice {
  readonly step?: number | undefined;
  readonly pulse?: number | undefined;
  readonly track?: number | undefined;
}

/** Rows of the export: how many, and one piece after the other. Raw positions and values are f4, scaled ones f8. */
export interface ParticleRows {
  readonly columns: readonly ColumnSpec[];
  readonly rows: number;
  readonly pieces: AsyncIterable<readonly TypedArray[]>;
}

/** Points of one place in time and track, before they become columns. */
interface Points extends Pick<ParticleSet, 'xyz' | 'intensity' | 'scalars'> {
  readonly count: number;
  readonly track: (row: number) => number;
  readonly step: (row: number) => number;
  readonly pulse: (row: number) => number;
}

/** `original` has the track numbers to write where those of the dataset are others. */
export async function particleRows(dataset: ParticleDataset, choice: ParticleChoice, scaled: boolean, options: ReadOptions & { readonly original?: Uint32Array | undefined }): Promise<ParticleRows> {
  const { info } = dataset;
  const type = scaled ? 'f8' : 'f4';
  const scalarNames = info.scalars.map(({ name }, k) => scalarName(name, k));
  const names = uniqueNames(['x', 'y', 'z', 'intensity', 'track', 'step', 'pulse', ...scalarNames]);
  const columns = names.map((name, i): ColumnSpec => ({ name, dtype: i === 4 ? 'i8' : i === 5 ? 'u4' : i === 6 ? 'u1' : type }));
  const scales = scaled ? [info.scales.x, info.scales.y, info.scales.z, info.scales.i, ...info.scalars.map(({ scale }) => scale)] : undefined;
  const chosen = choice.track === undefined ? await stepPoints(dataset, choice, options) : await trackPoints(dataset, choice.track, choice, options);
  return { columns, rows: chosen.rows, pieces: asColumns(chosen.points, scales, options.original) };
}

interface Chosen {
  readonly rows: number;
  readonly points: AsyncIterable<Points>;
}

async function stepPoints(dataset: ParticleDataset, { step, pulse }: ParticleChoice, options: ReadOptions): Promise<Chosen> {
  const { steps, pulses } = dataset.info;
  const counts = await dataset.counts(options);
  const places: (readonly [step: number, pulse: number])[] = [];
  const allPulses = pulse === undefined ? Array.from({ length: pulses }, (_, p) => p) : [pulse];
  for (let s = step ?? 0; s < (step === undefined ? steps : step + 1); s++) for (const p of allPulses) places.push([s, p]);
  const countAt = ([s, p]: readonly [number, number]): number => (p < pulses ? (counts[s * pulses + p] ?? 0) : 0);
  async function* read(): AsyncGenerator<Points> {
    for (const place of places) {
      throwIfAborted(options.signal);
      const [s, p] = place;
      const set = await dataset.step(s, p, options);
      if (set.count !== countAt(place)) {
        const { path, offset, message } = set.warnings.find(({ code }) => code === 'count') ?? { message: `Step ${s} has ${set.count} particles, the index says ${countAt(place)}.` };
        throw new DataError('malformed', message, { path, offset });
      }
      yield { ...set, track: (row) => set.track[row] as number, step: () => s, pulse: () => p };
    }
  }
  return { rows: places.reduce((sum, place) => sum + countAt(place), 0), points: read() };
}

/** The points of a track; with a step only those of it. Gaps are rows of NaN. */
async function trackPoints(dataset: ParticleDataset, id: number, { step, pulse }: ParticleChoice, options: ReadOptions): Promise<Chosen> {
  const { pulses } = dataset.info;
  const found = await dataset.track(id, options);
  const start = (found.startStep[0] ?? 0) * pulses + (found.startPulse[0] ?? 0);
  const rows: number[] = [];
  for (let row = 0; row < found.intensity.length; row++) {
    const snapshot = start + row;
    if ((step === undefined || Math.floor(snapshot / pulses) === step) && (pulse === undefined || snapshot % pulses === pulse)) rows.push(row);
  }
  if (rows.length === 0) {
    const [place, last] = [stepName(start, pulses), stepName(start + found.intensity.length - 1, pulses)];
    throw new DataError('out-of-range', `Track ${id} has no particle there: it goes from ${place} to ${last}.`, { path: dataset.info.path, field: 'step' });
  }
  const taken = (values: Float32Array): Float32Array => Float32Array.from(rows, (row) => values[row] as number);
  const points: Points = {
    count: rows.length,
    xyz: Float32Array.from({ length: 3 * rows.length }, (_, i) => found.xyz[3 * (rows[Math.floor(i / 3)] as number) + (i % 3)] as number),
    intensity: taken(found.intensity),
    scalars: found.scalars.map(taken),
    track: () => id,
    step: (row) => Math.floor((start + (rows[row] as number)) / pulses),
    pulse: (row) => (start + (rows[row] as number)) % pulses,
  };
  async function* once(): AsyncGenerator<Points> {
    yield points;
  }
  return { rows: rows.length, points: once() };
}

function stepName(snapshot: number, pulses: number): string {
  const step = `step ${Math.floor(snapshot / pulses)}`;
  return pulses === 1 ? step : `${step}, pulse ${snapshot % pulses}`;
}

async function* asColumns(all: AsyncIterable<Points>, scales: readonly Scale[] | undefined, original: Uint32Array | undefined): AsyncGenerator<readonly TypedArray[]> {
  for await (const points of all) {
    const { count, xyz, intensity, scalars } = points;
    const axis = (at: number): Float32Array => Float32Array.from({ length: count }, (_, i) => xyz[3 * i + at] as number);
    const values = [axis(0), axis(1), axis(2), intensity, ...scalars];
    const shown = scales ? values.map((column, i) => Float64Array.from(column, (value) => applyScale(scales[i] as Scale, value))) : values;
    yield [
      ...shown.slice(0, 4),
      trackColumn(points, original),
      Uint32Array.from({ length: count }, (_, row) => points.step(row)),
      Uint8Array.from({ length: count }, (_, row) => points.pulse(row)),
      ...shown.slice(4),
    ];
  }
}

/** 8-byte integers by their two words: -1 = no track. */
function trackColumn({ count, track }: Points, original: Uint32Array | undefined): BigInt64Array {
  const words = new Int32Array(2 * count);
  for (let row = 0; row < count; row++) {
    const id = track(row);
    words[2 * row] = id === NO_TRACK || !original ? id : (original[id] as number);
    words[2 * row + 1] = id === NO_TRACK ? -1 : 0;
  }
  return new BigInt64Array(words.buffer);
}
