import { expect } from 'vitest';
import type { ParticleDataset } from '../../shared/model/dataset.ts';
import { bytesOf } from '../../shared/model/dtype.ts';
import { particleInstants } from '../../main/writers/particles/instants.ts';

/** What of a set is not the same afterwards: where it lies, in which format, what was odd of it. */
export interface Differences {
  /** Track records of a table come from its rows. */
  readonly tracks?: false;
  readonly warnings?: false;
  /** Outputs that have no place for the box, and for times as exact as they are stored. */
  readonly exact?: false;
}

/** Everything of two sets, bit by bit. */
export async function expectSameParticles(one: ParticleDataset, other: ParticleDataset, differences: Differences = {}): Promise<void> {
  const facts = ({
    format: _f,
    path: _p,
    title: _t,
    warnings: _w,
    secondBox: _s,
    attributes,
    startTime,
    ...info
  }: ParticleDataset['info']) => ({ ...info, attributes: withoutVersion(attributes) });
  expect(facts(other.info)).toEqual(facts(one.info));
  if (differences.exact === undefined) {
    expect(other.info.secondBox).toEqual(one.info.secondBox);
    expect(await particleInstants(other, {})).toEqual(await particleInstants(one, {}));
  }
  expect(await other.times()).toEqual(await one.times());
  expect(await other.counts()).toEqual(await one.counts());
  const { steps, pulses, tracks } = one.info;
  for (let step = 0; step < steps; step++) {
    expect(await other.stepAttributes(step)).toEqual(await one.stepAttributes(step));
    for (let pulse = 0; pulse < pulses; pulse++) {
      const [a, b] = [await one.step(step, pulse), await other.step(step, pulse)];
      const arrays = ({ xyz, intensity, track, scalars }: typeof a) =>
        [xyz, intensity, track, ...scalars].map((array) => Buffer.from(bytesOf(array)).toString('hex'));
      expect({ step, pulse, arrays: arrays(b) }).toEqual({ step, pulse, arrays: arrays(a) });
    }
  }
  expect(await other.trackTable(0, tracks)).toEqual(await one.trackTable(0, tracks));
  expect(await other.tracks(0, tracks)).toEqual(await one.tracks(0, tracks));
  for (const id of new Set([0, Math.floor(tracks / 2), tracks - 1]))
    if (id >= 0 && id < tracks) expect(await other.track(id)).toEqual(await one.track(id));
}

function withoutVersion(attributes: ParticleDataset['info']['attributes']): ParticleDataset['info']['attributes'] {
  const { _StreaklineVersion: _, ...others } = attributes;
  return others;
}
