import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { describeBoth, stage } from '../support/stage.ts';

const VECTORS = join(stage().root, 'examples', 'cylinder-wake', 'PIV 32x32, 75 %.set');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

describeBoth('accessibility', (where) => {
  let program: Program;
  beforeAll(async () => {
    program = await launch(where);
  });
  afterAll(async () => {
    await program.close();
  });

  /** Rule and element of every violation of WCAG 2.2 AA. */
  async function violations(): Promise<readonly string[]> {
    // The legacy mode opens no second page, which the program would refuse.
    const { violations: found } = await new AxeBuilder({ page: program.page }).withTags(STANDARDS).setLegacyMode(true).analyze();
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} (${failureSummary?.split('\n')[1]?.trim() ?? ''})`),
    );
  }

  for (const scheme of ['light', 'dark'] as const) {
    it(`is kept by the welcome page (${scheme})`, async () => {
      await program.page.emulateMedia({ colorScheme: scheme });
      expect(await violations()).toEqual([]);
    });
  }

  for (const scheme of ['light', 'dark'] as const) {
    it(`is kept by a view with all its panels (${scheme})`, async () => {
      await program.page.emulateMedia({ colorScheme: scheme });
      if (scheme === 'light') await program.open(VECTORS);
      await program.page.locator('canvas').first().waitFor({ state: 'visible', timeout: 30_000 });
      await program.page.screenshot({ path: join(stage().screenshots, `view-${scheme}-${where}.png`) });
      expect(await violations()).toEqual([]);
    });
  }

  it('leaves the window where it is when a control far down gets the focus', async () => {
    const { page } = program;
    await page.getByRole('switch', { name: 'Reference arrow' }).focus();
    expect(
      await page.evaluate(() => [document.documentElement.scrollTop, document.documentElement.scrollHeight - window.innerHeight]),
    ).toEqual([0, 0]);
  });

  it('leaves the state of switches and sliders visible in the colours of the system', async () => {
    const { page } = program;
    await page.emulateMedia({ forcedColors: 'active' });
    const knob = page.getByText('Zero-centred', { exact: true }).first().locator('xpath=..').locator('[class*=track]').first();
    const slider = page.locator('[class*=slider] [class*=fill]').first();
    const colours = [
      await knob.evaluate((at) => [getComputedStyle(at, '::after').backgroundColor, getComputedStyle(at).backgroundColor]),
      await slider.evaluate((at) => [getComputedStyle(at).backgroundColor, getComputedStyle(document.body).backgroundColor]),
    ];
    await page.screenshot({ path: join(stage().screenshots, `view-forced-colours-${where}.png`) });
    await page.emulateMedia({ forcedColors: 'none' });
    for (const [mark, ground] of colours) expect(mark).not.toBe(ground);
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`is kept by the export dialog (${scheme})`, async () => {
      await program.page.emulateMedia({ colorScheme: scheme });
      await program.page.keyboard.press('Control+e');
      const dialog = program.page.getByRole('dialog', { name: /^Export/ });
      await dialog.getByRole('radio', { name: 'Range' }).click();
      await expect.poll(() => dialog.textContent(), { timeout: 15_000 }).toMatch(/Everything is kept|Not kept/);
      expect(await violations()).toEqual([]);
      await program.page.keyboard.press('Escape');
      await expect.poll(() => dialog.count()).toBe(0);
    });
  }
});
