import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeClean, launch, screenshot } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { describeBoth, stage } from '../support/stage.ts';

const FIXTURES = join(stage().root, 'fixtures', 'davis');
const SETS = ['images', 'multi', 'plot', 'rec_manifest'];

describeBoth('kinds of DaVis sets', (where) => {
  let program: Program;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'streakline-sets-'));
    for (const name of SETS.flatMap((set) => [set, `${set}.set`])) cpSync(join(FIXTURES, name), join(folder, name), { recursive: true });
    program = await launch(where);
    await program.open(folder);
    await program.page.getByRole('treegrid', { name: 'Project tree' }).waitFor({ timeout: 30_000 });
  });
  afterAll(async () => {
    await closeClean(program);
    rmSync(folder, { recursive: true });
  });

  const openRow = (name: string) =>
    program.page
      .getByRole('row', { name: new RegExp(`^${name}`) })
      .first()
      .click();
  const strip = () => program.page.getByRole('slider', { name: 'Buffer', exact: true });
  const place = async (): Promise<string> =>
    `${await strip().getAttribute('aria-valuenow')} of ${await strip().getAttribute('aria-valuemax')}`;

  it('what cannot be decoded says so by name', async () => {
    await openRow('plot');
    await program.page.getByText('Sets of type SET_TYPE_ID_PLOT are not supported').waitFor();
  });

  it('members of a multi-set stand below it and open', async () => {
    await openRow('multi');
    await program.page.getByRole('list', { name: 'Sets inside of this one' }).getByRole('button', { name: 'Inner' }).click();
    await program.page.getByRole('row', { name: /^Deep/ }).click();
    await expect.poll(place).toBe('1 of 1');
    await screenshot(program, where, 'multi-set');
  });

  it('a recording with streams shows its pictures', async () => {
    await openRow('rec_manifest');
    await expect.poll(place).toBe('1 of 3');
    await program.page.locator('canvas:visible').first().waitFor({ timeout: 30_000 });
  });

  it('devices stand beside the attributes, with their traces', async () => {
    await openRow('images');
    await expect.poll(place).toBe('1 of 3');
    await program.page.getByRole('tab', { name: 'Attributes' }).click();
    await program.page
      .getByRole('region', { name: 'Devices' })
      .getByRole('img', { name: 'Trace of Pulse energy, 0 to 1' })
      .waitFor({ timeout: 30_000 });
  });

  it('a set that grows is followed, and what is written in part is not shown', async () => {
    await strip().focus();
    await program.page.keyboard.press('e');
    await expect.poll(place).toBe('3 of 3');
    const bytes = readFileSync(join(folder, 'images', 'B00001.im7'));
    const file = join(folder, 'images', 'B00004.im7');
    writeFileSync(file, bytes.subarray(0, 300));
    await program.page.waitForTimeout(1000);
    expect(await place()).toBe('3 of 3');
    appendFileSync(file, bytes.subarray(300));
    await expect.poll(place, { timeout: 10_000 }).toBe('4 of 4');
    expect(await program.page.getByRole('alert').filter({ hasText: /\S/ }).count()).toBe(0);
  });
});
