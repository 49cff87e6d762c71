import { create } from 'zustand';

export const THEME_CHOICES = ['system', 'light', 'dark', 'contrast'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

export const PANEL_WIDTHS = { tree: { min: 200, normal: 264, max: 480 }, inspector: { min: 264, normal: 304, max: 480 } } as const;

export type PanelName = 'tree' | 'timeline' | 'inspector';

/** What the user chose for the window; kept over starts. */
export interface Settings {
  readonly theme: ThemeChoice;
  /** Keys without Ctrl, Alt or Cmd that write a character act as commands. */
  readonly singleKeys: boolean;
  /** Keys given to commands in place of their own, by the command's id. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  readonly panels: Readonly<Record<PanelName, boolean>>;
  /** Small pictures in the tree and on the time line. */
  readonly thumbnails: boolean;
  readonly treeWidth: number;
  readonly inspectorWidth: number;
}

interface SettingsState extends Settings {
  change(settings: Partial<Settings>): void;
  togglePanel(panel: PanelName): void;
}

const STORED = 'streakline-settings';

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  singleKeys: true,
  keys: {},
  panels: { tree: true, timeline: true, inspector: true },
  thumbnails: true,
  treeWidth: PANEL_WIDTHS.tree.normal,
  inspectorWidth: PANEL_WIDTHS.inspector.normal,
};

export const useSettings = create<SettingsState>((set) => ({
  ...readSettings(typeof localStorage === 'undefined' ? null : localStorage.getItem(STORED)),
  change: (settings) => set(settings),
  togglePanel: (panel) => set((state) => ({ panels: { ...state.panels, [panel]: !state.panels[panel] } })),
}));

useSettings.subscribe(({ theme, singleKeys, keys, panels, thumbnails, treeWidth, inspectorWidth }) => {
  if (typeof localStorage !== 'undefined')
    localStorage.setItem(STORED, JSON.stringify({ theme, singleKeys, keys, panels, thumbnails, treeWidth, inspectorWidth }));
});

/** Stored settings, each one checked: what is absent or wrong takes its default. */
export function readSettings(stored: string | null): Settings {
  const given = parseRecord(stored);
  const panels = isRecord(given['panels']) ? given['panels'] : {};
  const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise);
  const width = (value: unknown, { min, normal, max }: { min: number; normal: number; max: number }): number =>
    typeof value === 'number' && Number.isFinite(value) ? Math.min(max, Math.max(min, Math.round(value))) : normal;
  return {
    theme: THEME_CHOICES.find((choice) => choice === given['theme']) ?? DEFAULT_SETTINGS.theme,
    singleKeys: flag(given['singleKeys'], true),
    keys: readKeys(given['keys']),
    panels: { tree: flag(panels['tree'], true), timeline: flag(panels['timeline'], true), inspector: flag(panels['inspector'], true) },
    thumbnails: flag(given['thumbnails'], true),
    treeWidth: width(given['treeWidth'], PANEL_WIDTHS.tree),
    inspectorWidth: width(given['inspectorWidth'], PANEL_WIDTHS.inspector),
  };
}

const MOST_KEYS = 8;

function readKeys(given: unknown): Settings['keys'] {
  const lists = Object.entries(isRecord(given) ? given : {});
  return Object.fromEntries(
    lists.flatMap(([id, list]) =>
      Array.isArray(list) && list.length <= MOST_KEYS && list.every((keys) => typeof keys === 'string') ? [[id, list as string[]]] : [],
    ),
  );
}

function parseRecord(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
