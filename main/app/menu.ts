import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';

/**
 * macOS expects a menu bar, and its copy and paste work through it; Cmd+W is left to the page, which closes the dataset in view.
 * Elsewhere the window has its own menu.
 */
export function installMenu(platform: string): void {
  const bar: MenuItemConstructorOptions[] = [
    { role: 'appMenu' },
    { role: 'editMenu' },
    {
      label: 'Window',
      submenu: [{ role: 'minimize' }, { role: 'zoom' }, { role: 'togglefullscreen' }, { type: 'separator' }, { role: 'front' }],
    },
  ];
  Menu.setApplicationMenu(platform === 'darwin' ? Menu.buildFromTemplate(bar) : null);
}
