import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tecplot } from '../../main/formats/tecplot.ts';
import { vtp } from '../../main/formats/vtp/vtp.ts';
import '../../main/host/node-inflate.ts';
import { PARTICLE_WRITERS } from '../../main/writers/particles/registry.ts';
import { cutEverywhere, flipBits } from '../support/export-fuzz.ts';
import { madeParticles } from '../support/made-particles.ts';

const folder = mkdtempSync(join(tmpdir(), 'streakline-vtk-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));
const files = new Map<string, Uint8Array>();

beforeAll(async () => {
  const points = Array.from({ length: 4 }, (_, i) => [i, 2 * i, 3 * i, 100 + i, i / 3]);
  const dataset = madeParticles({
    steps: 4,
    tracks: [
      { start: 0, points },
      { start: 1, points: points.slice(0, 2) },
    ],
    loose: [[[9, 9, 9, 9, 9]], [], [], []],
    scalars: [{ name: 'Size', scale: { slope: 2, offset: 0, unit: 'mm', description: '' } }],
  });
  for (const [id, name] of [
    ['vtp', 's.pvd'],
    ['vtp', 't.vtp'],
    ['tecplot', 'p.dat'],
  ] as const)
    await PARTICLE_WRITERS.find((writer) => writer.id === id)?.write({ dataset, target: join(folder, name), options: {}, force: true });
  for (const name of ['s.pvd', 't.vtp', 'p.dat', ...readdirSync(join(folder, 's_vtp')).map((one) => `s_vtp/${one}`)])
    files.set(name, new Uint8Array(readFileSync(join(folder, name))));
});

const fixtures = fileURLToPath(new URL('../../fixtures/vtp/', import.meta.url));

test.each(['ascii.vtp', 'binary_zlib.vtp', 'appended_base64_zlib.vtp', 'appended_raw.vtp'])(
  '%s of VTK that is damaged is an error or data, fast and in little memory',
  async (name) => {
    const file = { format: vtp, name, files: new Map([[name, new Uint8Array(readFileSync(join(fixtures, name)))]]) };
    await cutEverywhere(file, 61);
    expect(await flipBits(file, 300)).toBeGreaterThan(0);
  },
);

describe.each([
  ['s.pvd', 's.pvd', vtp],
  ['s_vtp/particles.json', 's.pvd', vtp],
  ['s_vtp/00001.vtp', 's.pvd', vtp],
  ['t.vtp', 't.vtp', vtp],
  ['p.dat', 'p.dat', tecplot],
])('%s of %s', (name, opened, format) => {
  test('that is damaged is an error or data, fast and in little memory', async () => {
    const file = { format, name, opened, files };
    await cutEverywhere(file, 37);
    expect(await flipBits(file, 300)).toBeGreaterThan(0);
  });
});
