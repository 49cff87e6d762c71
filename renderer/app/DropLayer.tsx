import { useEffect } from 'react';
import { openDropped } from '../stores/drop-effects.ts';
import { useUi } from '../stores/ui-store.ts';
import { text } from '../strings/en.ts';
import { Icon } from '../widgets/Icon.tsx';
import styles from './DropLayer.module.css';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Takes files and folders dropped anywhere on the window, and shows so while they are dragged over it. */
export function DropLayer() {
  const dragging = useUi((state) => state.dragging);
  useEffect(listenToDrops, []);
  if (!dragging) return null;
  return (
    <div className={styles.layer}>
      <div className={styles.card}>
        <Icon name="drop" size={28} />
        <p className={styles.title}>{text.welcome.dropNow}</p>
        <p className={styles.more}>
          {text.welcome.recognised}
          <br />
          {text.welcome.anyFile}
        </p>
      </div>
    </div>
  );
}

function listenToDrops(): () => void {
  const { patch } = useUi.getState();
  // Every element fires enter and leave; the window is left when as many leaves as enters were seen.
  let depth = 0;
  const handlers: Record<string, (event: DragEvent) => void> = {
    dragenter: (event) => {
      if (hasFiles(event) && (depth += 1) === 1) patch({ dragging: true });
    },
    dragover: (event) => {
      if (hasFiles(event)) event.preventDefault();
    },
    dragleave: (event) => {
      if (hasFiles(event) && (depth -= 1) === 0) patch({ dragging: false });
    },
    drop: (event) => {
      depth = 0;
      patch({ dragging: false });
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      void openDropped(event.dataTransfer);
    },
  };
  const events = Object.entries(handlers) as [keyof WindowEventMap, EventListener][];
  for (const [name, handler] of events) window.addEventListener(name, handler);
  return () => {
    for (const [name, handler] of events) window.removeEventListener(name, handler);
  };
}
