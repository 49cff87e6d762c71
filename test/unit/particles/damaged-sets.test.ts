import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, describe, expect, test } from 'vitest';
import type { Conversion, ConversionResult } from '../../../main/host/conversion.ts';
import { convert } from '../../../main/host/convert.ts';
import '../../../main/host/node-inflate.ts';
import { openPath } from '../../../main/host/open-path.ts';
import { isDataError } from '../../../shared/model/data-error.ts';
import { isFrameDataset, type ParticleDataset } from '../../../shared/model/dataset.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), '../../../fixtures/davis-particles');
const root = mkdtempSync(join(tmpdir(), 'streakline-damaged-'));
afterAll(() => rmSync(root, { recursive: true }));
let places = 0;

/** A copy of a set of the fixtures; the path without .set. */
function copyOf(name: string): string {
  const place = join(root, `${++places}-${name}`);
  cpSync(join(FIXTURES, name), place, { recursive: true });
  cpSync(join(FIXTURES, `${name}.set`), `${place}.set`);
  return place;
}

async function open(path: string): Promise<ParticleDataset> {
  const { dataset } = await openPath(path);
  if (isFrameDataset(dataset)) throw new Error(`${path} holds frames`);
  return dataset;
}

const write = (source: string, more: Partial<Conversion> = {}): Promise<ConversionResult> =>
  convert({ paths: [source], target: join(root, `out-${++places}`), open: {}, options: {}, set: [], force: false, resume: false, ...more });

function poke(path: string, offset: number, value: number): void {
  const bytes = readFileSync(path);
  bytes.writeUInt32LE(value, offset);
  writeFileSync(path, bytes);
}

describe('a damaged record of a track', () => {
  test.each([
    ['helix_tr', 0, 1250, 'Track 3 has'],
    ['helix_tr', 8, 4_000_000_000, 'Track 3 has 4000000000 particles'],
    ['pulses4', 8, 5, 'Track 3 has 5 particles'],
  ])('%s, byte %d: the rest is read and written', async (name, at, value, message) => {
    const place = copyOf(name);
    poke(join(place, 'tracks.bin'), 16 + 3 * 12 + at, value);
    await using set = await open(`${place}.set`);
    expect(set.info.warnings).toMatchObject([
      { code: 'damaged-tracks', message: expect.stringContaining(message), path: join(place, 'tracks.bin'), offset: 16 + 3 * 12 },
    ]);
    await using whole = await open(join(FIXTURES, `${name}.set`));
    await expect(set.track(3)).rejects.toMatchObject({ code: 'malformed', offset: 16 + 3 * 12 });
    expect((await set.track(4)).xyz).toEqual((await whole.track(4)).xyz);
    const { losses, target } = await write(`${place}.set`);
    expect(losses).toEqual(expect.arrayContaining([expect.stringContaining(message)]));
    await using back = await open(target);
    expect(back.info).toMatchObject({ tracks: whole.info.tracks, particles: whole.info.particles, warnings: [] });
    expect((await back.trackTable(0, 5)).length[3]).toBe(0);
    expect((await back.track(4)).xyz).toEqual((await whole.track(4)).xyz);
    const { track } = await back.step(0, 0);
    const before = (await whole.step(0, 0)).track;
    expect([...track].filter((id) => id === NO_TRACK).length).toBe([...before].filter((id) => id === NO_TRACK || id === 3).length);
    const selected = await write(`${place}.set`, { particles: { selection: { filters: [{ column: 'length', low: 1 }] } } });
    expect(selected.losses).toEqual(expect.arrayContaining([expect.stringContaining(message)]));
  });
});

