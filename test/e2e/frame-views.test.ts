import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isColoured, screenPicture } from '../support/picture.ts';
import { closeClean, launch, screenshot } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { describeBoth, stage } from '../support/stage.ts';

const FIXTURES = join(stage().root, 'fixtures');
const EXAMPLE = join(stage().root, 'examples', 'cylinder-wake');
const WAKE = join(EXAMPLE, 'PIV 32x32, 75 %.set');

describeBoth('ways to see a frame', (where) => {
  let program: Program;
  beforeAll(async () => {
    program = await launch(where);
  });
  afterAll(() => closeClean(program));

  const pictures = () => program.page.locator('[data-stage] [role=img]:visible');
  const label = async (): Promise<string> => (await pictures().first().getAttribute('aria-label')) ?? '';
  const button = (name: string) => program.page.getByRole('button', { name, exact: true });
  const field = (name: string) => program.page.getByRole('textbox', { name, exact: true });
  const press = (keys: string) => program.page.keyboard.press(keys);
  async function hashes(): Promise<string[]> {
    const found = [];
    for (const picture of await pictures().all())
      found.push(
        createHash('sha256')
          .update(await picture.screenshot())
          .digest('hex'),
      );
    return found;
  }
  /** Opens a file alone and waits for its picture. */
  async function open(path: string, title: string): Promise<void> {
    for (let left = await pictures().count(); where === 'desktop' && left > 0; left = await pictures().count()) {
      await press('Alt+w');
      await expect.poll(() => pictures().count()).toBeLessThan(left);
    }
    await program.open(path);
    await expect.poll(label, { timeout: 15_000 }).toContain(`${title}, buffer`);
  }
  const option = (id: string) => program.page.locator(`[role=option][data-key="${id}"]`);
  async function choose(select: string, id: string): Promise<void> {
    await program.page.getByRole('button', { name: new RegExp(`${select}$`) }).click();
    await option(id).click();
  }
  async function type(name: string, value: string): Promise<void> {
    await field(name).fill(value);
    await field(name).press('Enter');
  }

  it('one vector choice for all, in both countings', async () => {
    await open(join(FIXTURES, 'davis', 'choices.vc7'), 'choices.vc7');
    const [active] = await hashes();
    await program.page.getByRole('button', { name: /Vector choice$/ }).click();
    expect(await program.page.getByRole('option').allTextContents()).toEqual([
      'Active',
      '1 stored 0',
      '2 stored 1',
      '3 stored 2',
      '4 stored 3',
      '5, smoothed stored 4',
      '5, filled stored 5',
    ]);
    await option('2').click();
    await expect.poll(async () => (await hashes())[0]).not.toBe(active);
    await screenshot(program, where, 'third-choice');
    const [third] = await hashes();
    await choose('Vector choice', '0');
    await expect.poll(async () => [active, third].includes((await hashes())[0])).toBe(false);
  });

  it('uncertainty as a map, as a filter and at the tips of arrows', async () => {
    await open(WAKE, 'PIV 32x32, 75 %');
    await choose('Field', 'TS:Uncertainty V');
    await expect.poll(label).toMatch(/Uncertainty V 0\.0\d+ to 0\.1\d+ m\/s/);
    // The map of uncertainties goes from dark blue to yellow.
    const map = await screenPicture(pictures().first());
    expect(map.count((red, green, blue) => blue > 60 && blue > red + 40 && blue > green + 20)).toBeGreaterThan(
      map.width * map.height * 0.2,
    );
    const arrows = async (): Promise<number> => Number(/(\d[\d,]*) arrows/.exec(await label())?.[1]?.replace(',', '') ?? Number.NaN);
    const all = await arrows();
    await type('Threshold', '0.03');
    await expect.poll(arrows).toBeLessThan(all * 0.8);
    await screenshot(program, where, 'uncertainty-filter');
    await program.page.getByText('Hide above').locator('..').getByRole('switch').press('Space');
    await expect.poll(arrows).toBe(all);
    const white = async (): Promise<number> =>
      (await screenPicture(pictures().first())).count((red, green, blue) => Math.min(red, green, blue) > 235);
    const before = await white();
    await program.page.getByRole('radio', { name: 'Ellipse' }).press('Space');
    await type('Half size', '40');
    await expect.poll(white).toBeGreaterThan(before + 500);
  });

  it('frames that take turns, and side by side', async () => {
    await open(join(EXAMPLE, 'Recording.set'), 'Recording');
    const [first] = await hashes();
    await press('b');
    // Other and first again: pictures are looked at as often as the machine can.
    const isFirst = async (): Promise<boolean> => (await hashes())[0] === first;
    await expect.poll(isFirst, { interval: 40, timeout: 15_000 }).toBe(false);
    await expect.poll(isFirst, { interval: 40, timeout: 15_000 }).toBe(true);
    await press('b');
    expect(await button('Blink frames').getAttribute('aria-pressed')).toBe('false');
    await press('Shift+B');
    await expect.poll(() => pictures().count()).toBe(2);
    await expect
      .poll(() => program.page.locator('.dv-tab:visible').allTextContents())
      .toEqual(expect.arrayContaining(['Recording, frame 1', 'Recording, frame 2']));
    await expect.poll(async () => new Set(await hashes()).size).toBe(2);
    await screenshot(program, where, 'frames-side-by-side');
  });

  it('planes of a volume, its three cuts, and one cursor for them', async () => {
    await open(join(FIXTURES, 'davis', 'fields.set'), 'fields');
    const position = field('Position z').first();
    const [at, [before]] = [await position.inputValue(), await hashes()];
    await press('.');
    await expect.poll(() => position.inputValue()).not.toBe(at);
    await expect.poll(async () => (await hashes())[0]).not.toBe(before);
    await press('x');
    await expect.poll(() => pictures().count()).toBe(3);
    const axes = async () =>
      (await program.page.locator('[data-stage]:visible svg text').allTextContents()).filter((text) => / in /.test(text));
    await expect.poll(axes).toEqual(expect.arrayContaining(['x in mm', 'y in mm', 'z in mm']));
    await pictures().first().hover();
    await expect.poll(() => program.page.locator('[data-cursor]:visible').count()).toBe(2);
    await screenshot(program, where, 'three-cuts');
  });

  it('a volume in space', async () => {
    await open(join(FIXTURES, 'davis', 'format5.vc7'), 'format5.vc7');
    await press('3');
    await expect.poll(() => field('Upper limit').first().inputValue(), { timeout: 10_000 }).not.toBe('');
    await expect.poll(async () => (await screenPicture(pictures().first())).count(isColoured)).toBeGreaterThan(60);
    const [first] = await hashes();
    const box = await pictures().first().boundingBox();
    await program.page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200);
    await program.page.mouse.down();
    await program.page.mouse.move((box?.x ?? 0) + 320, (box?.y ?? 0) + 230, { steps: 4 });
    await program.page.mouse.up();
    await expect.poll(async () => (await hashes())[0]).not.toBe(first);
    const axes = async () =>
      (await program.page.locator('[data-stage]:visible svg text').allTextContents()).filter((text) => / in /.test(text));
    await expect.poll(axes).toEqual(['x in mm', 'y in mm', 'z in mm']);
    await press('Shift+Y');
    await expect.poll(axes).toEqual(['x in mm', 'z in mm']);
    await press('Shift+D');
    await expect.poll(axes).toEqual(['x in mm', 'y in mm', 'z in mm']);
    await press('3');
    await expect.poll(() => program.page.getByText('Background', { exact: true }).count()).toBeGreaterThan(0);
  });

  it('colour pictures in their own colours', async () => {
    await open(join(FIXTURES, 'tiff', 'rgb.tif'), 'rgb.tif');
    await type('Lower limit', '0');
    await expect.poll(label).toContain('Colour 0 to');
    await type('Upper limit', '255');
    await expect.poll(label).toContain('Colour 0 to 255');
    const box = await pictures().first().boundingBox();
    const [x, y] = [(box?.width ?? 0) / 2 + 3, (box?.height ?? 0) / 3];
    await program.page.mouse.move((box?.x ?? 0) + x, (box?.y ?? 0) + y);
    const footer = program.page.locator('footer');
    await expect.poll(() => footer.textContent()).toMatch(/R\s+\d+.*G\s+\d+.*B\s+\d+/);
    const said = (await footer.textContent()) ?? '';
    const stored = ['R', 'G', 'B'].map((name) => Number(new RegExp(`${name}\\s+(\\d+)`).exec(said)?.[1]));
    // Away, so that no mark lies over the sample.
    await program.page.mouse.move(2, 2);
    const shown = (await screenPicture(pictures().first())).at(x, y);
    expect(
      shown.every((value, channel) => Math.abs(value - (stored[channel] ?? Number.NaN)) <= 1),
      `${shown} for ${stored}`,
    ).toBe(true);
  });

  it('a colour mosaic as stored, and in colours', async () => {
    await open(join(FIXTURES, 'davis', 'bayer.im7'), 'bayer.im7');
    const coloured = async (): Promise<number> => (await screenPicture(pictures().first())).count(isColoured);
    expect(await coloured()).toBe(0);
    await choose('Bayer mosaic', 'RGGB');
    await type('Upper limit', '4000');
    await expect.poll(coloured).toBeGreaterThan(1000);
  });
});
