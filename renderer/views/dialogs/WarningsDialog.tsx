import type { Warning } from '../../../shared/model/warning.ts';
import { text } from '../../strings/en.ts';
import { Dialog } from '../../widgets/Dialog.tsx';
import { Icon } from '../../widgets/Icon.tsx';
import { fixedText } from '../../../shared/draw/number-text.ts';
import styles from './dialogs.module.css';

/** All oddities of a dataset with their places. */
export function WarningsDialog({ title, warnings, onClose }: { title: string; warnings: readonly Warning[]; onClose(): void }) {
  return (
    <Dialog title={`${title}: ${text.tree.warningCount(warnings.length)}`} width={680} onClose={onClose}>
      <ul className={styles.list}>
        {warnings.map(({ code, message, path, offset }, index) => (
          <li key={index}>
            <Icon name="warning" />
            <div className={styles.words}>
              <p>{message}</p>
              <p className={styles.dim}>
                {[path, offset === undefined ? '' : text.errors.byte(fixedText(offset, 0)), code].filter(Boolean).join(', ')}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
