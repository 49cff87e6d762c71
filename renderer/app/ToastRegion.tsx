import { useEffect, useState } from 'react';
import { type Toast, useToasts } from '../stores/toast-store.ts';
import { text } from '../strings/en.ts';
import { cx } from '../widgets/class-names.ts';
import { Icon } from '../widgets/Icon.tsx';
import { IconButton } from '../widgets/IconButton.tsx';
import styles from './ToastRegion.module.css';

const SHOWN_MILLISECONDS = 5000;

/** Messages at the lower right, read out politely; they stay while the pointer or the focus is on them. */
export function ToastRegion() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div className={styles.region} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <Message key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function Message({ toast }: { toast: Toast }) {
  const dismiss = useToasts((state) => state.dismiss);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismiss(toast.id), SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [held, toast.id, dismiss]);
  return (
    <div
      className={cx(styles.toast, styles[toast.tone])}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={toast.tone === 'ok' ? 'check' : 'warning'} />
      <span className={styles.words}>{toast.message}</span>
      <IconButton icon="close" label={text.common.dismiss} small onPress={() => dismiss(toast.id)} />
    </div>
  );
}
