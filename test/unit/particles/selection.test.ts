import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSelection } from '../../../shared/compute/particles/selection-text.ts';
import { readTrackFacts } from '../../../shared/compute/particles/track-facts.ts';
import { checkSelection, passingParticle, passingTracks } from '../../../shared/compute/particles/track-selection.ts';
import { ALL_TRACKS, DIFFERENCE, type TrackSelection } from '../../../shared/model/track-selection.ts';
import { timedParticles } from '../../support/timed-particles.ts';

/** Speeds 1, 3 and unknown; lengths 4, 3, 1. */
const SET = timedParticles(
  [0, 1, 2, 3],
  [
    {
      start: 0,
      points: [
        [0, 0, 0],
        [1, 0, 0],
        [2, 0, 0],
        [3, 0, 0],
      ],
    },
    {
      start: 1,
      points: [
        [0, 5, 0],
        [0, 8, 0],
        [0, 11, 0],
      ],
    },
    { start: 0, points: [[7, 7, 7]] },
  ],
  { free: [[0, 1, 1, 1]] },
);

async function passing(selection: TrackSelection): Promise<readonly number[]> {
  const facts = await readTrackFacts(SET, { columns: ['speed', 'x', 'intensity'], box: true, differentiation: DIFFERENCE });
  const { mask, counts } = passingTracks(facts, selection);
  const ids = [...mask.keys()].filter((id) => mask[id] === 1);
  expect([counts.total, counts.shown, counts.each.length]).toEqual([3, ids.length, selection.filters.length + (selection.box ? 1 : 0)]);
  return ids;
}

