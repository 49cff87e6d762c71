import type { FrameDatasetInfo } from '../../shared/model/dataset.ts';
import { openPath } from '../stores/open-effects.ts';
import { text } from '../strings/en.ts';
import { seriesText } from '../strings/series-text.ts';
import { Button } from '../widgets/Button.tsx';
import { Icon } from '../widgets/Icon.tsx';
import styles from './NoBuffers.module.css';

const words = seriesText.empty;

/** A dataset without buffers: what it is, why nothing is shown, and the members that can be opened. */
export function NoBuffers({ info }: { info: FrameDatasetInfo }) {
  const unsupported = info.warnings.find(({ code }) => code === 'unsupported')?.message;
  const members = info.children;
  const reason = members.length > 0 ? words.members(members.length) : (unsupported ?? text.work.noBuffersMore);
  return (
    <div className={styles.none}>
      <Icon name={unsupported === undefined ? 'folder' : 'warning'} size={24} />
      <p className={styles.strong}>{unsupported === undefined ? text.work.noBuffers : words.unsupported}</p>
      <p className={styles.reason}>{reason}</p>
      {members.length > 0 && unsupported !== undefined && <p className={styles.reason}>{unsupported}</p>}
      {members.length > 0 && (
        <ul className={styles.members} aria-label={words.list}>
          {members.map(({ title, path, format, options }) => (
            <li key={title}>
              <Button small look="quiet" onPress={() => void openPath(path, options ? { member: { format, options } } : {})}>
                {title}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
