import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ParticleDataset, ParticleDatasetInfo } from '../../shared/model/dataset.ts';
import { bytesOf } from '../../shared/model/dtype.ts';
import { NO_TRACK, type ParticleSet, type TrackSet } from '../../shared/model/particles.ts';
import { applyScale, type Scale } from '../../shared/model/scale.ts';
import { compareAttributes, expectFailure } from './compare-info.ts';
import type { ParticleCase, ParticleArray } from './fixtures.ts';

/** Compares a particle set with everything that the reference reader said of it. */
export async function compareParticles(dataset: ParticleDataset, fixture: ParticleCase, folder: string): Promise<void> {
  const { info, arrays = [], errors = [], track_errors: trackErrors = [] } = fixture;
  compareFacts(dataset.info, info);
  if (info.times) expect([...(await dataset.times())]).toEqual(info.times.flat());
  for (const { index, attributes } of info.block_attributes ?? []) compareAttributes(await dataset.stepAttributes(index), attributes);
  const steps = arrays.length > 0 ? await allSteps(dataset) : [];
  for (const expected of arrays) await compareOne(dataset, steps, expected, folder);
  for (const { index, code, message } of errors) expectFailure(await failure(dataset.step(index[0] ?? 0, 0)), code, message);
  for (const { index, code, message } of trackErrors) {
    expectFailure(await failure(dataset.track(index)), code, message);
    // Together with others it has no points.
    const { first } = await dataset.tracks(0, dataset.info.tracks);
    expect((first[index + 1] as number) - (first[index] as number)).toBe(0);
    await dataset.checkTracks();
  }
}

function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

function compareFacts(info: ParticleDatasetInfo, expected: ParticleCase['info']): void {
  expect(info.steps).toBe(expected.length);
  if (expected.repr !== undefined) expect(info.summary).toBe(expected.repr);
  if (expected.type_id !== undefined) expect(`Type.${info.typeId}`).toBe(expected.type_id);
  if (expected.pulses_per_block !== undefined) expect(info.pulses).toBe(expected.pulses_per_block);
  if (expected.track_count !== undefined) expect(info.tracks).toBe(expected.track_count);
  if (expected.bounds !== undefined) expect(info.bounds).toEqual(expected.bounds.flat());
  if (expected.scales !== undefined) expect(info.scales).toEqual(expected.scales);
  if (expected.scalar_scales !== undefined)
    expect(Object.fromEntries(info.scalars.map(({ name, scale }) => [name, scale]))).toEqual(expected.scalar_scales);
  if (expected.attributes !== undefined) compareAttributes(info.attributes, expected.attributes);
  expect(info.warnings.map(({ code }) => code)).toEqual(expected.warnings ?? []);
}

async function allSteps(dataset: ParticleDataset): Promise<readonly ParticleSet[]> {
  const { steps, pulses } = dataset.info;
  const all = [];
  for (let step = 0; step < steps; step++) for (let pulse = 0; pulse < pulses; pulse++) all.push(await dataset.step(step, pulse));
  for (const { warnings } of all) expect(warnings).toEqual([]);
  return all;
}

async function compareOne(dataset: ParticleDataset, steps: readonly ParticleSet[], expected: ParticleArray, folder: string): Promise<void> {
  const { info } = dataset;
  const [first = 0, pulse = 0] = expected.index ?? [];
  if (expected.what === 'snapshot') {
    const set = steps[first * info.pulses + pulse] as ParticleSet;
    const at = ['x', 'y', 'z', 'intensity'].indexOf(expected.component);
    const scale = [info.scales.x, info.scales.y, info.scales.z, info.scales.i][at] as Scale;
    const values = Float64Array.from({ length: set.count }, (_, i) =>
      applyScale(scale, (at === 3 ? set.intensity[i] : set.xyz[3 * i + at]) as number),
    );
    expect(createHash('sha256').update(bytesOf(values)).digest('hex')).toBe(expected.sha256);
  } else if (expected.what === 'track') {
    const track = await dataset.track(first);
    expect([track.startStep[0], track.startPulse[0], track.intensity.length]).toEqual([
      [expected.start ?? 0].flat()[0],
      [expected.start ?? 0].flat()[1] ?? 0,
      expected.length,
    ]);
    expect(rowsOf(track).slice(0, 8)).toEqual(expected.values);
  } else {
    const bytes = await ownBytes(dataset, steps, expected);
    const file = readFileSync(join(folder, expected.npy ?? ''));
    expect(Buffer.from(bytes).equals(file.subarray(file.length - bytes.length)), `${expected.npy}`).toBe(true);
    expect(bytes.length).toBe(
      expected.shape.reduce((product, size) => product * size, expected.dtype === '<f8' || expected.dtype === '<u8' ? 8 : 4),
    );
  }
}

/** Our bytes of an array over the whole set. */
async function ownBytes(
  dataset: ParticleDataset,
  steps: readonly ParticleSet[],
  { what, component, dtype }: ParticleArray,
): Promise<Uint8Array> {
  const { info } = dataset;
  if (what === 'times') return bytesOf(await dataset.times());
  const scalar = info.scalars.findIndex(({ name }) => component.startsWith(`scalar:${name}`));
  if (what === 'tracks') {
    const tracks = await dataset.tracks(0, info.tracks);
    const table = await dataset.trackTable(0, info.tracks);
    expect([...tracks.startStep, ...tracks.startPulse]).toEqual([...table.startStep, ...table.startPulse]);
    if (component === 'track length') return bytesOf(table.length);
    if (component.startsWith('track.start')) {
      return bytesOf(
        Uint32Array.from(
          info.pulses === 4 ? [...table.startStep].flatMap((step, i) => [step, table.startPulse[i] as number]) : table.startStep,
        ),
      );
    }
    return bytesOf(scalar >= 0 ? (tracks.scalars[scalar] as Float32Array) : Float32Array.from(rowsOf(tracks).flat()));
  }
  if (component.startsWith('particle count')) return bytesOf(Uint32Array.from(steps, ({ count }) => count));
  if (dtype === '<u8')
    return bytesOf(
      BigUint64Array.from(steps.flatMap(({ track }) => [...track].map((id) => (id === NO_TRACK ? 2n ** 64n - 1n : BigInt(id))))),
    );
  return bytesOf(
    Float32Array.from(steps.flatMap((set) => (scalar >= 0 ? [...(set.scalars[scalar] as Float32Array)] : rowsOf(set).flat()))),
  );
}

/** x, y, z, intensity of every point. */
function rowsOf({ xyz, intensity }: Pick<TrackSet, 'xyz' | 'intensity'>): readonly (readonly number[])[] {
  return [...intensity].map((value, i) => [xyz[3 * i] as number, xyz[3 * i + 1] as number, xyz[3 * i + 2] as number, value]);
}
