import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { npyHeaderBytes } from '../../main/codecs/npy.ts';
import { sampleTypeText } from '../../main/codecs/sample-type.ts';
import { npy } from '../../main/formats/npy.ts';
import type { OptionValues } from '../../shared/model/option.ts';
import { memoryFolder } from '../../main/sources/memory-folder.ts';
import { npyArray } from '../../main/writers/npy-array.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { bufferCount } from '../../shared/model/dataset.ts';
import { bytesOf, DTYPES, sampleBytes, sampleElements, viewSamples, type DType } from '../../shared/model/dtype.ts';

const BIT_FLIPS = 2000;
/** A file of a few hundred bytes must never make the reader hold more than this. */
const MEMORY_BYTES = 64 * 1024 * 1024;

function fileOf(dtype: DType, shape: readonly number[], data: Uint8Array): Uint8Array {
  const header = npyHeaderBytes(sampleTypeText({ dtype, littleEndian: true }), shape);
  const bytes = new Uint8Array(header.length + data.length);
  bytes.set(header);
  bytes.set(data, header.length);
  return bytes;
}

/** All frames as bytes in C order. */
async function readAll(file: Uint8Array, options: OptionValues = {}): Promise<Uint8Array> {
  const folder = memoryFolder('memory', new Map([['a.npy', file]]));
  const { dataset } = await npy.open({ folder, entry: { name: 'a.npy', kind: 'file', size: file.length }, options });
  await using _ = dataset;
  const planes: Uint8Array[] = [];
  for (let i = 0; i < Math.min(bufferCount(dataset.info), 1000); i++) {
    const buffer = await dataset.buffer(i);
    for (let plane = 0; plane < (buffer.info.frames[0]?.planes ?? 0); plane++)
      planes.push(bytesOf((await buffer.plane({ frame: 0, component: 'PIXEL', plane })).data));
  }
  return Buffer.concat(planes);
}

const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 });

/** The same array with its first axis fastest. */
function toFortran(data: Uint8Array, shape: readonly number[], bytes: number): Uint8Array {
  const out = new Uint8Array(data.length);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  for (let flat = 0; flat * bytes < data.length; flat++) {
    let rest = flat;
    let place = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += (rest % (shape[axis] as number)) * (strides[axis] as number);
      rest = Math.floor(rest / (shape[axis] as number));
    }
    out.set(data.subarray(flat * bytes, (flat + 1) * bytes), place * bytes);
  }
  return out;
}

describe('NPY', () => {
  test('what is written is read back, in either order of axes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...DTYPES),
        shapes,
        fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
        async (dtype, shape, stream) => {
          const samples = shape.reduce((product, size) => product * size, 1);
          const data = Uint8Array.from(stream.take(samples * sampleBytes(dtype)));
          const file = fileOf(dtype, shape, data);
          expect(Buffer.from(await readAll(file)).equals(data)).toBe(true);
          const turned = fileOf(dtype, shape, toFortran(data, shape, sampleBytes(dtype)));
          const text = Buffer.from(turned).toString('latin1').replace("'fortran_order': False", "'fortran_order': True ");
          expect(Buffer.from(await readAll(Buffer.from(text, 'latin1'))).equals(data)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('the writer makes the file plane by plane', async () => {
    const dtype = 'c8';
    const plane = viewSamples(dtype, Float32Array.from({ length: 6 * sampleElements(dtype) }, (_, i) => i / 3).buffer, 0, 6);
    const written: Uint8Array[] = [];
    const sink = await npyArray.begin(
      {
        target: 'x',
        write: async (bytes) => {
          written.push(bytes.slice());
        },
        overwrite: async () => {},
        read: async () => new Uint8Array(0),
        commit: async () => {},
        discard: async () => {},
      },
      { shape: [2, 2, 3], dtype },
    );
    await sink.append(plane);
    await sink.append(plane);
    const bytes = Buffer.concat([bytesOf(plane), bytesOf(plane)]);
    expect(Buffer.concat(written).equals(fileOf(dtype, [2, 2, 3], bytes))).toBe(true);
  });

  test('a cut file is an error at every length', async () => {
    const file = fileOf('u2', [3, 2, 4], new Uint8Array(48).fill(7));
    for (let length = 0; length < file.length; length++) {
      const outcome = await readAll(file.slice(0, length)).then(
        () => 'read',
        (error: unknown) => error,
      );
      expect(outcome, `${length} bytes`).toBeInstanceOf(DataError);
    }
  });

  test('flipped bits give a DataError or data, within memory', async () => {
    const file = fileOf(
      'u2',
      [3, 2, 4],
      Uint8Array.from({ length: 48 }, (_, i) => i),
    );
    const header = file.length - 48;
    let opened = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: header + 8 }), fc.nat({ max: 7 })), { minLength: 1, maxLength: 3 }),
        async (flips) => {
          const damaged = file.slice();
          for (const [at, bit] of flips) damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
          try {
            const data = await readAll(damaged);
            opened++;
            expect(data.length).toBeLessThanOrEqual(damaged.length);
          } catch (error) {
            expect(error).toBeInstanceOf(DataError);
            expect((error as DataError).code).not.toBe('internal');
          }
        },
      ),
      { numRuns: BIT_FLIPS },
    );
    expect(opened).toBeGreaterThan(0);
    expect(opened).toBeLessThan(BIT_FLIPS);
    expect(process.memoryUsage().arrayBuffers).toBeLessThan(MEMORY_BYTES);
  });
});
