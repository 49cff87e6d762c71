import { type DockviewApi, DockviewReact, type DockviewReadyEvent, type IDockviewPanelProps } from 'dockview-react';
import 'dockview-react/dist/styles/dockview.css';
import { useEffect, useRef } from 'react';
import type { DatasetInfo } from '../../shared/model/dataset.ts';
import { closeView } from '../stores/close-effects.ts';
import { useDatasets } from '../stores/dataset-store.ts';
import { framesOfView, planesOfView } from '../stores/frame-choices.ts';
import { takeNeighbour } from '../stores/split-effects.ts';
import { useViews } from '../stores/view-store.ts';
import { text } from '../strings/en.ts';
import { particleText } from '../strings/particle-text.ts';
import { frameText } from '../strings/frame-text.ts';
import { DockTab } from './DockTab.tsx';
import { EmptyCentre } from './EmptyCentre.tsx';
import { ViewPanel } from './ViewPanel.tsx';
import './dock.css';

const THEME = { name: 'streakline', className: 'dock-theme', dndOverlayMounting: 'relative', dndPanelOverlay: 'content' } as const;
const COMPONENTS = { view: (props: IDockviewPanelProps) => <ViewPanel viewId={props.api.id} /> };
const MESSAGES = { closeTab: text.work.closeTab };

/** The views as tabs that can be split. The store says which views there are; the dock says where they stand and which one is active. */
export function Dock() {
  const api = useRef<DockviewApi>(undefined);
  useEffect(
    () =>
      useViews.subscribe(() => {
        if (!api.current) return;
        followViews(api.current);
        followTitles(api.current);
      }),
    [],
  );
  useEffect(
    () =>
      useDatasets.subscribe(() => {
        if (api.current) followTitles(api.current);
      }),
    [],
  );
  const ready = (event: DockviewReadyEvent): void => {
    api.current = event.api;
    followViews(event.api);
    event.api.onDidRemovePanel((panel) => {
      if (useViews.getState().views[panel.id]) void closeView(panel.id);
    });
    event.api.onDidActivePanelChange(({ panel }) => {
      if (panel && useViews.getState().views[panel.id]) useViews.getState().activate(panel.id);
    });
  };
  return (
    <DockviewReact
      components={COMPONENTS}
      defaultTabComponent={DockTab}
      watermarkComponent={EmptyCentre}
      theme={THEME}
      messages={MESSAGES}
      scrollbars="native"
      disableFloatingGroups={false}
      onReady={ready}
    />
  );
}

function followViews(api: DockviewApi): void {
  const { views, active } = useViews.getState();
  for (const panel of [...api.panels]) if (!views[panel.id]) api.removePanel(panel);
  for (const id of Object.keys(views)) {
    if (api.getPanel(id)) continue;
    const neighbour = takeNeighbour(id);
    const beside = neighbour !== undefined && api.getPanel(neighbour.id);
    api.addPanel({
      id,
      component: 'view',
      title: titleOf(id),
      ...(beside ? { position: { referencePanel: beside, direction: neighbour.direction } } : {}),
    });
  }
  if (active !== undefined && api.activePanel?.id !== active) api.getPanel(active)?.api.setActive();
}

function followTitles(api: DockviewApi): void {
  for (const panel of api.panels) {
    const title = titleOf(panel.id);
    if (title !== '' && panel.title !== title) panel.api.setTitle(title);
  }
}

/** The dataset's title; views of a frame or a cut beside each other are told apart. */
function titleOf(id: string): string {
  const { views } = useViews.getState();
  const view = views[id];
  const title = datasetTitle(useDatasets.getState().opened[view?.dataset ?? '']?.info);
  const alone = Object.values(views).every((other) => other.id === id || other.dataset !== view?.dataset);
  if (!alone && view?.particles) return particleText.title(title, framesOfView(view) > 1 ? view.place.frame + 1 : undefined);
  return !view || alone
    ? title
    : frameText.titles.place(
        title,
        view.place.cut ?? 'xy',
        planesOfView(view) > 1,
        framesOfView(view) > 1 ? view.place.frame + 1 : undefined,
      );
}

/** A set of particles that is open as vectors in cells, too, is told from itself. */
function datasetTitle(info: DatasetInfo | undefined): string {
  const cells = info?.kind === 'frames' ? info.diagnostics.find(({ name }) => name === 'cells')?.value : undefined;
  return cells === undefined ? (info?.title ?? '') : particleText.cells(info?.title ?? '', cells);
}
