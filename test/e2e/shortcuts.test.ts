import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeClean, launch, screenshot } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { describeBoth, stage } from '../support/stage.ts';

const NPY = join(stage().root, 'fixtures', 'npy', 'five_axes.npy');

describeBoth('keys of commands', (where) => {
  let program: Program;
  beforeAll(async () => {
    program = await launch(where);
    await program.open(NPY);
    await program.page.locator('[data-stage] [role=img]').first().waitFor({ timeout: 30_000 });
  });
  afterAll(() => closeClean(program));

  const press = (keys: string) => program.page.keyboard.press(keys);
  const dialogs = () => program.page.getByRole('dialog').count();

  it('can be changed, taken from another command, switched off, and set back', async () => {
    const { page } = program;
    await press('?');
    await page.getByRole('button', { name: 'Change the key of Go to buffer' }).click();
    await press('v');
    await expect.poll(() => page.getByRole('dialog').getByRole('status').textContent()).toContain('no longer the key of');
    await page.getByRole('button', { name: 'Change the key of Pin read-out' }).click();
    await press('Enter');
    await expect.poll(() => page.getByRole('dialog').getByRole('status').textContent()).toContain('needed by dialogs');
    await press('Escape');
    await screenshot(program, where, 'shortcuts');
    await press('Escape');
    await expect.poll(dialogs).toBe(0);
    await press('g');
    await page.waitForTimeout(200);
    expect(await dialogs()).toBe(0);
    await press('v');
    await expect.poll(() => page.getByRole('dialog', { name: 'Go to buffer' }).count()).toBe(1);
    await press('Escape');
    await press('?');
    await page.getByRole('button', { name: 'All own keys again' }).click();
    await press('Escape');
    await expect.poll(dialogs).toBe(0);
    await press('g');
    await expect.poll(() => page.getByRole('dialog', { name: 'Go to buffer' }).count()).toBe(1);
    await press('Escape');
  });
});
