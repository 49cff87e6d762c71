import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Served } from '../support/browser-program.ts';
import { screenPicture, type ScreenPicture } from '../support/picture.ts';
import { stage } from '../support/stage.ts';

const SET = join(stage().root, 'fixtures', 'davis-particles', 'helix_tr.set');
/** WebGL without a GPU, which has to be asked for. */
const SOFTWARE_GL = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
/** Compared in blocks: smooth edges differ from pixel to pixel. */
const BLOCK = 6;
const MOST_DIFFERENCE = 24;
const DARK = 26;

describe.skipIf(stage().chromium === undefined)('particles drawn by WebGL and by the processor', () => {
  let served: Served;
  let browser: Browser;
  beforeAll(async () => {
    served = await serve(SET);
    browser = await chromium.launch({
      executablePath: stage().chromium ?? '',
      args: [...stage().electronArguments.filter((argument) => !argument.includes('gpu')), ...SOFTWARE_GL],
    });
  });
  afterAll(async () => {
    await browser.close();
    await served.end();
  });

  async function pictureBy(renderer: 'gpu' | 'processor', change: (page: Page) => Promise<void>): Promise<ScreenPicture> {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, colorScheme: 'dark' });
    const address = new URL(served.url);
    address.searchParams.set('renderer', renderer);
    await page.goto(address.href);
    const canvas = page.locator('[data-stage] canvas').first();
    await canvas.waitFor({ state: 'visible' });
    await page.getByText(renderer === 'gpu' ? /by the graphics card/ : /by the processor/).waitFor();
    // The first picture settles the levels.
    await expect.poll(() => page.locator('footer').textContent(), { timeout: 20_000 }).toMatch(/[1-9]\d* points/);
    // It also settles the length of arrows, so that it has to be there before the step changes.
    await change(page);
    await rest(canvas);
    await page.getByRole('slider', { name: 'Step', exact: true }).focus();
    await page.keyboard.press('End');
    await rest(canvas);
    const picture = await screenPicture(canvas);
    await page.close();
    return picture;
  }

  /** Largest difference of the mean colours of two blocks, and the blocks that show something. */
  function compare(a: ScreenPicture, b: ScreenPicture): { readonly worst: number; readonly inked: number } {
    let [worst, inked] = [0, 0];
    for (let top = 0; top + BLOCK <= a.height; top += BLOCK) {
      for (let left = 0; left + BLOCK <= a.width; left += BLOCK) {
        const [one, other] = [meanOf(a, left, top), meanOf(b, left, top)];
        worst = Math.max(worst, ...one.map((part, k) => Math.abs(part - other[k]!)));
        if (Math.max(...one) > DARK) inked++;
      }
    }
    return { worst, inked };
  }

  it('are the same picture: points and tails', async () => {
    const nothing = async (): Promise<void> => undefined;
    const [gpu, processor] = [await pictureBy('gpu', nothing), await pictureBy('processor', nothing)];
    expect([gpu.width, gpu.height]).toEqual([processor.width, processor.height]);
    const { worst, inked } = compare(gpu, processor);
    expect(inked).toBeGreaterThan(100);
    expect(worst).toBeLessThan(MOST_DIFFERENCE);
  });

  it('are the same picture: arrows and densities on the sides', async () => {
    const change = async (page: Page): Promise<void> => {
      const panel = page.getByRole('tabpanel', { name: 'Display' });
      for (const name of ['Arrows', 'Back planes'])
        await panel
          .getByRole('switch', { name })
          .focus()
          .then(() => page.keyboard.press('Space'));
    };
    const { worst, inked } = compare(await pictureBy('gpu', change), await pictureBy('processor', change));
    expect(inked).toBeGreaterThan(500);
    expect(worst).toBeLessThan(MOST_DIFFERENCE);
  });
});

/** The wanted picture is drawn, and on the screen: a compositor without a GPU shows it a while later. */
async function rest(canvas: Locator): Promise<void> {
  await expect.poll(() => canvas.getAttribute('aria-busy'), { timeout: 30_000 }).toBe('false');
  let last = '';
  const stays = async (): Promise<boolean> => {
    const before = last;
    last = (await canvas.screenshot()).toString('base64');
    return last === before;
  };
  await expect.poll(stays, { interval: 200, timeout: 30_000 }).toBe(true);
}

function meanOf(picture: ScreenPicture, left: number, top: number): readonly [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  for (let y = top; y < top + BLOCK; y++)
    for (let x = left; x < left + BLOCK; x++) for (const [k, part] of picture.at(x, y).entries()) sum[k] = sum[k]! + part;
  return [sum[0] / BLOCK ** 2, sum[1] / BLOCK ** 2, sum[2] / BLOCK ** 2];
}
