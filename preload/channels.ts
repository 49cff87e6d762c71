import type { DesktopApi, DialogKind, HostRestart, PortName, RecentEntry, SaveWish, ThemeSource } from './api.ts';

/** Questions of the page to the main process; main/app/page-calls.ts has one answer for each. */
export interface PageCalls {
  'open-dialog': (kind: DialogKind) => readonly string[];
  'save-dialog': (wish: SaveWish) => string | undefined;
  'drag-folder': () => string;
  'start-drag': (paths: readonly string[]) => void;
  'drag-picture': (name: string, png: Uint8Array) => void;
  'reveal-in-folder': (path: string) => void;
  'example-path': () => string | undefined;
  'recent-list': () => readonly RecentEntry[];
  'recent-add': (entry: Parameters<DesktopApi['recent']['add']>[0]) => readonly RecentEntry[];
  'recent-pin': (path: string, pinned: boolean) => readonly RecentEntry[];
  'recent-remove': (path: string) => readonly RecentEntry[];
  'recent-clear': () => readonly RecentEntry[];
  'settings-get': (name: string) => unknown;
  'settings-set': (name: string, value: unknown) => void;
  'theme-get': () => ThemeSource;
  'theme-set': (source: ThemeSource) => void;
  'request-port': (name: PortName, id: string) => void;
  'restart-host': () => void;
  /** The page listens for paths now: what waited is told. */
  'ready-for-paths': () => void;
}

export type PageCall = keyof PageCalls;

/** What the main process tells the page unasked. */
export interface PageMessages {
  'open-paths': readonly string[];
  'host-restarted': HostRestart;
}

/** Carries a port beside `{ name, id }`. */
export const PORT_CHANNEL = 'port';

/** Command line argument of the page's process that holds the program's version. */
export const VERSION_ARGUMENT = '--streakline-version=';
