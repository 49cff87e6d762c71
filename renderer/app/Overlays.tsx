import { lazy, Suspense } from 'react';
import { useUi } from '../stores/ui-store.ts';

const load = () => import('./OverlayContent.tsx');
const OverlayContent = lazy(load);

// What is typed right after the palette was asked for must find it there.
if (typeof requestIdleCallback === 'function') requestIdleCallback(() => void load(), { timeout: 3000 });

/** Dialogs and the palette; their code comes when the page has nothing else to do. */
export function Overlays() {
  const overlay = useUi((state) => state.overlay);
  if (!overlay) return null;
  return (
    <Suspense fallback={null}>
      <OverlayContent overlay={overlay} />
    </Suspense>
  );
}
