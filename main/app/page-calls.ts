import { BrowserWindow, app, ipcMain, nativeTheme, shell } from 'electron';
import type { IpcMainInvokeEvent } from 'electron';
import type { DesktopApi, ThemeSource } from '../../preload/api.ts';
import type { PageCall, PageCalls } from '../../preload/channels.ts';
import { openDialog, saveDialog } from './dialogs.ts';
import { createDragFolder, dragPicture, startDrag } from './drag-out.ts';
import type { HostProcess } from './host-process.ts';
import type { JsonFile } from './json-file.ts';
import { isTrustedSender } from './security.ts';
import { isRecord } from './settings.ts';
import type { Settings } from './settings.ts';

export interface PageServices {
  readonly host: HostProcess;
  readonly recent: DesktopApi['recent'];
  readonly settings: JsonFile<Settings>;
  /** Folder of the example project, if it is there. */
  examplePath(): Promise<string | undefined>;
  /** Tells the page the paths that waited for it. */
  pageIsReady(window: BrowserWindow | null): void;
}

/** An answer gets the event and unchecked values: whoever runs in the page is not trusted to keep to the types. */
type Answers = {
  readonly [C in PageCall]: (
    event: IpcMainInvokeEvent,
    ...values: readonly unknown[]
  ) => Promise<ReturnType<PageCalls[C]>> | ReturnType<PageCalls[C]>;
};

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('a text was expected');
  return value;
}

function texts(value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw new TypeError('a list of texts was expected');
  return value.map(text);
}

function bytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError('bytes were expected');
  return value;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new TypeError(`one of ${allowed.join(', ')} was expected`);
  return found;
}

const THEME_SOURCES: readonly ThemeSource[] = ['system', 'light', 'dark'];

function answers({ host, recent, settings, examplePath, pageIsReady }: PageServices): Answers {
  const windowOf = (event: IpcMainInvokeEvent): BrowserWindow | null => BrowserWindow.fromWebContents(event.sender);
  return {
    'open-dialog': (event, kind) => openDialog(windowOf(event), oneOf(kind, ['files', 'folder'])),
    'save-dialog': (event, wish) => {
      if (!isRecord(wish)) throw new TypeError('a wish was expected');
      return saveDialog(windowOf(event), { path: text(wish.path), label: text(wish.label), extensions: texts(wish.extensions) });
    },
    'drag-folder': () => createDragFolder(),
    'start-drag': (event, paths) => startDrag(event.sender, texts(paths)),
    'drag-picture': (event, name, png) => dragPicture(event.sender, text(name), bytes(png)),
    'reveal-in-folder': (_event, path) => shell.showItemInFolder(text(path)),
    'example-path': () => examplePath(),
    'recent-list': () => recent.list(),
    'recent-add': (_event, entry) => {
      if (!isRecord(entry)) throw new TypeError('an entry was expected');
      const { path, title, detail } = entry;
      app.addRecentDocument(text(path));
      return recent.add({ path: text(path), title: text(title), ...(detail === undefined ? {} : { detail: text(detail) }) });
    },
    'recent-pin': (_event, path, pinned) => recent.pin(text(path), pinned === true),
    'recent-remove': (_event, path) => recent.remove(text(path)),
    'recent-clear': () => recent.clear(),
    'settings-get': async (_event, name) => (await settings.read())[text(name)],
    'settings-set': async (_event, name, value) => void (await settings.update((all) => ({ ...all, [text(name)]: value }))),
    'theme-get': () => nativeTheme.themeSource,
    'theme-set': async (_event, source) => {
      nativeTheme.themeSource = oneOf(source, THEME_SOURCES);
      await settings.update((all) => ({ ...all, theme: nativeTheme.themeSource }));
    },
    'request-port': (event, name, id) => {
      if (event.senderFrame) host.connect(event.senderFrame, oneOf(name, ['control', 'frames']), text(id));
    },
    'restart-host': () => host.restart(),
    'ready-for-paths': (event) => pageIsReady(windowOf(event)),
  };
}

/** Applies the stored theme; an unknown value means that the system's is followed. */
export function applyTheme(stored: unknown): void {
  nativeTheme.themeSource = THEME_SOURCES.find((source) => source === stored) ?? 'system';
}

export function answerPageCalls(services: PageServices): void {
  for (const [channel, answer] of Object.entries(answers(services))) {
    ipcMain.handle(channel, (event, ...values: readonly unknown[]) => {
      if (!isTrustedSender(event)) throw new Error(`refused: ${channel} was not asked by the program's own page`);
      return answer(event, ...values);
    });
  }
}
