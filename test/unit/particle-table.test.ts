import { describe, expect, test } from 'vitest';
import { npyHeaderBytes } from '../../main/codecs/npy.ts';
import { particleTable } from '../../main/formats/particle-table/particle-table.ts';
import { createCandidate } from '../../main/host/candidate.ts';
import { memoryFolder } from '../../main/sources/memory-folder.ts';
import type { DataError } from '../../shared/model/data-error.ts';
import type { ParticleDataset } from '../../shared/model/dataset.ts';
import { NO_TRACK } from '../../shared/model/particles.ts';
import { storedZip } from '../support/stored-zip.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function openTable(
  csv: string | Uint8Array,
  description?: unknown,
  options: Record<string, string> = {},
  name = 'parts.csv',
): Promise<ParticleDataset> {
  const bytes = typeof csv === 'string' ? encode(csv) : csv;
  const files = new Map([[name, bytes]]);
  if (description !== undefined)
    files.set(name.replace(/\.[^.]*$/, '.json'), encode(typeof description === 'string' ? description : JSON.stringify(description)));
  const { dataset } = await particleTable.open({
    folder: memoryFolder('', files),
    entry: { name, kind: 'file', size: bytes.length },
    options,
  });
  return dataset as ParticleDataset;
}

const failure = (opening: Promise<unknown>): Promise<DataError> =>
  opening.then(
    () => {
      throw new Error('opening should have failed');
    },
    (error: DataError) => error,
  );

const rows = (header: string, ...lines: readonly string[]): string => `${[header, ...lines].join('\n')}\n`;
const TR = 'x,y,z,intensity,track,step';
const MP = 'x,y,z,intensity,track,step,pulse';