describe('facts of tracks', () => {
  test('starts, lengths, boxes and means', async () => {
    const told: (readonly number[])[] = [];
    const facts = await readTrackFacts(
      SET,
      { columns: ['speed', 'y', 'length', 'id'], box: true, differentiation: DIFFERENCE },
      { progress: (done, total) => told.push([done, total]) },
    );
    expect([...facts.startStep]).toEqual([0, 1, 0]);
    expect([...facts.length]).toEqual([4, 3, 1]);
    expect([...(facts.box as Float32Array)]).toEqual([0, 0, 0, 3, 0, 0, 0, 5, 0, 0, 11, 0, 7, 7, 7, 7, 7, 7]);
    expect(['speed', 'y', 'length', 'id'].map((name) => [...(facts.means.get(name) as Float32Array)])).toEqual([
      [1, 3, Number.NaN],
      [0, 8, 7],
      [4, 3, 1],
      [0, 1, 2],
    ]);
    expect(told).toEqual([
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 4],
    ]);
  });

  test('start and length need no particle', async () => {
    const blind = { ...SET, step: () => Promise.reject(new Error('read')) };
    expect([...(await readTrackFacts(blind, { columns: ['length'], box: false, differentiation: DIFFERENCE })).length]).toEqual([4, 3, 1]);
  });

  test('what cannot be', async () => {
    await expect(readTrackFacts(SET, { columns: ['foo'], box: false, differentiation: DIFFERENCE })).rejects.toMatchObject({
      code: 'invalid-option',
      message: "The particles of made have no column 'foo'.",
    });
    const many = { ...SET, info: { ...SET.info, tracks: 4e8 } };
    await expect(readTrackFacts(many, { columns: ['speed'], box: true, differentiation: DIFFERENCE })).rejects.toMatchObject({
      code: 'too-large',
    });
    await expect(
      readTrackFacts(SET, { columns: ['speed'], box: true, differentiation: DIFFERENCE }, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('selections', () => {
  test.each<[TrackSelection, readonly number[]]>([
    [ALL_TRACKS, [0, 1, 2]],
    [{ filters: [{ column: 'length', low: 3 }] }, [0, 1]],
    [
      {
        filters: [
          { column: 'length', low: 3 },
          { column: 'speed', high: 2 },
        ],
      },
      [0],
    ],
    [{ filters: [{ column: 'speed' }] }, [0, 1]],
    [{ filters: [{ column: 'id', low: 1, high: 2 }] }, [1, 2]],
    [{ filters: [], every: 2 }, [0, 2]],
    [{ filters: [], box: { low: [2.5, -1, -1], high: [9, 9, 9], whole: false } }, [0, 2]],
    [{ filters: [], box: { low: [-1, -1, -1], high: [9, 9, 9], whole: true } }, [0, 2]],
  ])('%j', async (selection, ids) => {
    expect(await passing(selection)).toEqual(ids);
  });

  test('each condition is counted alone', async () => {
    const facts = await readTrackFacts(SET, { columns: ['speed'], box: true, differentiation: DIFFERENCE });
    const { counts } = passingTracks(facts, {
      filters: [
        { column: 'length', low: 3 },
        { column: 'speed', low: 2 },
      ],
      box: { low: [5, 5, 5], high: [8, 8, 8], whole: false },
    });
    expect(counts).toEqual({ total: 3, shown: 0, each: [2, 1, 1] });
  });

  test('particles without track', () => {
    const own = (column: string): number => ({ x: 1, y: 2, z: 3, intensity: 40 })[column] ?? Number.NaN;
    expect(passingParticle({ filters: [{ column: 'intensity', low: 30 }] }, 0, own)).toBe(true);
    expect(passingParticle({ filters: [{ column: 'length', low: 0 }] }, 0, own)).toBe(false);
    expect(passingParticle({ filters: [], box: { low: [0, 0, 0], high: [1, 2, 3], whole: true } }, 0, own)).toBe(true);
    expect(passingParticle({ filters: [], box: { low: [0, 0, 0], high: [1, 2, 2.9], whole: false } }, 0, own)).toBe(false);
    expect([0, 1, 2].map((order) => passingParticle({ filters: [], every: 2 }, order, own))).toEqual([true, false, true]);
  });

  test('ranges that hold nothing', () => {
    expect(() => checkSelection({ filters: [{ column: 'speed', low: 3, high: 2 }] })).toThrow(
      'The range of speed goes from 3 to 2: nothing lies in it.',
    );
    expect(() => checkSelection({ filters: [], box: { low: [0, 0, 0], high: [1, -1, 1], whole: false } })).toThrow(
      'The box goes from 0 to -1 along y: nothing lies in it.',
    );
  });
});

describe('selections as texts', () => {
  test.each<[readonly string[], TrackSelection]>([
    [[], { filters: [] }],
    [['length>=12'], { filters: [{ column: 'length', low: 12 }] }],
    [
      ['speed=0.5..2', ' x <= -3e2 '],
      {
        filters: [
          { column: 'speed', low: 0.5, high: 2 },
          { column: 'x', high: -300 },
        ],
      },
    ],
    [
      ['speed=..2', 'w=-1..'],
      {
        filters: [
          { column: 'speed', high: 2 },
          { column: 'w', low: -1 },
        ],
      },
    ],
    [
      ['id=7', 'Particle diameter=2', '"a>b">=1'],
      {
        filters: [
          { column: 'id', low: 7, high: 7 },
          { column: 'Particle diameter', low: 2, high: 2 },
          { column: 'a>b', low: 1 },
        ],
      },
    ],
    [['every=3', 'inside=0,-1,0..1,1,2.5'], { filters: [], every: 3, box: { low: [0, -1, 0], high: [1, 1, 2.5], whole: true } }],
    [['box=0,0,0..1,1,1'], { filters: [], box: { low: [0, 0, 0], high: [1, 1, 1], whole: false } }],
  ])('%j', (texts, selection) => {
    expect(parseSelection(texts)).toEqual(selection);
  });

  test('more and less leave the number itself out', () => {
    for (const number of [12, -12, 0, 1e-300, 0.1]) {
      const [{ low = 0 } = {}, { high = 0 } = {}] = parseSelection([`a>${number}`, `a<${number}`]).filters;
      expect([low > number, high < number]).toEqual([true, true]);
      expect([low - number < 1e-14 * Math.abs(number) + 1e-307, number - high < 1e-14 * Math.abs(number) + 1e-307]).toEqual([true, true]);
    }
  });

  test.each([
    '',
    'length',
    '>=3',
    'length>=',
    'length>=abc',
    'length=..',
    'length=1..2..3',
    'box=0,0..1,1',
    'box>=1',
    'every=1.5',
    'every=0',
    'length>=1e999',
    'x=1,2',
  ])('%s is refused', (text) => {
    expect(() => parseSelection([text])).toThrow(expect.objectContaining({ code: 'invalid-option' }));
  });

  test('any text is a selection or refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z" ]{0,8}[<>=]{1,2}[-+.0-9e, ]{0,12}$/)), (text) => {
        try {
          checkSelection(parseSelection([text]));
        } catch (error) {
          expect(error).toMatchObject({ name: 'DataError', code: 'invalid-option' });
        }
      }),
      { numRuns: 500 },
    );
  });

  test('one box', () => {
    expect(() => parseSelection(['box=0,0,0..1,1,1', 'inside=0,0,0..1,1,1'])).toThrow('second box');
  });
});
