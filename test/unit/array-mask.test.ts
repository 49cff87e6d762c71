import fc from 'fast-check';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fittingMask } from '../../main/formats/array-mask.ts';
import { convert } from '../../main/host/convert.ts';
import { openFrames } from '../../main/host/open-path.ts';
import { createAtomicFile } from '../../main/writers/atomic-file.ts';
import { createZipFile } from '../../main/writers/zip-file.ts';
import { npyBytes } from '../support/npy-bytes.ts';
import { temporaryFolder } from '../support/export-round-trip.ts';

function maskOf(shape: readonly number[]) {
  const flags = Uint8Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (i % 3 === 1 ? 0 : 7));
  return { shape, flags, read: async (first: number, samples: number) => flags.slice(first, first + samples) };
}

describe('a mask beside an array', () => {
  it('is spread over it as NumPy does', async () => {
    const cases = fc
      .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
      .chain((shape) =>
        fc.record({ shape: fc.constant(shape), lead: fc.nat(shape.length), ones: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }) }),
      );
    await fc.assert(
      fc.asyncProperty(cases, async ({ shape, lead, ones }) => {
        const own = shape.slice(lead).map((size, axis) => (ones[axis] ? 1 : size));
        const mask = maskOf(own);
        const total = shape.reduce((a, b) => a * b, 1);
        const wanted = Array.from({ length: total }, (_, flat) => {
          const at = shape.map((size, axis) => Math.floor(flat / shape.slice(axis + 1).reduce((a, b) => a * b, 1)) % size);
          const place = own.reduce((sum, size, axis) => sum * size + (size === 1 ? 0 : (at[lead + axis] as number)), 0);
          return mask.flags[place] === 0 ? 0 : 1;
        });
        const read = fittingMask(mask, shape);
        expect([...((await read?.(0, total, {})) ?? [])]).toEqual(wanted);
        const from = Math.floor(total / 2);
        expect([...((await read?.(from, total - from, {})) ?? [])]).toEqual(wanted.slice(from));
      }),
    );
  });

  it.each([
    [
      [3, 4],
      [2, 4, 3],
    ],
    [
      [2, 3],
      [2, 3, 4],
    ],
    [[24], [2, 3, 4]],
    [
      [1, 2, 3, 4],
      [2, 3, 4],
    ],
  ])('of shape %j does not fit %j', (mask, shape) => {
    expect(fittingMask(maskOf(mask), shape)).toBeUndefined();
  });

  it('that does not fit is told by the dataset and by its conversion', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.npz');
    await writeFile(path, '');
    const file = await createAtomicFile(path, { force: true });
    const zip = createZipFile(file);
    for (const [name, bytes] of [
      ['data.npy', npyBytes('u2', [2, 3, 4], new Uint16Array(24))],
      ['mask.npy', npyBytes('u1', [4, 3], new Uint8Array(12))],
    ] as const) {
      const member = zip.begin(name, bytes.length);
      await member.append(bytes);
    }
    await zip.finish();
    await file.commit();
    const sentence = 'The mask of shape (4, 3) does not fit the array of shape (2, 3, 4) and is ignored.';
    const { dataset } = await openFrames(path, {});
    await using _ = dataset;
    expect(dataset.info.warnings).toMatchObject([{ code: 'ignored-mask', message: sentence }]);
    const target = join(folder.path, 'a.set');
    const { losses } = await convert({ paths: [path], target, open: {}, options: {}, set: [], force: false, resume: false });
    expect(losses).toContain(sentence);
  });
});
