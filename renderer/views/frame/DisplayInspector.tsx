import { useViews } from '../../stores/view-store.ts';
import { frameText } from '../../strings/frame-text.ts';
import { BackgroundSection } from './BackgroundSection.tsx';
import styles from './DisplayInspector.module.css';
import { OverlaysSection } from './OverlaysSection.tsx';
import { ValiditySection } from './ValiditySection.tsx';
import { VectorsSection } from './VectorsSection.tsx';
import { useDisplay, useShownFrame } from './view-look.ts';

/** Everything that decides how the view shows its frame. */
export function DisplayInspector({ viewId }: { viewId: string }) {
  const display = useDisplay(viewId);
  const frame = useShownFrame(viewId);
  const inSpace = useViews((state) => state.views[viewId]?.camera !== undefined);
  if (!display || !frame) return <p className={styles.waiting}>{frameText.inspector.waiting}</p>;
  const parts = { viewId, display, frame, inSpace };
  return (
    <div className={styles.inspector}>
      {!inSpace && <BackgroundSection {...parts} />}
      {frame.kind === 'vector' && <VectorsSection {...parts} />}
      <ValiditySection {...parts} />
      <OverlaysSection {...parts} />
    </div>
  );
}
