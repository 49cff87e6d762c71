import { type FormEvent, useEffect, useState } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import type { FolderListing, ListedEntry } from '../../../shared/contract/listing.ts';
import { toErrorRecord } from '../../../shared/model/data-error.ts';
import { connection } from '../../client/connection.ts';
import { openPaths } from '../../stores/open-effects.ts';
import { text } from '../../strings/en.ts';
import { Button } from '../../widgets/Button.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import { Icon } from '../../widgets/Icon.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { sizeText } from './size-text.ts';
import styles from './BrowseDialog.module.css';

/** Files and folders of the serving computer, for browsers: below the folder that is served. */
export function BrowseDialog({ choose, onClose }: { choose: 'files' | 'folder'; onClose(): void }) {
  const { listing, error, go } = useListing();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const entries = (listing?.entries ?? []).filter(({ kind }) => choose === 'files' || kind === 'folder');
  const enter = (path: string | undefined): void => {
    setSelected(new Set());
    go(path);
  };
  const openThese = (paths: readonly string[]): void => {
    onClose();
    void openPaths(paths);
  };
  const act = (path: string): void => {
    if (entries.find((entry) => entry.path === path)?.kind === 'folder') enter(path);
    else openThese([path]);
  };
  const chosen = choose === 'folder' && selected.size === 0 && listing ? [listing.path] : [...selected];
  return (
    <Dialog
      title={text.browse[choose]}
      width={680}
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{text.common.cancel}</Button>
          <Button look="primary" disabled={chosen.length === 0} onPress={() => openThese(chosen)}>
            {choose === 'folder' && selected.size === 0 ? text.browse.openThis : text.browse.open}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <PathBar listing={listing} onGo={enter} />
        {error !== undefined && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
        <GridList
          className={styles.list ?? ''}
          aria-label={text.browse.list}
          selectionMode={choose === 'files' ? 'multiple' : 'single'}
          selectionBehavior="replace"
          selectedKeys={selected}
          onSelectionChange={(keys) =>
            setSelected(keys === 'all' ? new Set(entries.map(({ path }) => path)) : new Set([...keys].map(String)))
          }
          onAction={(key) => act(String(key))}
          renderEmptyState={() => <p className={styles.empty}>{listing ? text.browse.empty : text.browse.reading}</p>}
        >
          {entries.map((entry) => (
            <Entry key={entry.path} entry={entry} />
          ))}
        </GridList>
      </div>
    </Dialog>
  );
}

function PathBar({ listing, onGo }: { listing: FolderListing | undefined; onGo(path: string | undefined): void }) {
  // What was typed counts until another folder is shown.
  const [edited, setEdited] = useState<{ readonly text: string; readonly at: string | undefined }>();
  const typed = edited && edited.at === listing?.path ? edited.text : (listing?.path ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onGo(typed);
  };
  return (
    <form className={styles.bar} onSubmit={submit}>
      <IconButton icon="folder" label={text.browse.up} disabled={listing?.parent === undefined} onPress={() => onGo(listing?.parent)} />
      <input
        className={styles.path}
        aria-label={text.browse.path}
        value={typed}
        spellCheck={false}
        onChange={(event) => setEdited({ text: event.currentTarget.value, at: listing?.path })}
      />
      <Button small type="submit">
        {text.browse.go}
      </Button>
    </form>
  );
}

function Entry({ entry }: { entry: ListedEntry }) {
  const { path, name, kind, detail, size } = entry;
  return (
    <GridListItem id={path} className={styles.row ?? ''} textValue={name}>
      <Icon name={kind === 'folder' ? 'folder' : kind === 'dataset' ? 'image' : 'file'} />
      <span className={styles.name}>{name}</span>
      <span className={styles.kind}>{detail ?? (kind === 'folder' ? text.browse.folderKind : text.browse.fileKind)}</span>
      <span className={styles.size}>{kind === 'folder' || size === 0 ? '' : sizeText(size)}</span>
    </GridListItem>
  );
}

/** The folder looked at; a failure leaves the last one in place and says why. */
function useListing(): { listing: FolderListing | undefined; error: string | undefined; go(path: string | undefined): void } {
  const [wanted, setWanted] = useState<{ readonly path: string | undefined }>({ path: undefined });
  const [listing, setListing] = useState<FolderListing>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    const control = new AbortController();
    connection()
      .then((transport) => transport.call('list', wanted.path === undefined ? {} : { path: wanted.path }, { signal: control.signal }))
      .then(
        ({ meta }) => {
          setListing(meta);
          setError(undefined);
        },
        (failure: unknown) => {
          if (!control.signal.aborted) setError(toErrorRecord(failure).message);
        },
      );
    return () => control.abort();
  }, [wanted]);
  return { listing, error, go: (path) => setWanted({ path }) };
}
