import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeClean, launch, screenshot } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { describeBoth, stage } from '../support/stage.ts';

const FIXTURES = join(stage().root, 'fixtures');
const FILES = [
  ['npy', 'five_axes.npy'],
  ['davis', 'double_frame.set'],
  ['davis', 'double_frame/B00001.im7'],
  ['davis', 'double_frame/B00002.im7'],
  ['hdf5', 'layouts.h5'],
] as const;

describeBoth('tabs', (where) => {
  let program: Program;
  beforeAll(async () => {
    program = await launch(where);
  });
  afterAll(() => closeClean(program));

  const tabs = () => program.page.locator('.dv-tab:visible');

  if (where === 'browser')
    it('are made for every dataset among the bytes that are dropped, HDF5 too', async () => {
      const files = await Promise.all(
        FILES.map(async ([folder, name]) => ({ name, base64: (await readFile(join(FIXTURES, folder, name))).toString('base64') })),
      );
      // What a browser hands over for files and folders: entries with full paths, which only a real drop can make.
      await program.page.evaluate((given) => {
        const entry = ({ name, base64 }: { name: string; base64: string }) => {
          const file = new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name);
          return { isFile: true, isDirectory: false, fullPath: `/${name}`, file: (done: (file: File) => void) => done(file) };
        };
        const event = new DragEvent('drop', { bubbles: true, cancelable: true });
        const items = given.map((each) => ({ webkitGetAsEntry: () => entry(each), getAsFile: () => null }));
        Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], items, files: [] } });
        document.body.dispatchEvent(event);
      }, files);
      await expect.poll(() => tabs().allTextContents(), { timeout: 20_000 }).toEqual(['double_frame', 'five_axes.npy', 'layouts.h5']);
      await expect
        .poll(async () => (await program.page.locator('[data-stage] [role=img]:visible').first().getAttribute('aria-label')) ?? '', {
          timeout: 15_000,
        })
        .toMatch(/layouts\.h5.*, buffer 0/);
      await screenshot(program, where, 'dropped');
    });

  it('are dragged to the edge of a view to stand beside it', async () => {
    if (where === 'desktop') {
      await program.open(join(FIXTURES, 'npy', 'five_axes.npy'));
      await program.open(join(FIXTURES, 'davis', 'double_frame.set'));
    }
    await expect.poll(() => tabs().count(), { timeout: 20_000 }).toBeGreaterThan(1);
    const pictures = program.page.locator('[data-stage] [role=img]:visible');
    await expect.poll(() => pictures.count()).toBe(1);
    const tab = await tabs().first().boundingBox();
    const view = await program.page.locator('[data-stage]:visible').first().boundingBox();
    if (!tab || !view) throw new Error('nothing to drag');
    const { mouse } = program.page;
    await mouse.move(tab.x + 30, tab.y + 12);
    await mouse.down();
    await mouse.move(tab.x + 60, tab.y + 60, { steps: 4 });
    await mouse.move(view.x + view.width - 30, view.y + view.height / 2, { steps: 8 });
    await mouse.up();
    await expect.poll(() => pictures.count()).toBe(2);
  });
});
