import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import '../../main/host/node-inflate.ts';
import { davisParticles } from '../../main/formats/davis-particles/davis-particles.ts';
import { openPath } from '../../main/host/open-path.ts';
import { memoryFolder } from '../../main/sources/memory-folder.ts';
import { PARTICLE_WRITERS } from '../../main/writers/particles/registry.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { ParticleDataset } from '../../shared/model/dataset.ts';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/davis-particles');
const FLIPS = 60;
const folder = mkdtempSync(join(tmpdir(), 'streakline-writers-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Deterministic numbers from 0 to 1. */
function randomly(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What comes of some work; anything but a DataError of the data fails the test. */
async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DataError) || error.code === 'internal') throw new Error('not a DataError', { cause: error });
    return undefined;
  }
}

test.each(['helix_tr', 'pulses4', 'old1'])('damaged sets are written as they are read, or not at all: %s', async (set) => {
  const names = [...readdirSync(join(FIXTURES, set)).map((name) => `${set}/${name}`), `${set}.set`];
  const good = new Map(names.map((name) => [name, new Uint8Array(readFileSync(join(FIXTURES, name)))]));
  const random = randomly(set.length * 77);
  for (let i = 0; i < FLIPS; i++) {
    const files = new Map([...good].map(([name, bytes]) => [name, bytes.slice()]));
    for (let k = 0; k < 1 + 2 * random(); k++) {
      const bytes = files.get(names[Math.floor(random() * names.length)] ?? '') ?? new Uint8Array(1);
      bytes[Math.floor(random() * bytes.length)] = Math.floor(256 * random());
    }
    const entry = { name: `${set}.set`, kind: 'file', size: files.get(`${set}.set`)?.length ?? 0 } as const;
    const opened = await attempt(() => davisParticles.open({ folder: memoryFolder('', files), entry, options: {} }));
    if (!opened) continue;
    await using source = opened.dataset as ParticleDataset;
    for (const writer of PARTICLE_WRITERS) {
      if (writer.accepts(source.info) !== true) continue;
      const target = join(folder, `${set}.${writer.extensions[0]}`);
      const written = await attempt(() => writer.write({ dataset: source, target, options: {}, force: true }));
      if (written && writer.id === 'davis-particles') {
        await using back = (await openPath(written.target)).dataset as ParticleDataset;
        // A damaged scale may leave axes without a common unit, in the copy, too.
        expect(back.info.warnings.filter(({ code }) => code !== 'mixed-units')).toEqual([]);
        const { steps, pulses, tracks } = source.info;
        for (let s = 0; s < steps * pulses; s++) {
          const [{ warnings: _, ...one }, { warnings, ...other }] = [
            await source.step(Math.floor(s / pulses), s % pulses),
            await back.step(Math.floor(s / pulses), s % pulses),
          ];
          expect(other).toEqual(one);
          expect(warnings).toEqual([]);
        }
        expect(await back.trackTable(0, tracks)).toEqual(await source.trackTable(0, tracks));
      }
    }
  }
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});
