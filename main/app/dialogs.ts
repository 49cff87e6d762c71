import { dialog } from 'electron';
import type { BrowserWindow, OpenDialogOptions, SaveDialogOptions } from 'electron';
import type { DialogKind, SaveWish } from '../../preload/api.ts';

const DIALOGS: Readonly<Record<DialogKind, OpenDialogOptions>> = {
  files: {
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: 'Frame data', extensions: ['set', 'im7', 'vc7', 'imx', 'img', 'vec', 'npy'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
  folder: { properties: ['openDirectory'] },
};

/** Chosen paths; none when the user cancelled. */
export async function openDialog(window: BrowserWindow | null, kind: DialogKind): Promise<readonly string[]> {
  const options = DIALOGS[kind];
  const { canceled, filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return canceled ? [] : filePaths;
}

/** The chosen path; undefined when the user cancelled. */
export async function saveDialog(window: BrowserWindow | null, { path, label, extensions }: SaveWish): Promise<string | undefined> {
  const options: SaveDialogOptions = {
    defaultPath: path,
    properties: ['createDirectory', 'showOverwriteConfirmation'],
    ...(extensions.length > 0 ? { filters: [{ name: label, extensions: [...extensions] }] } : {}),
  };
  const { canceled, filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  return canceled || !filePath ? undefined : filePath;
}
