import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bufferFolder } from '../../main/formats/buffer-folder.ts';
import { csv as csvReader } from '../../main/formats/csv.ts';
import { tecplot as tecplotReader } from '../../main/formats/tecplot.ts';
import { csv } from '../../main/writers/csv.ts';
import { tecplot } from '../../main/writers/tecplot.ts';
import type { FrameDataset } from '../../shared/model/dataset.ts';
import { imageSample, vectorSample } from '../support/described-data.ts';
import { cutEverywhere, flipBits } from '../support/export-fuzz.ts';
import { expectSameFacts, expectSameValues, namesIn, openWith, temporaryFolder, writeTo } from '../support/export-round-trip.ts';

const KINDS = [
  { name: 'a.csv', writer: csv, reader: csvReader },
  { name: 'a.dat', writer: tecplot, reader: tecplotReader },
];
const SAMPLES: readonly (readonly [string, () => FrameDataset, readonly string[]])[] = [
  ['pictures', () => imageSample(), ['PIXEL', 'TS:Temperature <K>', 'valid', 'x', 'y', 'z']],
  ['vectors in volumes', () => vectorSample(), ['u', 'v', 'w', 'speed', 'TS:Temperature <K>', 'valid', 'x', 'y', 'z']],
];

describe.each(KINDS)('$name', ({ name, writer, reader }) => {
  it.each(SAMPLES)('keeps %s', async (_, sample, components) => {
    await using folder = await temporaryFolder();
    const dataset = sample();
    const path = join(folder.path, name);
    const { losses } = await writeTo(writer, dataset, path);
    expect(losses.join()).toContain('masked and disabled');
    await using read = await openWith(reader, path);
    await expectSameFacts(read, dataset);
    for (let i = 0; i < 3; i++) await expectSameValues(await read.buffer(i), await dataset.buffer(i), components);
  });

  it('is an error where it is cut', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, name);
    await writeTo(writer, imageSample('u1', { buffers: 1, frames: 1 }), path);
    const file = { format: reader, name, files: new Map([[name, new Uint8Array(await readFile(path))]]) };
    expect(await cutEverywhere(file, 3)).toBe(0);
    const read = await flipBits(file);
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(1800);
  });

  it('keeps frames with other columns and units', async () => {
    await using folder = await temporaryFolder();
    const mixed = mixedSample();
    const path = join(folder.path, name);
    const { losses } = await writeTo(writer, mixed, path);
    expect(losses.join()).toContain('differ in their columns or units');
    await using read = await openWith(reader, path);
    await expectSameFacts(read, mixed);
    for (const [i, components] of [['PIXEL'], ['u', 'v', 'w'], ['PIXEL']].entries())
      await expectSameValues(await read.buffer(i), await mixed.buffer(i), [...components, 'TS:Temperature <K>', 'valid', 'x', 'y', 'z']);
    const head = (await readFile(path, 'utf8')).split('\n').find((line) => line.includes('x [mm]') || line.startsWith('VARIABLES'));
    expect(head).toBe(
      writer === csv
        ? 'buffer,frame,x [mm],x [pixel],y [mm],z [mm],PIXEL [counts],u [m/s],v [m/s],w [m/s],TS:Temperature <K> [K],mask'
        : 'VARIABLES = "x" "y" "z" "PIXEL [counts]" "u [m/s]" "v [m/s]" "w [m/s]" "TS:Temperature <K> [K]" "mask"',
    );
  });
});

/** Pictures, a buffer of vectors, and pictures whose columns are counted in pixels. */
function mixedSample(): FrameDataset {
  const [pictures, vectors] = [imageSample(), vectorSample()];
  return {
    ...pictures,
    buffer: async (index, options) => {
      const buffer = await (index === 1 ? vectors : pictures).buffer(index, options);
      if (index < 2) return buffer;
      const frames = buffer.info.frames.map((frame, k) =>
        k === 0 ? frame : { ...frame, scales: { ...frame.scales, x: { slope: 1, offset: 0, unit: 'pixel', description: '' } } },
      );
      return { ...buffer, info: { ...buffer.info, frames } };
    },
  };
}

describe('the text of', () => {
  it('a CSV table has names with units, and one row a sample', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.csv');
    await writeTo(csv, vectorSample({ buffers: 1, planes: 1, height: 1, width: 2 }), path);
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => !line.startsWith('#'));
    expect(lines.slice(0, 2)).toEqual([
      'buffer,frame,x [mm],y [mm],z [mm],u [m/s],v [m/s],w [m/s],TS:Temperature <K> [K],mask',
      '0,0,-5.5,7.25,1,0.5,-0.4319973587989807,0.5931391417980194,273.15,1',
    ]);
    expect(lines[2]).toBe('0,0,-5.18,7.25,1,nan,nan,nan,nan,0');
  });

  it('a folder of CSV files opens as it was', async () => {
    await using folder = await temporaryFolder();
    const target = join(folder.path, 'tables');
    const dataset = vectorSample();
    await writeTo(csv, dataset, target, { options: { files: 'buffer' } });
    expect(await namesIn(target)).toEqual(['00000.csv', '00001.csv', '00002.csv', 'streakline.json']);
    await using read = await openWith(bufferFolder([csvReader]), target);
    await expectSameFacts(read, dataset);
    await expectSameValues(await read.buffer(2), await dataset.buffer(2), ['u', 'v', 'w', 'valid']);
  });

  it('a Tecplot file has one zone a buffer and frame', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.dat');
    const { losses } = await writeTo(tecplot, imageSample('u2', { buffers: 2, height: 1, width: 2 }), path, {
      options: { invalid: 'zero' },
    });
    expect(losses.join()).toContain('written as 0');
    const lines = (await readFile(path, 'utf8')).split('\n');
    expect(lines[1]).toBe('VARIABLES = "x" "y" "z" "PIXEL [counts]" "TS:Temperature <K> [K]" "mask"');
    expect(lines.filter((line) => line.startsWith('ZONE'))).toEqual([
      'ZONE T="B00001 frame 0", I=2, J=1, K=1, DATAPACKING=POINT, STRANDID=1, SOLUTIONTIME=0.5',
      'ZONE T="B00001 frame 1", I=2, J=1, K=1, DATAPACKING=POINT, STRANDID=2, SOLUTIONTIME=0.5',
      'ZONE T="B00002 frame 0", I=2, J=1, K=1, DATAPACKING=POINT, STRANDID=1, SOLUTIONTIME=0.501',
      'ZONE T="B00002 frame 1", I=2, J=1, K=1, DATAPACKING=POINT, STRANDID=2, SOLUTIONTIME=0.501',
    ]);
    expect(lines).toContain('-5.48 7.25 1 0 0 0');
    expect(lines).toContain('AUXDATA x_unit = "mm"');
    // Without our description it is a file of another program.
    const plain = join(folder.path, 'b.dat');
    await writeFile(plain, lines.filter((line) => !/^(#|DATASETAUXDATA)/.test(line)).join('\n'));
    await using zones = await openWith(tecplotReader, plain);
    const { scales } = (await zones.buffer(0)).info.frames[0] ?? {};
    expect([scales?.x.unit, scales?.y.unit]).toEqual(['mm', 'mm']);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(32_000);
  });
});
