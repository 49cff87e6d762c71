import { desktop } from '../client/desktop.ts';
import { useUi } from '../stores/ui-store.ts';
import { text } from '../strings/en.ts';
import { Button } from '../widgets/Button.tsx';
import { Icon } from '../widgets/Icon.tsx';
import styles from './HostNotice.module.css';

/** The host ended too often and waits for the user. */
export function HostNotice() {
  const reason = useUi((state) => state.hostDown);
  if (reason === undefined) return null;
  return (
    <div className={styles.notice} role="alert">
      <Icon name="error" />
      <span className={styles.words}>{text.host.down(reason)}</span>
      <Button small onPress={() => void desktop?.restartHost()}>
        {text.host.start}
      </Button>
    </div>
  );
}
