import { closeAll, closeView } from '../stores/close-effects.ts';
import { useDatasets } from '../stores/dataset-store.ts';
import { openExample, openFilesDialog, openPath } from '../stores/open-effects.ts';
import { useProject } from '../stores/project-store.ts';
import { recent, useRecent } from '../stores/recent-store.ts';
import { useUi } from '../stores/ui-store.ts';
import { activeView } from '../stores/view-store.ts';
import { text } from '../strings/en.ts';
import type { Action } from './action.ts';

const always = (): boolean => true;

/** The path that the active view's dataset was opened from; bytes that were dropped have none. */
function activePath(): string | undefined {
  const view = activeView();
  return view && useProject.getState().origins[view.dataset]?.path;
}

function holdsData(view = activeView()): boolean {
  return view !== undefined && useDatasets.getState().opened[view.dataset] !== undefined;
}

function showExport(): void {
  const view = activeView();
  if (view) useUi.getState().show({ kind: 'export', view: view.id });
}

export const fileActions: readonly Action[] = [
  {
    id: 'open-files',
    label: text.actions.openFiles,
    group: 'File',
    keys: ['Mod+O'],
    icon: 'open',
    enabled: always,
    run: () => openFilesDialog('files'),
  },
  {
    id: 'open-folder',
    label: text.actions.openFolder,
    group: 'File',
    keys: ['Mod+Shift+O'],
    icon: 'folder',
    enabled: always,
    run: () => openFilesDialog('folder'),
  },
  { id: 'open-example', label: text.actions.openExample, group: 'File', keys: [], icon: 'vectors', enabled: always, run: openExample },
  {
    id: 'open-as',
    label: text.actions.openAs,
    group: 'File',
    keys: [],
    icon: 'gear',
    enabled: () => activePath() !== undefined,
    run: async () => {
      const path = activePath();
      if (path !== undefined) await openPath(path, { ask: true });
    },
  },
  { id: 'export', label: text.actions.export, group: 'File', keys: ['Mod+E'], icon: 'export', enabled: holdsData, run: showExport },
  {
    id: 'close-view',
    label: text.actions.closeView,
    group: 'File',
    keys: ['Mod+W', 'Alt+W'],
    icon: 'close',
    enabled: () => activeView() !== undefined,
    run: async () => {
      const view = activeView();
      if (view) await closeView(view.id);
    },
  },
  {
    id: 'close-all',
    label: text.actions.closeAll,
    group: 'File',
    keys: [],
    enabled: () => useProject.getState().roots.length > 0,
    run: closeAll,
  },
  {
    id: 'clear-recent',
    label: text.actions.clearRecent,
    group: 'File',
    keys: [],
    icon: 'bin',
    enabled: () => useRecent.getState().entries.length > 0,
    run: recent.clear,
  },
];
