import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { distinctColours } from '../support/picture.ts';
import { closeClean, launch, screenshot, type Program } from '../support/program.ts';
import { describeBoth, stage } from '../support/stage.ts';

const fixture = (...names: readonly string[]): string => join(stage().root, 'fixtures', ...names);

describeBoth('files of other programs', (where) => {
  let program: Program;
  beforeAll(async () => {
    program = await launch(where);
  });
  afterAll(() => closeClean(program));

  it.each([
    ['HDF5 that only a plugin of the library decodes', fixture('hdf5', 'plugin.h5')],
    ['Zarr', fixture('zarr', 'single.zarr')],
    ['MATLAB', fixture('mat', 'big_endian.mat')],
  ])('shows %s', async (_what, path) => {
    await program.open(path);
    await expect.poll(() => program.page.locator('body').innerText(), { timeout: 30_000 }).toContain(basename(path));
    const canvas = program.page.locator('canvas').first();
    await canvas.waitFor({ state: 'visible', timeout: 30_000 });
    await expect.poll(() => distinctColours(canvas), { timeout: 30_000, interval: 500 }).toBeGreaterThan(20);
    await screenshot(program, where, basename(path));
  });

  it('lists the arrays of an HDF5 file below it, and opens them', async () => {
    await program.open(fixture('hdf5', 'filters.h5'));
    const tree = program.page.getByRole('treegrid', { name: 'Project tree' });
    await expect.poll(() => tree.getByRole('row', { name: /^\// }).count(), { timeout: 30_000 }).toBeGreaterThan(2);
    const array = tree.getByRole('row', { name: /^\// }).nth(1);
    const name = ((await array.textContent()) ?? '').replace(/ \(.*/, '');
    await array.click();
    await expect.poll(() => program.page.locator('.dv-tab:visible').allTextContents(), { timeout: 30_000 }).toContain(name);
    await expect.poll(() => tree.getByRole('row', { name: new RegExp(`^${name} .*open`) }).count()).toBe(1);
  });
});
