import type { ErrorRecord } from '../../../shared/model/data-error.ts';
import { openPath } from '../../stores/open-effects.ts';
import { recent, useRecent } from '../../stores/recent-store.ts';
import { text } from '../../strings/en.ts';
import { Button } from '../../widgets/Button.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import { ErrorCard } from './ErrorCard.tsx';
import styles from './dialogs.module.css';

/** Something could not be opened: why, and what can be done. */
export function ErrorDialog({ title, error, path, onClose }: { title: string; error: ErrorRecord; path?: string; onClose(): void }) {
  const isRecent = useRecent((state) => path !== undefined && state.entries.some((entry) => entry.path === path));
  const gone = error.code === 'not-found';
  const then = (run: () => void) => () => {
    onClose();
    run();
  };
  const actions =
    path === undefined ? undefined : (
      <>
        {gone && isRecent && (
          <Button small look="primary" onPress={then(() => void recent.remove(path))}>
            {text.errors.forget}
          </Button>
        )}
        <Button small look={gone && isRecent ? 'plain' : 'primary'} onPress={then(() => void openPath(path))}>
          {text.errors.tryAgain}
        </Button>
        {!gone && (
          <Button small onPress={then(() => void openPath(path, { ask: true }))}>
            {text.errors.openAs}
          </Button>
        )}
      </>
    );
  return (
    <Dialog title={title} role="alertdialog" onClose={onClose}>
      <div className={styles.pad}>
        <ErrorCard
          title={error.code === 'internal' ? text.errors.broken : text.errors.headlines[error.code]}
          error={error}
          actions={actions}
        />
      </div>
    </Dialog>
  );
}
