import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchDesktop } from '../support/desktop-program.ts';
import type { DesktopProgram } from '../support/desktop-program.ts';
import { describeDesktop, stage } from '../support/stage.ts';

const NPY = join(stage().root, 'fixtures', 'npy', 'five_axes.npy');
const EXAMPLE = join(stage().root, 'examples', 'cylinder-wake');

describeDesktop('files of the desktop', () => {
  let program: DesktopProgram;
  beforeAll(async () => {
    program = await launchDesktop();
  });
  afterAll(async () => {
    await program.close();
  });

  const rows = () =>
    program.page.getByRole('treegrid', { name: 'Project tree' }).or(program.page.getByRole('tree', { name: 'Project tree' }));

  it('opens what is dropped on the window by its path', async () => {
    // A file that was chosen knows its path as one that comes from the file manager does.
    const input = await program.page.evaluateHandle(() => {
      const made = document.createElement('input');
      made.type = 'file';
      document.body.append(made);
      return made;
    });
    await input.setInputFiles(NPY);
    const drag = (type: string) =>
      program.page.evaluate(
        ([element, name]) => {
          const dataTransfer = new DataTransfer();
          for (const file of (element as HTMLInputElement).files ?? []) dataTransfer.items.add(file);
          document.body.dispatchEvent(new DragEvent(name as string, { dataTransfer, bubbles: true, cancelable: true }));
        },
        [input, type] as const,
      );
    await drag('dragenter');
    await expect.poll(() => program.page.getByText('Drop to open').count()).toBe(1);
    await drag('drop');
    await expect.poll(() => rows().textContent(), { timeout: 15_000 }).toContain('five_axes');
    expect(await program.page.getByText('Drop to open').count()).toBe(0);
  });

  it('remembers over a restart what was opened', async () => {
    await program.open(EXAMPLE);
    await expect.poll(() => rows().textContent(), { timeout: 15_000 }).toContain('Recording');
    await program.end();
    program = await launchDesktop({ userData: program.userData });
    const recent = program.page.getByRole('region', { name: 'Recent' });
    await expect.poll(() => recent.textContent(), { timeout: 10_000 }).toContain('cylinder-wake');
    expect(await recent.textContent()).toContain('five_axes');
    await recent
      .getByRole('button', { name: /^cylinder-wake/ })
      .first()
      .click();
    await expect.poll(() => rows().textContent(), { timeout: 15_000 }).toContain('Recording');
  });

  it('writes the buffer on the screen for a drag out of the window, and drags nothing else', async () => {
    await expect.poll(() => rows().textContent(), { timeout: 15_000 }).toContain('Vectors 2D3C');
    await program.electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      // A real drag would wait for a pointer that nobody holds.
      if (contents)
        contents.startDrag = (item) => {
          (globalThis as { dragged?: unknown }).dragged = item.file;
        };
    });
    const thumbnail = rows().locator('[draggable=true]').first();
    await thumbnail.dispatchEvent('dragstart', { dataTransfer: await program.page.evaluateHandle(() => new DataTransfer()) });
    const dragged = () => program.electron.evaluate(() => (globalThis as { dragged?: string }).dragged ?? '');
    await expect.poll(dragged, { timeout: 15_000 }).toMatch(/PIV 32x32, 75 % 1\.vc7$/);
    expect((await stat(await dragged())).size).toBeGreaterThan(1000);
    const refused = await program.page.evaluate(
      (path) =>
        (window as unknown as { streakline: { startDrag(paths: readonly string[]): Promise<void> } }).streakline.startDrag([path]).then(
          () => 'dragged',
          (error: Error) => error.message,
        ),
      NPY,
    );
    expect(refused).toContain('refused');
  });

  it('drags the picture with its axes out of the window as a PNG file', async () => {
    const handle = program.page.locator('[data-drag-picture]').first();
    await handle.dispatchEvent('dragstart', { dataTransfer: await program.page.evaluateHandle(() => new DataTransfer()) });
    const dragged = () => program.electron.evaluate(() => (globalThis as { dragged?: string }).dragged ?? '');
    await expect.poll(dragged, { timeout: 15_000 }).toMatch(/PIV 32x32, 75 % 1\.png$/);
    const picture = await readFile(await dragged());
    const stage = await program.page.locator('[data-stage]').first().boundingBox();
    // Width and height stand in the first chunk.
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([Math.round(stage?.width ?? 0), Math.round(stage?.height ?? 0)]);
    const refusals = await program.page.evaluate(async () => {
      const { streakline } = window as unknown as { streakline: { dragPicture(name: string, png: Uint8Array): Promise<void> } };
      const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
      const ask = (name: string, bytes: Uint8Array) =>
        streakline.dragPicture(name, bytes).then(
          () => 'dragged',
          (error: Error) => error.message,
        );
      return [await ask('../outside.png', png), await ask('script.sh', png), await ask('a.png', Uint8Array.of(1, 2, 3))];
    });
    expect(refusals.every((message) => message.includes('refused'))).toBe(true);
  });
});
