import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import type { ElectronApplication } from 'playwright-core';
import type { Program } from './program.ts';
import { stage } from './stage.ts';
import { watchPage } from './watch-page.ts';

export interface DesktopProgram extends Program {
  readonly electron: ElectronApplication;
  /** Settings and recent files of this run; a second start with the same folder meets the first one. */
  readonly userData: string;
  /** Closes the program and keeps its settings for another start. */
  end(): Promise<void>;
  /** Program and arguments of another start with the same settings. */
  startAgain(...paths: readonly string[]): {
    readonly command: string;
    readonly args: readonly string[];
    readonly env: Record<string, string>;
  };
}

function environment(): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'ELECTRON_RUN_AS_NODE',
  );
  const { display } = stage();
  return { ...Object.fromEntries(inherited), ...(display === undefined ? {} : { DISPLAY: display }) };
}

/** The program from the repository, or a packed one. `paths` are on its command line. */
export async function launchDesktop(
  options: {
    readonly packaged?: string;
    readonly paths?: readonly string[] /** Of an earlier run, to start as its user does again. */;
    readonly userData?: string;
  } = {},
): Promise<DesktopProgram> {
  const { electron: runtime, electronArguments, root } = stage();
  const command = options.packaged ?? runtime ?? '';
  const userData = options.userData ?? (await mkdtemp(join(tmpdir(), 'streakline-test-')));
  const program = options.packaged === undefined ? [root] : [];
  const argsFor = (paths: readonly string[]): string[] => [...electronArguments, `--user-data-dir=${userData}`, ...program, ...paths];
  const electron = await _electron.launch({ executablePath: command, args: argsFor(options.paths ?? []), env: environment() });
  const page = await electron.firstWindow();
  const watch = await watchPage(electron.context(), page);
  // The first load began before anybody could watch it; the paths of a command line belong to it, though.
  if (options.paths === undefined) await page.reload();
  else await page.evaluate(() => Object.assign(window, { streaklineWatch: { violations: [], longTasks: [] } }));
  await page.locator('#root > *').first().waitFor({ state: 'attached' });
  return {
    ...watch,
    page,
    electron,
    userData,
    startAgain: (...paths) => ({ command, args: argsFor(paths), env: environment() }),
    open: (...paths) =>
      electron.evaluate(({ BrowserWindow }, given) => BrowserWindow.getAllWindows()[0]?.webContents.send('open-paths', given), [...paths]),
    end: () => electron.close(),
    async close() {
      await electron.close();
      await rm(userData, { recursive: true, force: true });
    },
  };
}
