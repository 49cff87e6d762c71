import { type PanelName, useSettings } from '../stores/settings-store.ts';
import { useUi } from '../stores/ui-store.ts';

/** Below these widths a panel is a drawer over the centre; below the height the time line is its transport row only. */
export const NARROW = { inspector: '(max-width: 1199px)', tree: '(max-width: 959px)', timeline: '(max-height: 699px)' } as const;

export function isDrawer(panel: 'tree' | 'inspector'): boolean {
  return window.matchMedia(NARROW[panel]).matches;
}

/** Folds or unfolds a panel; where it is a drawer, opens or shuts that. */
export function togglePanel(panel: PanelName): void {
  const ui = useUi.getState();
  if (panel !== 'timeline' && isDrawer(panel)) ui.patch({ drawer: ui.drawer === panel ? undefined : panel });
  else useSettings.getState().togglePanel(panel);
}