describe('cut files', () => {
  test('attributes of steps: told when opened, and once by what is written', async () => {
    const place = copyOf('helix_tr');
    const path = join(place, 'attributesblocks.attr');
    const { length } = readFileSync(path);
    for (const cut of [length - 2, length - 4 - 7, Math.floor(length / 2), 1030, 100]) {
      truncateSync(path, cut);
      await using set = await open(`${place}.set`);
      expect(set.info.warnings).toMatchObject([
        { path, offset: expect.any(Number), message: expect.stringContaining('The attributes of the steps are lost') },
      ]);
      expect(await set.stepAttributes(3)).toEqual({});
      expect((await write(`${place}.set`)).losses).toEqual([set.info.warnings[0]?.message]);
    }
  });

  test('snapshots: the steps that are there can be written', async () => {
    const place = copyOf('helix_tr');
    truncateSync(join(place, 'snapshots.bin'), 2600);
    await using set = await open(`${place}.set`);
    expect(set.info.warnings).toMatchObject([
      { code: 'unreadable-steps', message: expect.stringMatching(/^\d+ of 16 steps lie beyond the end of their file, first step \d+ in/) },
    ]);
    const first = Number(/first step (\d+)/.exec(set.info.warnings[0]?.message ?? '')?.[1]);
    for (const target of ['a.set', 'a.csv', 'a.vtp']) {
      const error: unknown = await write(`${place}.set`, { target: join(root, target) }).catch((thrown: unknown) => thrown);
      expect(isDataError(error, 'truncated')).toBe(true);
      expect((error as { readonly hint?: string }).hint).toContain(
        `Step ${first} of 0 to 15 cannot be read; the range 0:${first} leaves it out.`,
      );
      expect((await write(`${place}.set`, { target: join(root, target), range: `0:${first}`, force: true })).buffers).toBe(first);
    }
  });

  test('pulses of a set of several are counted as steps', async () => {
    const place = copyOf('pulses4');
    truncateSync(join(place, 'snapshots.bin'), readFileSync(join(place, 'snapshots.bin')).length - 8);
    await using set = await open(`${place}.set`);
    expect(set.info.warnings[0]?.message).toContain('1 of 3 steps lie beyond the end of their file, first pulse 3 of step 2 in');
  });
});

describe('what the source does not have is told by what is written', () => {
  test('scales', async () => {
    const place = copyOf('ipr2');
    unlinkSync(join(place, 'scales.xml'));
    expect((await write(`${place}.set`)).losses).toEqual([expect.stringContaining('positions are in voxels')]);
  });

  test('scales that were proposed, tracks that got other numbers, columns without numbers', async () => {
    const table = join(root, 'odd.parquet');
    await parquetWriteFile({
      filename: table,
      columnData: [
        ...['x', 'y', 'z', 'intensity'].map((name) => ({ name, data: [1, 2, 3], type: 'DOUBLE' as const })),
        { name: 'track', data: [7, 7, -1], type: 'INT32' },
        { name: 'step', data: [0, 1, 1], type: 'INT32' },
        { name: 'note', data: ['a', 'b', 'c'], type: 'STRING' },
      ],
    });
    writeFileSync(join(root, 'odd.json'), '{"times": [0, 1]}');
    const { losses } = await write(table, { to: 'davis-particles', options: { coordinates: 'scaled' } });
    expect(losses).toEqual(
      expect.arrayContaining([
        expect.stringContaining('There are no scales for the coordinates'),
        expect.stringContaining('numbered anew'),
        "Column 'note' is left out: particles have numbers only.",
      ]),
    );
  });

  test('two particles of a track in a step, and gaps', async () => {
    const place = copyOf('helix_tr');
    const snapshots = join(place, 'snapshots.bin');
    // The second particle of the first step takes the track of the first one.
    poke(snapshots, 16 + 24 + 32, readFileSync(snapshots).readUInt32LE(16 + 24));
    await using set = await open(`${place}.set`);
    expect((await set.step(0, 0)).warnings).toMatchObject([
      { code: 'double-particle', message: expect.stringMatching(/^Track \d+ has two particles in step 0; along/) },
    ]);
    expect((await write(`${place}.set`)).losses).toEqual(
      expect.arrayContaining([
        expect.stringContaining('has two particles in step 0'),
        expect.stringContaining('Tracks have gaps, 1 in all'),
      ]),
    );
  });

  test('conditions and ranges stand in the attributes of outputs', async () => {
    const target = join(root, 'some.csv');
    const particles = {
      selection: {
        filters: [
          { column: 'length', low: 4 },
          { column: 'speed', low: 1, high: 1e9 },
        ],
        every: 2,
      },
    };
    await write(join(FIXTURES, 'helix_tr.set'), { target, range: '2:10', particles });
    await using back = await open(target);
    expect(back.info.attributes['_StreaklineChanges']).toBe('range 2:10; length>=4; speed=1..1000000000; every=2');
  });
});
