import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
    await program.open(join(FIXTURES, 'davis', 'byte.img'));
    await program.page.locator('canvas').first().waitFor({ state: 'visible', timeout: 30_000 });
  });
});
