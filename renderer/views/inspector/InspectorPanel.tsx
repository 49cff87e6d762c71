import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { type InspectorPage, useUi } from '../../stores/ui-store.ts';
import { useViews } from '../../stores/view-store.ts';
import { text } from '../../strings/en.ts';
import { AttributesPage } from '../attributes/AttributesPage.tsx';
import { DisplayInspector } from '../frame/DisplayInspector.tsx';
import styles from './InspectorPanel.module.css';

/** Pages about the active view: how it is shown, and what the files say. */
export function InspectorPanel() {
  const page = useUi((state) => state.inspectorPage);
  const patch = useUi((state) => state.patch);
  const active = useViews((state) => state.active);
  return (
    <Tabs className={styles.tabs ?? ''} selectedKey={page} onSelectionChange={(key) => patch({ inspectorPage: key as InspectorPage })}>
      <TabList className={styles.list ?? ''} aria-label={text.inspector.pages}>
        <Tab id="display" className={styles.tab ?? ''}>{text.inspector.display}</Tab>
        <Tab id="attributes" className={styles.tab ?? ''}>{text.inspector.attributes}</Tab>
      </TabList>
      <TabPanel id="display" className={styles.scroll ?? ''}>
        {active === undefined ? <p className={styles.none}>{text.inspector.noView}</p> : <DisplayInspector viewId={active} />}
      </TabPanel>
      <TabPanel id="attributes" className={styles.page ?? ''}><AttributesPage /></TabPanel>
    </Tabs>
  );
}
