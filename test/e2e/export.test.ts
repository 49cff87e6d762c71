import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeClean, launch, screenshot } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { describeBoth, stage } from '../support/stage.ts';

const EXAMPLE = join(stage().root, 'examples', 'cylinder-wake');
const NAME = 'PIV 32x32, 75 %';

/** What the command line says of a written file. */
function info(path: string): { readonly nav: readonly { readonly size: number }[]; readonly format: string } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(stage().root, 'out', 'main', 'cli.mjs'), 'info', path, '--json'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as ReturnType<typeof info>;
}

describeBoth('export', (where) => {
  const folder = mkdtempSync(join(tmpdir(), 'streakline-export-'));
  const set = join(folder, `${NAME}.set`);
  let program: Program;
  beforeAll(async () => {
    cpSync(join(EXAMPLE, `${NAME}.set`), set);
    cpSync(join(EXAMPLE, NAME), join(folder, NAME), { recursive: true });
    program = await launch(where);
    await program.open(set);
    await program.page.locator('canvas').first().waitFor({ state: 'visible', timeout: 30_000 });
    await program.page.getByRole('status').first().waitFor({ state: 'attached' });
  });
  afterAll(async () => {
    await closeClean(program);
    rmSync(folder, { recursive: true, force: true });
  });

  const dialog = () => program.page.getByRole('dialog', { name: /^Export/ });
  const chooseFormat = async (name: RegExp): Promise<void> => {
    await dialog()
      .getByRole('button', { name: /Format/ })
      .click();
    await program.page.getByRole('option', { name }).click();
  };
  const run = () => dialog().getByRole('button', { name: 'Export', exact: true }).click();

  it('writes a range to a NumPy archive that the command line reads', async () => {
    await program.page.keyboard.press('Control+e');
    await chooseFormat(/NumPy archive/);
    await dialog().getByRole('radio', { name: 'Range' }).click();
    await dialog().getByRole('textbox', { name: 'From' }).fill('3');
    await program.page.keyboard.press('Enter');
    await dialog().getByRole('textbox', { name: 'to', exact: true }).fill('7');
    await program.page.keyboard.press('Enter');
    const target = dialog().getByLabel('Write to');
    await expect.poll(() => target.inputValue()).toBe(join(folder, `${NAME} 3-7.npz`));
    await expect.poll(() => dialog().textContent(), { timeout: 15_000 }).toMatch(/Everything is kept|Not kept/);
    await screenshot(program, where, 'export');
    await run();
    const written = join(folder, `${NAME} 3-7.npz`);
    await expect.poll(() => existsSync(written), { timeout: 20_000 }).toBe(true);
    expect(info(written)).toMatchObject({ format: 'npz', nav: [{ size: 5 }] });
    await expect
      .poll(() => program.page.getByRole('status').allTextContents())
      .toEqual(expect.arrayContaining([expect.stringContaining('5 buffers written')]));
  });

  it('writes all as a DaVis set, and lists the job with what can be done about it', async () => {
    await program.page.keyboard.press('Control+e');
    await chooseFormat(/DaVis set/);
    await run();
    const written = join(folder, `${NAME} copy.set`);
    await expect.poll(() => existsSync(written), { timeout: 20_000 }).toBe(true);
    expect(info(written)).toMatchObject({ format: 'davis-set', nav: [{ size: 40 }] });
    await program.page.getByRole('button', { name: 'Jobs' }).click();
    const jobs = program.page.getByRole('dialog', { name: 'Jobs' });
    await expect.poll(() => jobs.textContent()).toContain('40 buffers written');
    await program.page.keyboard.press('Escape');
  });

  it('asks before it replaces a file, and leaves nothing half', async () => {
    const taken = join(folder, 'taken.npz');
    writeFileSync(taken, 'mine');
    await program.page.keyboard.press('Control+e');
    await chooseFormat(/NumPy archive/);
    await dialog().getByRole('radio', { name: 'This' }).click();
    await dialog().getByLabel('Write to').fill(taken);
    await run();
    await expect.poll(() => dialog().getByRole('alert').textContent()).toContain('exists already');
    await dialog().getByRole('button', { name: 'Replace' }).click();
    await expect.poll(() => dialog().count(), { timeout: 10_000 }).toBe(0);
    await expect
      .poll(
        () => {
          try {
            return info(taken).nav[0]?.size;
          } catch {
            return 0;
          }
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