describe('tables of particles', () => {
  test('time-resolved tracks, in any order of rows and with any numbers of tracks', async () => {
    await using set = await openTable(
      rows(
        'step;track;x;y;z;intensity;Size',
        '1;70;4;5;6;0;0.5',
        '0;70;1;2;3;4;0.25',
        '',
        '# a comment',
        '1;7;8;8;8;1;2',
        '2;7;9;9;9;2;',
        '2;-1;0;0;0;-inf;nan',
      ),
      {
        times: [0.1, 0.2, 0.3],
        scalar_scales: { Size: { slope: 2, unit: 'mm' } },
      },
    );
    expect(set.info).toMatchObject({
      summary: '<Time-resolved particle field with 3 time steps and 2 tracks>',
      particles: 5,
      startTime: 0.1,
      bounds: [0, 0, 0, 9, 9, 9],
      scalars: [{ name: 'Size', scale: { slope: 2, offset: 0, unit: 'mm', description: '' } }],
      warnings: [{ code: 'renumbered' }],
    });
    // Differences in whole picoseconds, as sets have them.
    expect([...(await set.times())]).toEqual([0, 0.1, 0.2]);
    expect(await set.trackTable(0, 2)).toMatchObject({ startStep: Uint32Array.of(1, 0), length: Uint32Array.of(2, 2) });
    const { track, intensity, scalars } = await set.step(2, 0);
    expect({ track, intensity, scalars }).toEqual({
      track: Uint32Array.of(0, NO_TRACK),
      intensity: Float32Array.of(2, Number.NEGATIVE_INFINITY),
      scalars: [Float32Array.of(Number.NaN, Number.NaN)],
    });
    expect((await set.track(1)).xyz).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
    expect((await set.tracks(0, 2)).intensity).toEqual(Float32Array.of(1, 2, 4, 0));
  });

  test('labels of rows, as pandas writes them in a column without a name, are no scalar', async () => {
    await using set = await openTable(rows(`,${TR},Size`, '0,1,2,3,4,-1,0,5', '1,1,2,3,4,-1,0,6'), { times: [0] });
    expect(set.info.scalars.map(({ name }) => name)).toEqual(['Size']);
    expect((await set.step(0, 0)).scalars).toEqual([Float32Array.of(5, 6)]);
  });

  test('several pulses, with and without tracks', async () => {
    await using tracks = await openTable(rows(MP, '1,1,1,1,0,0,1', '2,2,2,1,0,0,2', '3,3,3,1,0,0,3', '1,1,1,1,1,1,0', '2,2,2,1,1,1,1'), {
      times: [
        [0, 1, 2, 3],
        [10, 11, 12, 13],
      ],
    });
    expect(tracks.info).toMatchObject({ pulses: 4, steps: 2, tracks: 2, typeId: 'FOUR_PULSE' });
    expect(await tracks.trackTable(0, 2)).toMatchObject({
      startStep: Uint32Array.of(0, 1),
      startPulse: Uint8Array.of(1, 0),
      length: Uint32Array.of(3, 2),
    });
    expect([...(await tracks.times())]).toEqual([0, 1, 2, 3, 10, 11, 12, 13]);
    await using loose = await openTable(rows('x y z intensity step pulse', '1 2 3 4 0 1'), {
      times: [
        [0, 1],
        [2, 3],
      ],
    });
    expect({ summary: loose.info.summary, counts: [...(await loose.counts())] }).toEqual({
      summary: '<2-pulse particle field with 2 blocks and 0 tracks>',
      counts: [0, 1, 0, 0],
    });
    await using empty = await openTable(rows(TR), { times: [0] });
    expect(empty.info).toMatchObject({ particles: 0, tracks: 0, bounds: [0, 0, 0, 1, 1, 1] });
  });

  test('attributes, bounds and scales of the description', async () => {
    const scale = { slope: 0.5, offset: -1, unit: 'mm', description: 'd' };
    await using set = await openTable(rows(TR, '1,2,3,4,-1,0'), {
      times: [0],
      scales: { x: scale, i: scale },
      bounds: [
        [-0.5, 0, 0],
        [5, 5, 5.25],
      ],
      title: 'T',
      attributes: { text: 'a', list: [1, 2.5], array: { dtype: 'u2', shape: [1, 2], values: [1, 2] } },
      step_attributes: [{ a: 'b' }],
    });
    expect(set.info).toMatchObject({
      title: 'T',
      bounds: [-0.5, 0, 0, 5, 5, 5.25],
      scales: { x: scale, y: { slope: 1 }, i: scale },
      attributes: {
        text: 'a',
        list: { dtype: 'f8', shape: [1, 2], values: [1, 2.5] },
        array: { dtype: 'u2', shape: [1, 2], values: [1, 2] },
      },
    });
    expect(await set.stepAttributes(0)).toEqual({ a: 'b' });
  });

  test('coordinates=scaled: (value - offset) / slope in 4 bytes; scales are proposed where there are none', async () => {
    const table = rows(TR, '10.1,-3,0.5,7,0,0', '10.3,-3,0.25,9,0,1');
    const scales = { x: { slope: 0.1, offset: 10 }, y: { slope: -0.1, offset: -4 }, z: { slope: 3 }, i: { slope: 2, offset: 1 } };
    await using given = await openTable(table, { times: [0, 1], scales }, { coordinates: 'scaled' });
    expect((await given.track(0)).xyz).toEqual(
      Float32Array.of((10.1 - 10) / 0.1, (-3 + 4) / -0.1, 0.5 / 3, (10.3 - 10) / 0.1, (-3 + 4) / -0.1, 0.25 / 3),
    );
    expect((await given.track(0)).intensity).toEqual(Float32Array.of(3, 4));
    await using proposed = await openTable(
      rows(TR, '0,-50,7,1,-1,0', '120,40,7,1,-1,0', '60,0,7.5,1,-1,0'),
      { times: [0] },
      { coordinates: 'scaled' },
    );
    const { bounds, scales: found, warnings } = proposed.info;
    for (const axis of [0, 1, 2]) {
      const voxels = (bounds[axis + 3] ?? 0) - (bounds[axis] ?? 0);
      expect(voxels).toBeGreaterThanOrEqual(500);
      expect(voxels).toBeLessThanOrEqual(2000);
    }
    expect(warnings.map(({ code }) => code)).toEqual(['proposed-scales']);
    const { xyz } = await proposed.step(0, 0);
    for (const [i, value] of [0, -50, 7, 120, 40, 7, 60, 0, 7.5].entries()) {
      const { slope, offset } = [found.x, found.y, found.z][i % 3] ?? found.i;
      expect(Math.abs((xyz[i] ?? 0) * slope + offset - value)).toBeLessThan(1e-4);
    }
  });

  test('of positions with alike extents all axes get the same scale', async () => {
    await using set = await openTable(rows(TR, '0,0,0,1,-1,0', '120,90,60,1,-1,0'), { times: [0] }, { coordinates: 'scaled' });
    const { x, y, z } = set.info.scales;
    expect([y.slope, z.slope]).toEqual([x.slope, x.slope]);
  });

  test('an archive without a description is opened by the one beside it', async () => {
    await using set = await openTable(
      npz({ x: [1, 2], y: [1, 2], z: [1, 2], intensity: [1, 2], track: [5, 5], step: [0, 1] }),
      { times: [0, 1] },
      {},
      'p.npz',
    );
    expect(set.info).toMatchObject({ tracks: 1, particles: 2 });
  });

  test('tables of others are only opened where that is asked for', async () => {
    const files = new Map([
      ['a.csv', encode(rows(TR, '1,2,3,4,-1,0'))],
      ['a.npz', npz({ x: [1] })],
      ['a.h5', encode('\x89HDF')],
    ]);
    for (const [name, { length: size }] of files)
      expect((await particleTable.probe(createCandidate(memoryFolder('', files), { name, kind: 'file', size }))).score).toBe(0);
  });
});

