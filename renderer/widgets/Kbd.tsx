import { keyLabel } from '../actions/keys.ts';
import styles from './Kbd.module.css';

/** A key such as 'Mod+K', written as this platform writes it. */
export function Kbd({ keys }: { keys: string }) {
  return <kbd className={styles.kbd}>{keyLabel(keys)}</kbd>;
}
