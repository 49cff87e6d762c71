import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { distinctColours } from '../support/picture.ts';
import { closeClean, launch, screenshot } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { describeBoth, stage } from '../support/stage.ts';

const VECTORS = join(stage().root, 'examples', 'cylinder-wake', 'PIV 32x32, 75 %.set');

describeBoth('start', (where) => {
  let program: Program;
  beforeAll(async () => {
    program = await launch(where);
  });
  afterAll(() => closeClean(program));

  it("shows the welcome page under the program's name", async () => {
    expect(await program.page.title()).toMatch(/Streakline/);
    await screenshot(program, where, 'welcome');
    expect((await program.page.locator('#root').innerText()).length).toBeGreaterThan(50);
  });

  it('is isolated, so that shared memory and exact clocks are there', async () => {
    expect(await program.page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  it('shows a picture of the example that is no plain ground', async () => {
    await program.open(VECTORS);
    const canvas = program.page.locator('canvas').first();
    await canvas.waitFor({ state: 'visible', timeout: 30_000 });
    await expect.poll(() => distinctColours(canvas), { timeout: 30_000, interval: 500 }).toBeGreaterThan(50);
    await screenshot(program, where, 'example');
  });
});
