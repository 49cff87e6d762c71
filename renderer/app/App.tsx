import { lazy, Suspense } from 'react';
import { useProject } from '../stores/project-store.ts';
import { useViews } from '../stores/view-store.ts';
import { StatusBar } from '../views/status/StatusBar.tsx';
import { Welcome } from '../views/welcome/Welcome.tsx';
import { DropLayer } from './DropLayer.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { HostNotice } from './HostNotice.tsx';
import { Overlays } from './Overlays.tsx';
import { ToastRegion } from './ToastRegion.tsx';
import { TopBar } from './TopBar.tsx';
import styles from './App.module.css';

/** The page's heavy half (dock, tree, inspectors) comes when there is something to show: the welcome page does not wait for it. */
const Work = lazy(() => import('./Work.tsx'));

export function App() {
  const hasRoots = useProject((state) => state.roots.length > 0);
  const hasViews = useViews((state) => Object.keys(state.views).length > 0);
  const hasWork = hasRoots || hasViews;
  return (
    <div className={styles.app}>
      <TopBar hasWork={hasWork} />
      <HostNotice />
      <ErrorBoundary>
        {hasWork ? (
          <Suspense fallback={<div className={styles.blank} />}>
            <Work />
          </Suspense>
        ) : (
          <Welcome />
        )}
      </ErrorBoundary>
      <StatusBar />
      <Overlays />
      <ToastRegion />
      <DropLayer />
    </div>
  );
}
