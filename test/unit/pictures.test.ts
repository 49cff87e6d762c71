import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../main/codecs/crc32.ts';
import { pictures } from '../../main/formats/pictures.ts';
import { probePath } from '../../main/host/open-path.ts';
import type { TypedArray } from '../../shared/model/dtype.ts';
import { openWith, temporaryFolder } from '../support/export-round-trip.ts';

type Depth = 1 | 2 | 4 | 8 | 16;

function png(
  width: number,
  height: number,
  channels: number,
  data: Uint8Array | Uint16Array,
  depth: Depth = data instanceof Uint16Array ? 16 : 8,
): Uint8Array {
  return encode({ width, height, channels, data, depth });
}

async function pixelsOf(bytes: Uint8Array, name = 'a.png'): Promise<TypedArray> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, name);
  await writeFile(path, bytes);
  await using dataset = await openWith(pictures, path);
  return (await (await dataset.buffer(0)).plane({ frame: 0, component: 'PIXEL', plane: 0 })).data;
}

describe('PNG', () => {
  it('grey of 8 and 16 bits is taken as it is', async () => {
    expect(await pixelsOf(png(2, 1, 1, Uint8Array.of(7, 255)))).toEqual(Uint8Array.of(7, 255));
    expect(await pixelsOf(png(2, 1, 1, Uint16Array.of(7, 65_535)))).toEqual(Uint16Array.of(7, 65_535));
    expect(await pixelsOf(png(2, 1, 2, Uint8Array.of(7, 0, 9, 255)))).toEqual(Uint8Array.of(7, 9));
  });

  it('colours become grey in float32', async () => {
    const grey = (r: number, g: number, b: number): number => 0.299 * r + 0.587 * g + 0.114 * b;
    expect(await pixelsOf(png(2, 1, 3, Uint8Array.of(10, 20, 30, 255, 255, 255)))).toEqual(
      Float32Array.of(grey(10, 20, 30), grey(255, 255, 255)),
    );
    expect(await pixelsOf(png(1, 1, 4, Uint16Array.of(1000, 2000, 60_000, 5)))).toEqual(Float32Array.of(grey(1000, 2000, 60_000)));
  });

  it('colours stay components of their own where that is asked for, greys stay one', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.png');
    await writeFile(path, png(2, 1, 4, Uint16Array.of(1000, 2000, 60_000, 5, 1, 2, 3, 4)));
    await using dataset = await openWith(pictures, path, { colors: 'rgb' });
    const buffer = await dataset.buffer(0);
    expect(buffer.info.frames[0]?.components.map(({ name, dtype }) => `${name} ${dtype}`)).toEqual(['R u2', 'G u2', 'B u2']);
    const read = async (component: string) => (await buffer.plane({ frame: 0, component, plane: 0 })).data;
    expect([await read('R'), await read('G'), await read('B')]).toEqual([
      Uint16Array.of(1000, 1),
      Uint16Array.of(2000, 2),
      Uint16Array.of(60_000, 3),
    ]);
    await expect(read('PIXEL')).rejects.toThrow("no component 'PIXEL': stored is R, G, B");
    await writeFile(path, png(2, 1, 1, Uint8Array.of(7, 255)));
    await using grey = await openWith(pictures, path, { colors: 'rgb' });
    expect((await grey.buffer(0)).info.frames[0]?.components.map(({ name }) => name)).toEqual(['PIXEL']);
  });

  it('greys of a palette are grey, and transparency is told', async () => {
    const palette = [
      [9, 9, 9],
      [200, 200, 200],
    ] as [number, number, number][];
    const bytes = encode({ width: 2, height: 1, channels: 1, depth: 8, data: Uint8Array.of(1, 0), palette });
    expect(await pixelsOf(bytes)).toEqual(Uint8Array.of(200, 9));
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'a.png'), png(1, 1, 2, Uint8Array.of(7, 0)));
    await using dataset = await openWith(pictures, join(folder.path, 'a.png'));
    expect((await dataset.buffer(0)).warnings).toMatchObject([{ code: 'alpha' }]);
    await writeFile(join(folder.path, 'a.png'), png(1, 1, 4, Uint8Array.of(7, 8, 9, 0)));
    expect((await dataset.buffer(0)).warnings).toMatchObject([
      { code: 'colors', message: expect.stringContaining('became grey') },
      { code: 'alpha' },
    ]);
    await using rgb = await openWith(pictures, join(folder.path, 'a.png'), { colors: 'rgb' });
    expect((await rgb.buffer(0)).warnings).toMatchObject([{ code: 'alpha' }]);
  });

  it.each<[Depth, number, readonly number[]]>([
    [1, 0b10100000, [1, 0, 1]],
    [2, 0b11011000, [3, 1, 2]],
    [4, 0xa5, [10, 5]],
  ])('grey of %i bits is unpacked', async (depth, byte, wanted) => {
    const source = png(wanted.length, 1, 1, new Uint8Array(wanted.length));
    const bytes = rewritten(source, depth, [0, byte]);
    expect(await pixelsOf(bytes)).toEqual(Uint8Array.from(wanted));
  });
});

