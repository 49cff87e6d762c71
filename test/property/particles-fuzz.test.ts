import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { binnedParticles } from '../../main/formats/binned-particles.ts';
import { davisParticles } from '../../main/formats/davis-particles/davis-particles.ts';
import { selectSteps } from '../../main/host/chain/particles/select-steps.ts';
import { withMotion } from '../../main/host/chain/particles/with-motion.ts';
import { memoryFolder } from '../../main/sources/memory-folder.ts';
import { readTrackFacts } from '../../shared/compute/particles/track-facts.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { isFrameDataset } from '../../shared/model/dataset.ts';
import { DIFFERENCE } from '../../shared/model/track-selection.ts';
import { processorMilliseconds } from '../support/processor-time.ts';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/davis-particles');
/** Of every set: 2,000 of all. */
const FLIPS = 400;
const LIMIT_MS = 1000;
const LIMIT_BYTES = 64 << 20;
const SETS = ['helix_tr', 'pulses4', 'ipr2', 'old0', 'old1'];

type Files = ReadonlyMap<string, Uint8Array>;

function filesOf(set: string): Files {
  const names = readdirSync(join(FIXTURES, set)).map((name) => `${set}/${name}`);
  return new Map([...names, `${set}.set`].map((name) => [name, new Uint8Array(readFileSync(join(FIXTURES, name)))]));
}

/** Reads all that a damaged set still shows: every answer is data or a DataError, soon and without much memory. */
async function readAll(set: string, files: Files): Promise<'data' | 'error'> {
  const started = processorMilliseconds();
  const before = process.memoryUsage().arrayBuffers;
  const result = await openAll(set, files);
  expect(processorMilliseconds() - started).toBeLessThan(LIMIT_MS);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(LIMIT_BYTES);
  return result;
}

async function openAll(set: string, files: Files): Promise<'data' | 'error'> {
  const failures: unknown[] = [];
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof DataError) || error.code === 'internal') throw new Error(`${set}: not a DataError`, { cause: error });
      failures.push(error);
    }
  };
  await attempt(async () => {
    const entry = { name: `${set}.set`, kind: 'file', size: files.get(`${set}.set`)?.length ?? 0 } as const;
    const { dataset } = await davisParticles.open({ folder: memoryFolder('', files), entry, options: {} });
    if (isFrameDataset(dataset)) throw new Error('no particles');
    const { steps, pulses, tracks } = dataset.info;
    await attempt(() => dataset.times());
    for (let step = 0; step < Math.min(20, steps); step++) {
      await attempt(() => dataset.stepAttributes(step));
      for (let pulse = 0; pulse < pulses; pulse++) await attempt(() => dataset.step(step, pulse));
    }
    await attempt(() => dataset.trackTable(0, tracks));
    await attempt(() => dataset.tracks(0, tracks));
    for (const id of tracks === 0 ? [] : [0, tracks - 1]) await attempt(() => dataset.track(id));
    const wish = { columns: tracks > 0 ? ['speed', 'acceleration', 'intensity'] : ['intensity'], box: true, differentiation: DIFFERENCE };
    await attempt(() => readTrackFacts(dataset, wish));
    await attempt(async () => {
      const moving = tracks > 0 ? withMotion(dataset, ['curvature'], DIFFERENCE) : dataset;
      const chosen = await selectSteps(moving, { from: 1, to: Math.min(8, steps), step: 2 });
      await chosen.step(0, 0);
      if (chosen.info.tracks > 0) await chosen.track(0);
    });
    if (tracks > 0) await attempt(() => binnedParticles(dataset, { bin: [4, 3, 2], differentiation: DIFFERENCE }).buffer(0));
    await dataset[Symbol.asyncDispose]();
  });
  return failures.length === 0 ? 'data' : 'error';
}

/** A small generator with a seed, so that a failure can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe.each(SETS)('%s', (set) => {
  const whole = filesOf(set);
  const names = [...whole.keys()].filter((name) => !/shapes/.test(name) && (whole.get(name)?.length ?? 0) > 0);
  const changed = (name: string, bytes: Uint8Array): Files => new Map([...whole, [name, bytes]]);

  test('every file, cut anywhere', async () => {
    const results = new Set<string>();
    for (const name of names) {
      const bytes = whole.get(name) as Uint8Array;
      const borders = [0, 4, 16, 24, 32, 40, 49, 56, 98, 112, 1024, bytes.length].flatMap((border) => [border - 1, border, border + 1]);
      const steps = Array.from({ length: 40 }, (_, i) => Math.floor((i * bytes.length) / 40));
      for (const length of new Set([...borders, ...steps])) {
        if (length >= 0 && length < bytes.length) results.add(await readAll(set, changed(name, bytes.slice(0, length))));
      }
    }
    expect(results).toEqual(new Set(['data', 'error']));
  });

  test(`${FLIPS} flips`, async () => {
    const next = random(set.length);
    const results = new Set<string>();
    for (let round = 0; round < FLIPS; round++) {
      const name = names[round % names.length] as string;
      const copy = (whole.get(name) as Uint8Array).slice();
      for (let count = 1 + next(4); count > 0; count--) {
        const at = next(2) === 0 ? next(copy.length) : next(Math.min(120, copy.length));
        copy[at] = (copy[at] as number) ^ (1 << next(8));
      }
      results.add(await readAll(set, changed(name, copy)));
    }
    expect(results).toEqual(new Set(['data', 'error']));
  });
});
