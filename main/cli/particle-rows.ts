import { DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import type { ParticleDataset, ReadOptions } from '../../shared/model/dataset.ts';
import type { TypedArray } from '../../shared/model/dtype.ts';
import { NO_TRACK } from '../../shared/model/particles.ts';
import type { Scale } from '../../shared/model/scale.ts';
import type { ColumnSpec } from '../writers/column-file.ts';
import { particleColumnSpecs, pointColumns, snapshotPoints, valueScales, type Points } from '../writers/particles/particle-columns.ts';

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

/** `original` has the track numbers to write where those of the dataset are others. */
export async function particleRows(
  dataset: ParticleDataset,
  choice: ParticleChoice,
  scaled: boolean,
  options: ReadOptions & { readonly original?: Uint32Array | undefined },
): Promise<ParticleRows> {
  const { info } = dataset;
  const columns = particleColumnSpecs(info, scaled);
  const scales = scaled ? valueScales(info) : undefined;
  const chosen =
    choice.track === undefined ? await stepPoints(dataset, choice, options) : await trackPoints(dataset, choice.track, choice, options);
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
        const { path, offset, message } = set.warnings.find(({ code }) => code === 'count') ?? {
          message: `Step ${s} has ${set.count} particles, the index says ${countAt(place)}.`,
        };
        throw new DataError('malformed', message, { path, offset });
      }
      yield snapshotPoints(set, s, p);
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
    if ((step === undefined || Math.floor(snapshot / pulses) === step) && (pulse === undefined || snapshot % pulses === pulse))
      rows.push(row);
  }
  if (rows.length === 0) {
    const [place, last] = [stepName(start, pulses), stepName(start + found.intensity.length - 1, pulses)];
    throw new DataError('out-of-range', `Track ${id} has no particle there: it goes from ${place} to ${last}.`, {
      path: dataset.info.path,
      field: 'step',
    });
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

async function* asColumns(
  all: AsyncIterable<Points>,
  scales: readonly Scale[] | undefined,
  original: Uint32Array | undefined,
): AsyncGenerator<readonly TypedArray[]> {
  for await (const points of all) yield pointColumns(original ? renamed(points, original) : points, scales);
}

function renamed(points: Points, original: Uint32Array): Points {
  const nameOf = (id: number): number => (id === NO_TRACK ? id : (original[id] as number));
  return { ...points, track: (row) => nameOf(points.track(row)) };
}
