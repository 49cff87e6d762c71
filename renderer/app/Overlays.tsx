import { lazy, Suspense } from 'react';
import { useUi } from '../stores/ui-store.ts';

const OverlayContent = lazy(() => import('./OverlayContent.tsx'));

/** Dialogs and the palette; their code comes with the first of them. */
export function Overlays() {
  const overlay = useUi((state) => state.overlay);
  if (!overlay) return null;
  return <Suspense fallback={null}><OverlayContent overlay={overlay} /></Suspense>;
}
