import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { RecentEntry } from '../../../preload/api.ts';
import { openPath } from '../../stores/open-effects.ts';
import { fileName, folderOf } from '../../stores/project-store.ts';
import { recent, useRecent } from '../../stores/recent-store.ts';
import { text } from '../../strings/en.ts';
import { Badge } from '../../widgets/Badge.tsx';
import { Button } from '../../widgets/Button.tsx';
import { cx } from '../../widgets/class-names.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { SearchField } from '../../widgets/SearchField.tsx';
import { StoredThumbnail } from '../thumbnails/Thumbnail.tsx';
import { openedText } from './opened-text.ts';
import styles from './RecentList.module.css';

/** What was opened before: newest first, pinned ones on top; those that are gone say so. */
export function RecentList() {
  const entries = useRecent((state) => state.entries);
  const [filter, setFilter] = useState('');
  const shown = entries.filter(({ title, path }) => `${title} ${path}`.toLowerCase().includes(filter.trim().toLowerCase()));
  return (
    <section className={styles.section} aria-label={text.welcome.recent}>
      <div className={styles.head}>
        <h2 className={styles.title}>{text.welcome.recent}</h2>
        <span className={styles.count}>{entries.length > 0 && text.count.datasets(entries.length)}</span>
        {entries.length > 0 && (
          <>
            <SearchField
              className={styles.filter ?? ''}
              label={text.welcome.filterRecent}
              hint={text.welcome.filterRecent}
              value={filter}
              onChange={setFilter}
            />
            <Button small look="quiet" onPress={() => void recent.clear()}>
              {text.welcome.clearList}
            </Button>
          </>
        )}
      </div>
      {shown.length > 0 ? (
        <ul className={styles.list}>
          {shown.map((entry) => (
            <Row key={entry.path} entry={entry} />
          ))}
        </ul>
      ) : (
        <p className={styles.empty}>{entries.length > 0 ? text.welcome.noneFound : text.welcome.noRecent}</p>
      )}
    </section>
  );
}

function Row({ entry }: { entry: RecentEntry }) {
  const missing = useRecent((state) => state.missing.includes(entry.path));
  const { path, title, detail, pinned, openedAt } = entry;
  return (
    <li className={cx(styles.row, missing && styles.gone)}>
      <AriaButton className={styles.open ?? ''} onPress={() => void openPath(path)}>
        <StoredThumbnail path={path} icon={detail === text.tree.folder ? 'folder' : /^vectors/i.test(detail ?? '') ? 'vectors' : 'image'} />
        <span className={styles.name}>
          {title}
          <small title={path}>{[folderOf(path), fileName(path) === title ? '' : fileName(path)].filter(Boolean).join(' / ')}</small>
        </span>
        <span className={styles.detail}>
          {missing ? (
            <Badge tone="warn" icon="warning">
              {text.welcome.notFound}
            </Badge>
          ) : (
            detail
          )}
        </span>
        <span className={styles.when}>{openedText(openedAt, Date.now())}</span>
      </AriaButton>
      <IconButton
        icon="pin"
        label={pinned ? text.welcome.unpin : text.welcome.pin}
        small
        pressed={pinned}
        onPress={() => void recent.pin(path, !pinned)}
      />
      <IconButton icon="close" label={text.welcome.forget} small onPress={() => void recent.remove(path)} />
    </li>
  );
}
