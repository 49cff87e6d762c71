import { text } from '../strings/en.ts';
import { Icon } from '../widgets/Icon.tsx';
import styles from './EmptyCentre.module.css';

/** The centre without a view says what to do next. */
export function EmptyCentre() {
  return (
    <div className={styles.empty}>
      <Icon name="folder" size={24} />
      <p className={styles.title}>{text.work.empty}</p>
      <p>{text.work.emptyMore}</p>
    </div>
  );
}
