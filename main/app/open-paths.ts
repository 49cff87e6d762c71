import type { BrowserWindow } from 'electron';

export interface OpenPaths {
  /** Tells the page, or keeps the paths until it listens. */
  open(paths: readonly string[]): void;
  /** The page of this window listens now; `undefined` when it is gone or loads again. */
  pageListens(window: BrowserWindow | undefined): void;
}

/** Paths come before the page is there (command line, double click) and later (second start, dropped on the dock). */
export function openPaths(): OpenPaths {
  let waiting: readonly string[] = [];
  let listening: BrowserWindow | undefined;

  function flush(): void {
    if (!listening || listening.isDestroyed() || waiting.length === 0) return;
    listening.webContents.send('open-paths', waiting);
    waiting = [];
  }

  return {
    open(paths) {
      waiting = [...waiting, ...paths];
      flush();
    },
    pageListens(window) {
      listening = window;
      flush();
    },
  };
}
