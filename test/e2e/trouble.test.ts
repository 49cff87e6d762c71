import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { npyBytes } from '../support/npy-bytes.ts';
import { launch, screenshot } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { describeBoth, stage } from '../support/stage.ts';

const FIXTURES = join(stage().root, 'fixtures');

describeBoth('files that cannot be opened', (where) => {
  let program: Program;
  beforeAll(async () => {
    program = await launch(where);
  });
  afterAll(async () => {
    await program.close();
  });

  it('are named with what is wrong, and the next file opens', async () => {
    await program.open(join(FIXTURES, 'npy', 'bad_huge.npy'));
    await expect.poll(() => program.page.locator('body').textContent(), { timeout: 15_000 }).toContain('bad_huge.npy cannot be opened');
    await screenshot(program, where, 'error');
    await program.page.keyboard.press('Escape');
    // Of this one only the name is known: its reader says what is wrong, and a reader is not asked for.
    await program.open(join(FIXTURES, 'npy', 'bad_magic.npy'));
    await expect.poll(() => program.page.getByRole('alertdialog').textContent(), { timeout: 15_000 }).toMatch(/bad_magic\.npy .*magic/);
    await program.page.keyboard.press('Escape');
    await program.open(join(FIXTURES, 'davis', 'byte.img'));
    await program.page.locator('canvas').first().waitFor({ state: 'visible', timeout: 30_000 });
  });
});

describeBoth('a folder of thousands of files', (where) => {
  const folder = mkdtempSync(join(tmpdir(), 'streakline-many-'));
  let program: Program;
  beforeAll(async () => {
    // The first one is shown at once and must be whole.
    for (let i = 0; i < 5000; i++) writeFileSync(join(folder, `${i}.npy`), i === 0 ? npyBytes('u1', [2, 2], new Uint8Array(4)) : '');
    program = await launch(where);
  });
  afterAll(async () => {
    await program.close();
    rmSync(folder, { recursive: true });
  });

  it('is listed without making a row of each', async () => {
    const { page } = program;
    await program.open(folder);
    const tree = page.getByRole('treegrid', { name: 'Project' });
    await expect.poll(() => tree.getByRole('row').count(), { timeout: 30_000 }).toBeGreaterThan(10);
    expect(await tree.getByRole('row').count()).toBeLessThan(200);
    await tree.getByRole('row').first().press('End');
    await expect.poll(() => tree.textContent()).toContain('4999.npy');
  });
});
