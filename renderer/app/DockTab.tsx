import type { IDockviewPanelHeaderProps } from 'dockview-react';
import { useEffect, useState } from 'react';
import { closeView } from '../stores/close-effects.ts';
import { useViews, type ViewState } from '../stores/view-store.ts';
import { Icon } from '../widgets/Icon.tsx';
import type { IconName } from '../widgets/icons.tsx';
import styles from './DockTab.module.css';

/** A tab: kind, title, close on hover and for the active one; the middle button closes too. */
export function DockTab({ api }: IDockviewPanelHeaderProps) {
  const [title, setTitle] = useState(api.title ?? '');
  useEffect(() => api.onDidTitleChange((event) => setTitle(event.title)).dispose, [api]);
  const icon = useViews((state) => iconOf(state.views[api.id]));
  const close = (): void => void closeView(api.id);
  return (
    <div
      className={styles.tab}
      title={title}
      onAuxClick={(event) => {
        if (event.button === 1) close();
      }}
    >
      <Icon name={icon} />
      <span className={styles.title}>{title}</span>
      {/* A tab may hold no control: keys close a view by the command. */}
      <span className={styles.close} aria-hidden="true" onPointerDown={(event) => event.stopPropagation()} onClick={close}>
        <Icon name="close" size={12} />
      </span>
    </div>
  );
}

function iconOf(view: ViewState | undefined): IconName {
  if (view?.particles) return 'tracks';
  return view?.bufferInfo?.frames[0]?.kind === 'vector' ? 'vectors' : 'image';
}
