import { useSettings } from '../stores/settings-store.ts';
import { useUi } from '../stores/ui-store.ts';
import { text } from '../strings/en.ts';
import { InspectorPanel } from '../views/inspector/InspectorPanel.tsx';
import { ProjectPanel } from '../views/project/ProjectPanel.tsx';
import { Timeline } from '../views/timeline/Timeline.tsx';
import { cx } from '../widgets/class-names.ts';
import { Dock } from './Dock.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { PanelDivider } from './PanelDivider.tsx';
import { NARROW } from './panels.ts';
import { useMedia } from './use-media.ts';
import styles from './Work.module.css';

/** Tree, dock and inspector beside each other, the time line below. The panels keep their widths, the centre takes the change. */
export default function Work() {
  const { panels, treeWidth, inspectorWidth } = useSettings();
  const drawer = useUi((state) => state.drawer);
  const treeDrawer = useMedia(NARROW.tree);
  const inspectorDrawer = useMedia(NARROW.inspector);
  const showTree = treeDrawer ? drawer === 'tree' : panels.tree;
  const showInspector = inspectorDrawer ? drawer === 'inspector' : panels.inspector;
  return (
    <>
      <div className={styles.row}>
        {showTree && (
          <nav
            className={cx(styles.side, styles.left, treeDrawer && styles.drawer)}
            style={{ width: treeWidth }}
            data-panel="tree"
            aria-label={text.tree.title}
          >
            <ErrorBoundary>
              <ProjectPanel />
            </ErrorBoundary>
            {!treeDrawer && <PanelDivider panel="tree" />}
          </nav>
        )}
        <main className={styles.centre} data-panel="centre">
          <ErrorBoundary>
            <Dock />
          </ErrorBoundary>
        </main>
        {showInspector && (
          <aside
            className={cx(styles.side, styles.right, inspectorDrawer && styles.drawer)}
            style={{ width: inspectorWidth }}
            data-panel="inspector"
            aria-label={text.inspector.label}
          >
            <ErrorBoundary>
              <InspectorPanel />
            </ErrorBoundary>
            {!inspectorDrawer && <PanelDivider panel="inspector" />}
          </aside>
        )}
      </div>
      {panels.timeline && (
        <section className={styles.timeline} data-panel="timeline" aria-label={text.timeline.label}>
          <ErrorBoundary>
            <Timeline />
          </ErrorBoundary>
        </section>
      )}
    </>
  );
}
