import { BrowserWindow, nativeTheme, screen } from 'electron';
import { VERSION_ARGUMENT } from '../../preload/channels.ts';
import { PAGE_URL } from './page-protocol.ts';
import { MIN_SIZE, usablePlace } from './window-place.ts';
import type { WindowPlace } from './window-place.ts';

const DEFAULT_SIZE = { width: 1440, height: 900 };
/** The page's --surface-app in its two themes (renderer/app/tokens.css), so that nothing flashes before it is drawn. */
const GROUND = { dark: '#131416', light: '#e6e7e9' };

export function createWindow(options: {
  readonly preload: string;
  readonly version: string;
  readonly place: unknown;
  savePlace(place: WindowPlace): void;
}): BrowserWindow {
  const place = usablePlace(
    options.place,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...(place?.bounds ?? DEFAULT_SIZE),
    ...MIN_SIZE,
    show: false,
    title: 'Streakline',
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
      additionalArguments: [VERSION_ARGUMENT + options.version],
    },
  });
  if (place?.maximised) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => options.savePlace({ bounds: window.getNormalBounds(), maximised: window.isMaximized() }));
  reloadAfterCrash(window);
  void window.loadURL(PAGE_URL);
  return window;
}

/** A page whose process ended is loaded again once; a second end within seconds is left to the user. */
function reloadAfterCrash(window: BrowserWindow): void {
  const RELOAD_PAUSE_MS = 10_000;
  let lastReload = -RELOAD_PAUSE_MS;
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || Date.now() - lastReload < RELOAD_PAUSE_MS) return;
    lastReload = Date.now();
    window.webContents.reload();
  });
}
