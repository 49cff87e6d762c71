import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { DesktopApi, PortMessage } from './api.ts';
import { PORT_CHANNEL, VERSION_ARGUMENT } from './channels.ts';
import type { PageCall, PageCalls, PageMessages } from './channels.ts';

function ask<C extends PageCall>(channel: C, ...values: Parameters<PageCalls[C]>): Promise<ReturnType<PageCalls[C]>> {
  return ipcRenderer.invoke(channel, ...values) as Promise<ReturnType<PageCalls[C]>>;
}

function listen<M extends keyof PageMessages>(channel: M, listener: (value: PageMessages[M]) => void): () => void {
  const forward = (_event: unknown, value: PageMessages[M]): void => listener(value);
  ipcRenderer.on(channel, forward);
  return () => ipcRenderer.removeListener(channel, forward);
}

/** Electron before 29 has no webUtils and puts the path on the File itself. */
function pathForFile(file: File & { readonly path?: string }): string {
  return (webUtils as typeof webUtils | undefined)?.getPathForFile(file) ?? file.path ?? '';
}

// Ports cannot cross the context bridge: they go to the page as a message of its own window.
ipcRenderer.on(PORT_CHANNEL, (event, { name, id }: Omit<PortMessage, 'tag'>) => {
  const message: PortMessage = { tag: 'streakline-port', name, id };
  window.postMessage(message, location.origin, [...event.ports]);
});

const api: DesktopApi = {
  platform: process.platform,
  version: process.argv.find((argument) => argument.startsWith(VERSION_ARGUMENT))?.slice(VERSION_ARGUMENT.length) ?? '',
  versions: { electron: process.versions.electron, chrome: process.versions.chrome },
  openDialog: (kind) => ask('open-dialog', kind),
  saveDialog: (wish) => ask('save-dialog', wish),
  dragFolder: () => ask('drag-folder'),
  startDrag: (paths) => ask('start-drag', paths),
  dragPicture: (name, png) => ask('drag-picture', name, png),
  pathForFile,
  revealInFolder: (path) => ask('reveal-in-folder', path),
  examplePath: () => ask('example-path'),
  recent: {
    list: () => ask('recent-list'),
    add: (entry) => ask('recent-add', entry),
    pin: (path, pinned) => ask('recent-pin', path, pinned),
    remove: (path) => ask('recent-remove', path),
    clear: () => ask('recent-clear'),
  },
  settings: { get: (name) => ask('settings-get', name), set: (name, value) => ask('settings-set', name, value) },
  theme: { get: () => ask('theme-get'), set: (source) => ask('theme-set', source) },
  requestPort: (name, id) => void ask('request-port', name, id),
  restartHost: () => ask('restart-host'),
  onOpenPaths: (listener) => {
    const stop = listen('open-paths', listener);
    void ask('ready-for-paths');
    return stop;
  },
  onHostRestarted: (listener) => listen('host-restarted', listener),
};

contextBridge.exposeInMainWorld('streakline', api);