describe('rules, told with row and reason', () => {
  const cases: readonly (readonly [what: string, csv: string, description: unknown, message: string])[] = [
    [
      'no such step',
      rows(TR, '1,1,1,1,-1,0', '1,1,1,1,-1,3'),
      { times: [0, 1, 2] },
      'Row 1 is of step 3; there are times for 3 steps, 0 to 2.',
    ],
    ['absurd step', rows(TR, '1,1,1,1,-1,1e300'), { times: [0] }, 'Row 0 is of step 1e+300;'],
    ['half a step', rows(TR, '1,1,1,1,-1,0.5'), { times: [0] }, 'Row 0 is of step 0.5;'],
    ['no such pulse', rows(MP, '1,1,1,1,-1,0,2'), { times: [[0, 1]] }, 'Row 0 is of pulse 2; a step has 2 times, 0 to 1.'],
    ['half a track', rows(TR, '1,1,1,1,0.5,0'), { times: [0] }, 'Row 0 is of track 0.5; tracks are whole numbers from 0 on, -1 is none.'],
    ['track below -1', rows(TR, '1,1,1,1,-2,0'), { times: [0] }, 'Row 0 is of track -2;'],
    ['track missing', rows(TR, '1,1,1,1,,0'), { times: [0] }, 'Row 0 has no number of its track;'],
    [
      'twice in a step',
      rows(TR, '1,1,1,1,4,0', '1,1,1,1,4,1', '2,2,2,2,4,1'),
      { times: [0, 1] },
      'Row 2: track 4 has a second particle in step 1.',
    ],
    [
      'twice in a pulse',
      rows(MP, '1,1,1,1,4,0,1', '2,2,2,2,4,0,1'),
      { times: [[0, 1]] },
      'Row 1: track 4 has a second particle in step 0, pulse 1.',
    ],
    [
      'a gap',
      rows(TR, '1,1,1,1,4,0', '2,2,2,2,4,2'),
      { times: [0, 1, 2] },
      'Row 1: track 4 has no particle in step 1, but goes on in step 2; tracks have no gaps.',
    ],
    [
      'too short',
      rows(TR, '1,1,1,1,4,0', '1,1,1,1,9,1', '1,1,1,1,4,1'),
      { times: [0, 1] },
      'Row 1: track 9 has a single particle; tracks have at least 2.',
    ],
    [
      'too short for 2 pulses',
      rows(MP, '1,1,1,1,4,0,1'),
      { times: [[0, 1]] },
      'Row 0: track 4 has a single particle; tracks have exactly 2.',
    ],
    [
      'too long for 2 pulses',
      rows(MP, '1,1,1,1,4,0,0', '1,1,1,1,4,0,1', '1,1,1,1,4,1,0'),
      {
        times: [
          [0, 1],
          [2, 3],
        ],
      },
      'Row 2: track 4 goes on from step 0 into step 1; tracks of 2-pulse data stay in one step.',
    ],
    [
      'too long for 4 pulses',
      rows(MP, '1,1,1,1,4,0,3', '1,1,1,1,4,1,0'),
      {
        times: [
          [0, 1, 2, 3],
          [4, 5, 6, 7],
        ],
      },
      'Row 1: track 4 goes on from step 0 into step 1; tracks of 4-pulse data stay in one step.',
    ],
    ['no number', rows(TR, '1,1,1,one,-1,0'), { times: [0] }, "Row 0 has 'one', which is no number."],
    [
      'NaN without bounds',
      rows(TR, '1,1,1,1,-1,0', 'nan,1,1,1,-1,0'),
      { times: [0] },
      'Row 1 has x = NaN; positions must be finite numbers where no bounds are given.',
    ],
    ['infinite without bounds', rows(TR, '1,1,inf,1,-1,0'), { times: [0] }, 'Row 0 has z = Infinity;'],
    ['too large', rows(TR, '1,1,1e39,1,-1,0'), { times: [0] }, 'Row 0 has z = 1e+39, which is too large for a number of 4 bytes.'],
    ['too few columns', rows(TR, '1,1,1,1,-1,0', '1,1,1'), { times: [0] }, 'Row 1 has 3 columns, the heading has 6.'],
    ['no intensity', rows('x,y,z,track,step', '1,1,1,-1,0'), { times: [0] }, "There is no column 'intensity';"],
    ['no step', rows('x,y,z,intensity', '1,1,1,1'), { times: [0, 1] }, "There is no column 'step', but there are times for 2 steps."],
    ['no pulse', rows(TR, '1,1,1,1,-1,0'), { times: [[0, 1]] }, "There is no column 'pulse', but a step has 2 times."],
    ['a column twice', rows(`${TR},x`, '1,1,1,1,-1,0,1'), { times: [0] }, "There are two columns 'x'."],
    [
      'a scale without column',
      rows(TR, '1,1,1,1,-1,0'),
      { times: [0], scalar_scales: { Size: { slope: 1 } } },
      "'scalar_scales' has 'Size', but there is no such column.",
    ],
    ['no times', rows(TR, '1,1,1,1,-1,0'), {}, "The description has no 'times'"],
    ['empty times', rows(TR), { times: [] }, "'times' must not be empty."],
    ['three pulses', rows(TR), { times: [[0, 1, 2]] }, "'times' must have 2 or 4 pulses a step where it has several, has 3."],
    ['uneven times', rows(TR), { times: [[0, 1], [2]] }, "Step 1 of 'times' has 1 times, step 0 has 2."],
    ['a time that is none', rows(TR), { times: [0, 'one'] }, `Step 1 of 'times' must hold numbers of seconds, got "one".`],
    ['an endless time', rows(TR), { times: [1e300] }, "Step 0 of 'times' must hold numbers of seconds, got 1e+300."],
    ['slope 0', rows(TR), { times: [0], scales: { y: { slope: 0 } } }, "'scales.y' has the slope 0, by which no value can be stored."],
    ['an unknown key', rows(TR), { times: [0], foo: 1 }, "The description has the unknown key 'foo'; known are times,"],
    ['an unknown axis', rows(TR), { times: [0], scales: { w: { slope: 1 } } }, "'scales' has 'w'; there are x, y, z and i."],
    [
      'odd bounds',
      rows(TR),
      { times: [0], bounds: [1, 2, 3] },
      "'bounds' must be [[x, y, z], [x, y, z]], the lowest and the highest, got [1,2,3].",
    ],
    ['a number as attribute', rows(TR), { times: [0], attributes: { n: 1 } }, "Attribute 'n' must be a text or an array, got 1."],
    [
      'a plane as attribute',
      rows(TR),
      { times: [0], attributes: { p: { dtype: 'f4', shape: [2, 1], values: [1, 2] } } },
      "Attribute 'p' has the shape [2,1]; arrays of particle sets have one row, [1, 2].",
    ],
    [
      'a type that attributes do not have',
      rows(TR),
      { times: [0], attributes: { p: { dtype: 'i8', shape: [1, 1], values: [1] } } },
      `Attribute 'p' has the type "i8"; arrays are of u2, i4, f4, f8.`,
    ],
    ...(
      [
        ['u2', 70_000, 'whole numbers from 0 to 65535'],
        ['u2', -1, 'whole numbers from 0 to 65535'],
        ['i4', 1.5, 'whole numbers from -2147483648 to 2147483647'],
        ['i4', 2 ** 31, 'whole numbers from -2147483648 to 2147483647'],
        ['f4', 1e39, 'numbers up to 3.4e38'],
      ] as const
    ).map(([dtype, value, range]): (typeof cases)[number] => [
      `${value} as ${dtype} of an attribute`,
      rows(TR),
      { times: [0], attributes: { n: { dtype, shape: [1, 2], values: [1, value] } } },
      `Attribute 'n' has the number ${value}, which is none of its type ${dtype} (${range}).`,
    ]),
    ['an attribute without name', rows(TR), { times: [0], attributes: { '': 'x' } }, "'attributes' has an attribute with an empty name."],
    ['a row without a step', rows(TR, '1,2,3,4,0,'), { times: [0] }, 'Row 0 has no number of its step; there are times for 1 steps'],
    ['no names', '1,2,3,4,0,0\n', { times: [0] }, 'The table has no heading: its first line holds numbers.'],
    ['a scale without slope', rows(TR), { times: [0], scales: { x: { offset: 1 } } }, "'scales.x.slope' must be a number, got nothing."],
    ['no JSON', rows(TR), '{"times": [0}', 'The description of the particles is no JSON:'],
    ['no heading', '\n# only comments\n', { times: [0] }, 'parts.csv has no heading'],
  ];

  test.each(cases)('%s', async (_what, csv, description, message) => {
    const error = await failure(openTable(csv, description));
    expect({ code: error.code, message: error.message }).toEqual({ code: 'malformed', message: expect.stringContaining(message) });
    expect(error.message.match(/[.:]\s|[.]$/g)?.length).toBeLessThanOrEqual(3);
  });

  test('positions that are no numbers may stand where there are bounds', async () => {
    await using set = await openTable(rows(TR, 'nan,inf,1,1,-1,0'), {
      times: [0],
      bounds: [
        [0, 0, 0],
        [1, 1, 1],
      ],
    });
    expect((await set.step(0, 0)).xyz).toEqual(Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, 1));
  });

  test('without a description it is said where it should be', async () => {
    expect(await failure(openTable(rows(TR)))).toMatchObject({
      code: 'missing-companion',
      message: expect.stringContaining('there is no parts.json beside it'),
      hint: expect.stringContaining('-o description=FILE.json'),
    });
  });

  test('archives: columns of other lengths, shapes and types', async () => {
    const table = { x: [1, 2], y: [1, 2], z: [1, 2], intensity: [1, 2] };
    const message = async (members: Record<string, readonly number[]>, shape?: readonly number[]): Promise<string> =>
      (await failure(openTable(npz(members, shape), { times: [0] }, {}, 'p.npz'))).message;
    expect(await message({ ...table, track: [1] })).toBe("'track' has 1 rows, 'x' has 2.");
    expect(await message({ ...table, track: [1, 2, 3, 4] }, [2, 2])).toContain("'track' has the shape (2, 2); a column has one axis.");
  });
});

/** An archive of f8 arrays, stored; `shape` is that of the last one. */
function npz(members: Record<string, readonly number[]>, shape?: readonly number[]): Uint8Array {
  const names = Object.keys(members);
  const entries = names.map((name, i) => {
    const values = members[name] ?? [];
    const head = npyHeaderBytes('<f8', shape && i === names.length - 1 ? shape : [values.length]);
    return { name: `${name}.npy`, data: Buffer.concat([head, Buffer.from(Float64Array.from(values).buffer)]) };
  });
  return storedZip(entries);
}
