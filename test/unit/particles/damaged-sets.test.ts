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
import { readTrackFacts } from '../../../shared/compute/particles/track-facts.ts';
import { isDataError } from '../../../shared/model/data-error.ts';
import { isFrameDataset, type ParticleDataset } from '../../../shared/model/dataset.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';
import { DIFFERENCE } from '../../../shared/model/track-selection.ts';

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

describe('records of large tables', () => {
  const TRACKS = 2 ** 20 + 10;
  const BAD = 2 ** 20 + 3;

  test('are looked through where they are used: the damaged one costs its track, everywhere, and is told', async () => {
    const place = copyOf('helix_tr');
    const path = join(place, 'tracks.bin');
    const table = Buffer.alloc(16 + 12 * TRACKS);
    readFileSync(path).copy(table);
    table.writeUInt32LE(TRACKS, 4);
    table.writeUInt32LE(4_000_000_000, 16 + 12 * BAD + 8);
    writeFileSync(path, table);
    // The first particle of the first step gets its number.
    poke(join(place, 'snapshots.bin'), 16 + 24, BAD);
    const told = { code: 'damaged-tracks', path, offset: 16 + 12 * BAD, message: expect.stringContaining(`Track ${BAD} has 4000000000`) };

    await using fresh = await open(`${place}.set`);
    expect(fresh.info.warnings).toEqual([]);
    const set = await fresh.step(0, 0);
    expect(set.track.at(-1)).toBe(NO_TRACK);
    expect(set.warnings).toMatchObject([
      { code: 'unknown-track', message: expect.stringContaining('1 particles of snapshot 0 name tracks') },
    ]);
    expect((await fresh.trackTable(BAD - 1, BAD + 2)).length).toEqual(Uint32Array.of(0, 0, 0));
    expect((await fresh.tracks(BAD - 1, BAD + 2)).first).toEqual(Uint32Array.of(0, 0, 0, 0));
    await expect(fresh.track(BAD)).rejects.toMatchObject({ code: 'malformed', offset: 16 + 12 * BAD });
    expect(await fresh.checkTracks()).toMatchObject([told]);

    await using other = await open(`${place}.set`);
    const facts = await readTrackFacts(other, { columns: [], box: false, differentiation: DIFFERENCE });
    expect(facts.warnings).toMatchObject([told]);
    const { losses } = await write(`${place}.set`, { particles: { selection: { filters: [{ column: 'length', low: 2 }] } } });
    expect(losses).toEqual(expect.arrayContaining([expect.stringContaining(`Track ${BAD} has 4000000000 particles`)]));
  });
});

describe('cut files', () => {
  test.each([
    ['helix_tr', 5 * 49, 5, 16],
    ['helix_tr', 15 * 49 + 48, 15, 16],
    ['pulses4', 7 * 49, 1, 3],
  ])('index of %s at byte %d: %d of %d steps open, with one warning', async (name, size, there, steps) => {
    const place = copyOf(name);
    const path = join(place, 'snapshotpositions.bin');
    truncateSync(path, size);
    await using set = await open(`${place}.set`);
    await using whole = await open(join(FIXTURES, `${name}.set`));
    expect(set.info.steps).toBe(there);
    expect(set.info.warnings).toMatchObject([
      { code: 'truncated', path, offset: size, message: expect.stringContaining(`${path} ends after ${there} of ${steps} steps`) },
    ]);
    const last = { track: (await set.step(there - 1, 0)).track, xyz: (await set.step(there - 1, 0)).xyz };
    expect(last).toEqual({ track: (await whole.step(there - 1, 0)).track, xyz: (await whole.step(there - 1, 0)).xyz });
    const { tracks, pulses } = set.info;
    expect(tracks).toBe(whole.info.tracks);
    const [cut, full] = [await set.tracks(0, tracks), await whole.tracks(0, tracks)];
    for (let id = 0; id < tracks; id++) {
      const start = (full.startStep[id] as number) * pulses + (full.startPulse[id] as number);
      const points = Math.max(0, Math.min((full.first[id + 1] as number) - (full.first[id] as number), there * pulses - start));
      expect((cut.first[id + 1] as number) - (cut.first[id] as number)).toBe(points);
      const rows = ({ first, xyz }: typeof cut): Float32Array => xyz.slice(3 * (first[id] as number), 3 * ((first[id] as number) + points));
      expect(rows(cut)).toEqual(rows(full));
    }
    const { losses, buffers } = await write(`${place}.set`);
    expect([buffers, losses]).toEqual([there, expect.arrayContaining([expect.stringContaining(`ends after ${there} of ${steps} steps`)])]);
  });

  test('an index without a whole step', async () => {
    const place = copyOf('pulses4');
    truncateSync(join(place, 'snapshotpositions.bin'), 3 * 49);
    await expect(open(`${place}.set`)).rejects.toMatchObject({
      code: 'truncated',
      offset: 3 * 49,
      message: expect.stringContaining('none of the 3'),
    });
  });

  test.each([
    [undefined, 'missing-companion', 'tracks.bin is missing: all particles are shown without track.'],
    [0, 'truncated', 'tracks.bin has 0 of 16 bytes of its head: all particles are shown without track.'],
  ])('a track table of %s bytes: particles without tracks', async (size, code, message) => {
    for (const name of ['helix_tr', 'old0']) {
      const place = copyOf(name);
      const path = join(place, 'tracks.bin');
      if (size === undefined) unlinkSync(path);
      else truncateSync(path, size);
      await using set = await open(`${place}.set`);
      expect(set.info).toMatchObject({ tracks: 0, warnings: [{ code, path, message: expect.stringContaining(message) }] });
      await using whole = await open(join(FIXTURES, `${name}.set`));
      const { count, track } = await set.step(1, 0);
      expect([count, new Set(track)]).toEqual([(await whole.step(1, 0)).count, new Set([NO_TRACK])]);
    }
  });

  test('the older layout: steps and tracks before the end', async () => {
    for (const name of ['old0', 'old1']) {
      await using whole = await open(join(FIXTURES, `${name}.set`));
      const { steps, tracks } = whole.info;
      const [first = 0, second = 0] = await whole.counts();
      const place = copyOf(name);
      // Two snapshots, and the head of the third begins.
      const size = 16 + 2 * 16 + 24 * (first + second) + 5;
      truncateSync(join(place, 'snapshots.bin'), size);
      const table = join(place, 'tracks.bin');
      truncateSync(table, readFileSync(table).length - 2);
      await using set = await open(`${place}.set`);
      expect(set.info).toMatchObject({
        steps: 2,
        tracks: tracks - 1,
        warnings: [
          { code: 'truncated', offset: size, message: expect.stringContaining(`ends after 2 of ${steps} steps`) },
          { code: 'truncated', path: table, message: expect.stringContaining(`promises ${tracks} tracks and holds ${tracks - 1}`) },
        ],
      });
      expect((await set.step(1, 0)).xyz).toEqual((await whole.step(1, 0)).xyz);
      for (const length of (await set.trackTable(0, tracks - 1)).length) expect(length).toBeLessThanOrEqual(2);
    }
  });

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
