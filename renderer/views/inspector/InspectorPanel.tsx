import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { useDatasets } from '../../stores/dataset-store.ts';
import { type InspectorPage, useUi } from '../../stores/ui-store.ts';
import { useViews } from '../../stores/view-store.ts';
import { text } from '../../strings/en.ts';
import { particleText } from '../../strings/particle-text.ts';
import { AttributesPage } from '../attributes/AttributesPage.tsx';
import { DisplayInspector } from '../frame/DisplayInspector.tsx';
import { DisplayPage } from '../particles/DisplayPage.tsx';
import { FiltersPage } from '../particles/FiltersPage.tsx';
import { StatisticsPage } from '../particles/StatisticsPage.tsx';
import styles from './InspectorPanel.module.css';

/** Pages about the active view: how it is shown, what of it is shown, and what the files say. */
export function InspectorPanel() {
  const page = useUi((state) => state.inspectorPage);
  const patch = useUi((state) => state.patch);
  const active = useViews((state) => state.active);
  const dataset = useViews((state) => state.views[state.active ?? '']?.dataset ?? '');
  const info = useDatasets((state) => state.opened[dataset]?.info);
  const particles = active !== undefined && info?.kind === 'particles' ? { viewId: active, dataset, info } : undefined;
  const shown = particles || page === 'attributes' ? page : 'display';
  return (
    <Tabs className={styles.tabs ?? ''} selectedKey={shown} onSelectionChange={(key) => patch({ inspectorPage: key as InspectorPage })}>
      <TabList className={styles.list ?? ''} aria-label={text.inspector.pages}>
        <Tab id="display" className={styles.tab ?? ''}>
          {text.inspector.display}
        </Tab>
        {particles && (
          <Tab id="filters" className={styles.tab ?? ''}>
            {particleText.inspector.filters}
          </Tab>
        )}
        <Tab id="attributes" className={styles.tab ?? ''}>
          {text.inspector.attributes}
        </Tab>
        {particles && (
          <Tab id="statistics" className={styles.tab ?? ''}>
            {particleText.inspector.statistics}
          </Tab>
        )}
      </TabList>
      <TabPanel id="display" className={styles.scroll ?? ''}>
        {active === undefined ? <p className={styles.none}>{text.inspector.noView}</p> : displayOf(active, particles)}
      </TabPanel>
      {particles && (
        <TabPanel id="filters" className={styles.scroll ?? ''}>
          <FiltersPage key={particles.viewId} {...particles} />
        </TabPanel>
      )}
      <TabPanel id="attributes" className={styles.page ?? ''}>
        <AttributesPage />
      </TabPanel>
      {particles && (
        <TabPanel id="statistics" className={styles.scroll ?? ''}>
          <StatisticsPage {...particles} />
        </TabPanel>
      )}
    </Tabs>
  );
}

function displayOf(active: string, particles: { readonly viewId: string; readonly info: ParticleDatasetInfo } | undefined): ReactNode {
  return particles ? <DisplayPage {...particles} /> : <DisplayInspector viewId={active} />;
}
