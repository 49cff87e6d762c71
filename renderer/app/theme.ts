import { desktop } from '../client/desktop.ts';
import { type ThemeChoice, useSettings } from '../stores/settings-store.ts';

export type Theme = Exclude<ThemeChoice, 'system'>;

const SYSTEM = {
  contrast: '(prefers-contrast: more), (forced-colors: active)',
  light: '(prefers-color-scheme: light)',
} as const;

/** The theme that a choice means on this system now. */
export function resolveTheme(choice: ThemeChoice, matches: (query: string) => boolean): Theme {
  if (choice !== 'system') return choice;
  if (matches(SYSTEM.contrast)) return 'contrast';
  return matches(SYSTEM.light) ? 'light' : 'dark';
}

/** Sets data-theme now and at every change of the setting or the system. Called before anything is drawn. */
export function followTheme(): void {
  const apply = (): void => {
    document.documentElement.dataset['theme'] = resolveTheme(useSettings.getState().theme, (query) => window.matchMedia(query).matches);
  };
  apply();
  useSettings.subscribe(({ theme }, before) => {
    if (theme === before.theme) return;
    apply();
    void desktop?.theme.set(theme === 'contrast' ? 'dark' : theme);
  });
  for (const query of Object.values(SYSTEM)) window.matchMedia(query).addEventListener('change', apply);
}
