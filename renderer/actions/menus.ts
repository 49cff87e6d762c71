/** Menus of the menu bar by action id; lines between the lists. The desktop's own menu keeps only the roles that the system needs. */
export interface MenuTemplate {
  readonly id: string;
  readonly groups: readonly (readonly string[])[];
}

export const MENUS: readonly MenuTemplate[] = [
  {
    id: 'file',
    groups: [
      ['open-files', 'open-folder', 'open-example'],
      ['open-as'],
      ['export', 'bin-grid'],
      ['close-view', 'close-all'],
      ['clear-recent'],
    ],
  },
  { id: 'edit', groups: [['copy-picture', 'copy-read-out'], ['copy-attributes-text', 'copy-attributes-json'], ['palette']] },
  {
    id: 'view',
    groups: [
      ['zoom-in', 'zoom-out', 'fit', 'flip-x', 'flip-y', 'space'],
      ['reset-camera', 'orthographic', 'particle-xy', 'particle-xz', 'particle-yz'],
      ['vectors', 'mask', 'histogram'],
      ['levels-once', 'levels-lock', 'levels-reset'],
      ['panel-tree', 'panel-timeline', 'panel-inspector', 'page-attributes', 'thumbnails'],
      ['split', 'split-frames', 'split-cuts', 'link'],
      ['theme-system', 'theme-light', 'theme-dark', 'theme-contrast'],
    ],
  },
  {
    id: 'data',
    groups: [
      [
        'next-buffer',
        'previous-buffer',
        'next-10',
        'previous-10',
        'next-100',
        'previous-100',
        'first-buffer',
        'last-buffer',
        'go-to',
        'follow-last',
        'time-axis',
      ],
      ['play', 'loop', 'every-frame', 'real-time'],
      ['next-frame', 'previous-frame', 'next-plane', 'previous-plane', 'blink'],
    ],
  },
  { id: 'help', groups: [['shortcuts', 'single-keys', 'formats'], ['about']] },
];
