import { cyclePanel } from '../app/panel-cycling.ts';
import { togglePanel } from '../app/panels.ts';
import { type PanelName, type ThemeChoice, useSettings } from '../stores/settings-store.ts';
import { useUi } from '../stores/ui-store.ts';
import { useProject } from '../stores/project-store.ts';
import { splitView } from '../stores/split-effects.ts';
import { activeView } from '../stores/view-store.ts';
import { text } from '../strings/en.ts';
import type { IconName } from '../widgets/icons.tsx';
import type { Action } from './action.ts';

const always = (): boolean => true;
const hasWork = (): boolean => useProject.getState().roots.length > 0;

const panel = (name: PanelName, label: string, key: string, icon: IconName): Action => ({
  id: `panel-${name}`,
  label,
  group: 'Window',
  keys: [key],
  icon,
  enabled: hasWork,
  checked: () => useSettings.getState().panels[name],
  run: () => togglePanel(name),
});

const theme = (choice: ThemeChoice): Action => ({
  id: `theme-${choice}`,
  label: text.actions.theme(text.theme[choice]),
  group: 'Window',
  keys: [],
  enabled: always,
  checked: () => useSettings.getState().theme === choice,
  run: () => useSettings.getState().change({ theme: choice }),
});

const overlay = (
  id: string,
  label: string,
  keys: readonly string[],
  icon: IconName,
  kind: 'palette' | 'shortcuts' | 'formats' | 'about',
): Action => ({
  id,
  label,
  group: kind === 'palette' ? 'Window' : 'Help',
  keys,
  icon,
  enabled: always,
  run: () => useUi.getState().show({ kind }),
});

export const windowActions: readonly Action[] = [
  overlay('palette', text.actions.palette, ['Mod+K', 'Mod+Shift+P'], 'search', 'palette'),
  panel('tree', text.actions.panelTree, 'Mod+B', 'panel-left'),
  panel('timeline', text.actions.panelTimeline, 'Mod+J', 'panel-bottom'),
  panel('inspector', text.actions.panelInspector, 'Mod+I', 'panel-right'),
  {
    id: 'thumbnails',
    label: text.actions.thumbnails,
    group: 'Window',
    keys: [],
    enabled: always,
    checked: () => useSettings.getState().thumbnails,
    run: () => useSettings.getState().change({ thumbnails: !useSettings.getState().thumbnails }),
  },
  {
    id: 'split',
    label: text.actions.split,
    group: 'Window',
    keys: ['Mod+\\'],
    icon: 'split',
    enabled: () => activeView() !== undefined,
    run: splitView,
  },
  {
    id: 'page-display',
    label: text.actions.pageDisplay,
    group: 'Window',
    keys: [],
    enabled: hasWork,
    run: () => useUi.getState().patch({ inspectorPage: 'display' }),
  },
  {
    id: 'page-attributes',
    label: text.actions.pageAttributes,
    group: 'Window',
    keys: ['Mod+Shift+A'],
    icon: 'table',
    enabled: hasWork,
    run: () => useUi.getState().patch({ inspectorPage: 'attributes' }),
  },
  { id: 'next-panel', label: text.actions.nextPanel, group: 'Window', keys: ['F6'], enabled: always, run: () => cyclePanel(1) },
  {
    id: 'previous-panel',
    label: text.actions.previousPanel,
    group: 'Window',
    keys: ['Shift+F6'],
    enabled: always,
    run: () => cyclePanel(-1),
  },
  theme('system'),
  theme('light'),
  theme('dark'),
  theme('contrast'),
  {
    id: 'single-keys',
    label: text.actions.singleKeys,
    group: 'Window',
    keys: [],
    icon: 'keyboard',
    enabled: always,
    checked: () => useSettings.getState().singleKeys,
    run: () => useSettings.getState().change({ singleKeys: !useSettings.getState().singleKeys }),
  },
  overlay('shortcuts', text.actions.shortcuts, ['?', 'F1'], 'keyboard', 'shortcuts'),
  overlay('formats', text.actions.formats, [], 'table', 'formats'),
  overlay('about', text.actions.about, [], 'info', 'about'),
];
