import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { csv } from '../../main/formats/csv.ts';
import { tecplot } from '../../main/formats/tecplot.ts';
import { vti } from '../../main/formats/vti.ts';
import '../../main/host/node-inflate.ts';
import { cutEverywhere, flipBits } from '../support/export-fuzz.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));

it.each([
  ['tables/piv_lab.txt', csv],
  ['tables/volume.txt', csv],
  ['tables/zones.dat', tecplot],
  ['vti/ascii.vti', vti],
  ['vti/binary_zlib.vti', vti],
  ['vti/appended_base64_zlib.vti', vti],
  ['vti/appended_raw.vti', vti],
])('%s that is damaged is an error or data, fast and in little memory', async (path, format) => {
  const name = basename(path);
  const file = { format, name, files: new Map([[name, new Uint8Array(await readFile(join(fixtures, path)))]]) };
  await cutEverywhere(file, 61);
  expect(await flipBits(file)).toBeGreaterThan(0);
});
