import { Menu } from 'electron';

/**
 * macOS expects a menu bar, and its copy and paste work through it; Cmd+W is left to the page, which closes the dataset in view.
 * Elsewhere the window has its own menu.
 */
export function installMenu(platform: string): void {
  if (platform !== 'darwin') return Menu.setApplicationMenu(null);
  Menu.setApplicationMenu(Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'zoom' }, { role: 'togglefullscreen' }, { type: 'separator' }, { role: 'front' }] }]));
}