describe('folder of pictures', () => {
  it('is one buffer a file in natural order', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'run');
    await mkdir(path);
    for (const number of [10, 2, 1]) await writeFile(join(path, `img${number}.png`), png(1, 1, 1, Uint8Array.of(number)));
    await writeFile(join(path, 'notes.txt'), 'x');
    await using dataset = await openWith(pictures, path);
    expect(dataset.info.nav[0]?.size).toBe(3);
    const names = await Promise.all([0, 1, 2].map(async (index) => (await dataset.buffer(index)).info.name));
    expect(names).toEqual(['img1.png', 'img2.png', 'img10.png']);
    await expect(dataset.buffer(3)).rejects.toMatchObject({ code: 'out-of-range' });
    expect((await probePath(path))[0]).toMatchObject({ format: 'pictures', reason: 'a folder with 3 pictures' });
  });
});

describe('a header that promises too much', () => {
  const write = (bytes: Uint8Array, at: number, numbers: readonly number[]): Uint8Array => {
    const copy = bytes.slice();
    copy.set(numbers, at);
    return copy;
  };
  const huge = [0xff, 0x7f];

  it.each([
    ['grey.jpg', (bytes: Uint8Array) => write(bytes, startOfFrame(bytes) + 5, [0xff, 0xff, 0xff, 0xff]), 'malformed', '65535 x 65535'],
    ['grey.gif', (bytes: Uint8Array) => write(bytes, 6, [...huge, ...huge]), 'malformed', '32767 x 32767'],
    ['rgb.bmp', (bytes: Uint8Array) => write(bytes, 18, [...huge, 0, 0, ...huge, 0, 0]), 'malformed', '32767 x 32767'],
    ['lossless.webp', (bytes: Uint8Array) => write(bytes, 21, [0xff, 0xff, 0xff, 0x0f]), 'too-large', '16384 x 16384'],
    ['grey.jpg', (bytes: Uint8Array) => manyScans(bytes), 'too-large', '201 scans'],
  ])('is refused: %s', async (name, change, code, message) => {
    const bytes = new Uint8Array(await readFile(join(import.meta.dirname, '../../fixtures/pictures', name)));
    await expect(pixelsOf(change(bytes), name)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  /** Place of the first frame header. */
  function startOfFrame(bytes: Uint8Array): number {
    return bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0);
  }

  /** With 200 more starts of scans behind the end. */
  function manyScans(bytes: Uint8Array): Uint8Array {
    return Uint8Array.from([...bytes, ...Array.from({ length: 200 }, () => [0xff, 0xda]).flat()]);
  }
});

describe('damaged PNG', () => {
  const good = png(
    4,
    3,
    1,
    Uint8Array.from({ length: 12 }, (_, i) => i * 9),
  );

  it('cut anywhere is an error', async () => {
    for (let length = 0; length < good.length - 12; length += 3) {
      await expect(pixelsOf(good.slice(0, length)), `${length} bytes`).rejects.toMatchObject({
        code: expect.stringMatching(/malformed|truncated|unknown-format/),
      });
    }
  });

  it('that promises more than it can hold is refused before anything is allocated', async () => {
    const bytes = good.slice();
    new DataView(bytes.buffer).setUint32(16, 0x7fffffff);
    await expect(pixelsOf(bytes)).rejects.toMatchObject({ code: 'malformed', message: expect.stringContaining('2147483647') });
  });
});

/** The same picture with another bit depth and other rows: header and data chunks written anew. */
function rewritten(source: Uint8Array, depth: Depth, rows: readonly number[]): Uint8Array {
  const header = source.slice(16, 29);
  header[8] = depth;
  return Uint8Array.from(
    Buffer.concat([
      source.subarray(0, 8),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Uint8Array.from(rows))),
      chunk('IEND', new Uint8Array(0)),
    ]),
  );
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}
