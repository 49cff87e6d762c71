/** Built-in colour maps; the first of each kind is its default. */
export const COLOR_MAPS = [
  { name: 'gray', label: 'Grey', kind: 'sequential' },
  { name: 'viridis', label: 'Viridis', kind: 'sequential' },
  { name: 'cividis', label: 'Cividis', kind: 'sequential' },
  { name: 'inferno', label: 'Inferno', kind: 'sequential' },
  { name: 'magma', label: 'Magma', kind: 'sequential' },
  { name: 'plasma', label: 'Plasma', kind: 'sequential' },
  { name: 'dark-centre', label: 'Dark centre', kind: 'diverging' },
  { name: 'light-centre', label: 'Light centre', kind: 'diverging' },
  { name: 'twilight', label: 'Twilight', kind: 'cyclic' },
  { name: 'turbo', label: 'Turbo', kind: 'rainbow' },
  { name: 'jet', label: 'Jet', kind: 'rainbow' },
] as const;

export type ColorMapName = (typeof COLOR_MAPS)[number]['name'];
