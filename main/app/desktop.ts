import { join } from 'node:path';
import { BrowserWindow, app } from 'electron';
import type { ProgramArguments } from './arguments.ts';
import { examplePath } from './example.ts';
import { startHostProcess } from './host-process.ts';
import { installMenu } from './menu.ts';
import { openPaths } from './open-paths.ts';
import { answerPageCalls, applyTheme } from './page-calls.ts';
import { servePage } from './page-protocol.ts';
import { recentFiles } from './recent.ts';
import { confineEverything } from './security.ts';
import { settingsFile } from './settings.ts';
import { runSmokeChecks } from './smoke.ts';
import { createWindow } from './window.ts';

/** What a second start tells the first one. */
interface SecondStart {
  readonly paths: readonly string[];
}

/** One program at a time: a later start hands its paths to the window that is there and ends. */
export function startDesktop(given: ProgramArguments): void {
  const mine: SecondStart = { paths: given.paths };
  if (!given.smoke && !app.requestSingleInstanceLock(mine)) {
    app.quit();
    return;
  }
  const paths = openPaths();
  paths.open(given.paths);
  app.on('second-instance', (_event, _argv, _folder, data) => {
    paths.open((data as SecondStart | undefined)?.paths ?? []);
    showWindow(BrowserWindow.getAllWindows()[0]);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    paths.open([path]);
  });
  void app.whenReady().then(() => run(given, paths));
}

function showWindow(window: BrowserWindow | undefined): void {
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

async function run(given: ProgramArguments, paths: ReturnType<typeof openPaths>): Promise<void> {
  // The host starts while the page loads.
  const host = startHostProcess(join(__dirname, 'host.cjs'), (restart) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send('host-restarted', restart);
  });
  const settings = settingsFile(join(app.getPath('userData'), 'settings.json'));
  const recent = recentFiles(join(app.getPath('userData'), 'recent.json'));
  confineEverything();
  servePage(join(__dirname, '..', 'renderer'));
  installMenu(process.platform);
  answerPageCalls({ host, recent, settings, examplePath, pageIsReady: (window) => paths.pageListens(window ?? undefined) });
  const stored = await settings.read();
  applyTheme(stored.theme);

  const open = (place: unknown): BrowserWindow => {
    const window = createWindow({
      preload: join(__dirname, '..', 'preload', 'preload.cjs'),
      version: app.getVersion(),
      place,
      savePlace: (now) => void settings.update((all) => ({ ...all, window: now })),
    });
    window.webContents.on('did-start-loading', () => paths.pageListens(undefined));
    return window;
  };
  const first = open(stored.window);
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void settings.read().then((now) => open(now.window));
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', () => host.close());
  if (given.smoke) await runSmokeChecks(first);
}
