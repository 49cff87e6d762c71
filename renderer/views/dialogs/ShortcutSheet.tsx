import { type KeyboardEvent, useState } from 'react';
import { ACTION_GROUPS, type Action } from '../../actions/action.ts';
import { ACTIONS, PLAIN_ACTIONS } from '../../actions/actions.ts';
import { changeKeys, isAssignable, keysOf, ownerOf } from '../../actions/key-changes.ts';
import { keyLabel, pressedKey } from '../../actions/keys.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { text } from '../../strings/en.ts';
import { Button } from '../../widgets/Button.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Kbd } from '../../widgets/Kbd.tsx';
import { SearchField } from '../../widgets/SearchField.tsx';
import { Switch } from '../../widgets/Switch.tsx';
import styles from './ShortcutSheet.module.css';

const words = text.shortcuts;

/** All keys, from the list of commands; found by name or by pressing a key with Ctrl, Alt or a name, and changed here. */
export function ShortcutSheet({ onClose }: { onClose(): void }) {
  const [filter, setFilter] = useState('');
  const [recording, setRecording] = useState<string>();
  const [said, setSaid] = useState('');
  const { singleKeys, keys: changes, change } = useSettings();
  const wanted = filter.trim().toLowerCase();
  const shown = PLAIN_ACTIONS.filter(
    (action) =>
      action.label.toLowerCase().includes(wanted) || keysOf(action, changes).some((key) => keyLabel(key).toLowerCase() === wanted),
  );
  const give = (id: string, keys: readonly string[] | undefined): void => {
    change({ keys: changeKeys(PLAIN_ACTIONS, changes, id, keys) });
    setRecording(undefined);
  };
  const record = (event: KeyboardEvent, id: string): void => {
    const keys = pressedKey(event);
    event.preventDefault();
    event.stopPropagation();
    if (keys === undefined) return;
    setSaid('');
    if (keys === 'Escape') return setRecording(undefined);
    if (keys === 'Backspace' || keys === 'Delete') return give(id, []);
    if (!isAssignable(keys)) return setSaid(words.reserved(keyLabel(keys)));
    const owner = ownerOf(keys, PLAIN_ACTIONS, changes, id);
    if (owner) setSaid(words.taken(keyLabel(keys), owner.label));
    give(id, [keys]);
  };
  const find = (event: KeyboardEvent): void => {
    if (recording !== undefined) return record(event, recording);
    const keys = pressedKey(event);
    if (!keys || !/^(Mod|Alt|F\d|Page|Home|End)/.test(keys) || !ACTIONS.some((action) => action.keys.includes(keys))) return;
    event.preventDefault();
    event.stopPropagation();
    setFilter(keyLabel(keys));
  };
  const tools = (
    <span className={styles.single}>
      {words.singleKeys}
      <Switch label={words.singleKeys} on={singleKeys} onChange={(on) => change({ singleKeys: on })} />
    </span>
  );
  return (
    <Dialog title={words.title} width={680} tools={tools} onClose={onClose}>
      <div onKeyDownCapture={find}>
        <div className={styles.search}>
          <SearchField label={words.find} hint={words.find} value={filter} onChange={setFilter} />
          {Object.keys(changes).length > 0 && (
            <Button small look="quiet" onPress={() => change({ keys: {} })}>
              {words.allOwn}
            </Button>
          )}
        </div>
        <p className={styles.said} role="status">
          {said}
        </p>
        {shown.length === 0 && <p className={styles.none}>{words.nothing}</p>}
        {ACTION_GROUPS.map((group) => (
          <Group
            key={group}
            title={group}
            actions={shown.filter((action) => action.group === group)}
            recording={recording}
            onRecord={(id) => {
              setSaid('');
              setRecording(id);
            }}
            onOwn={(id) => give(id, undefined)}
          />
        ))}
      </div>
    </Dialog>
  );
}

interface GroupProps {
  readonly title: string;
  readonly actions: readonly Action[];
  readonly recording: string | undefined;
  onRecord(id: string | undefined): void;
  onOwn(id: string): void;
}

function Group({ title, actions, recording, onRecord, onOwn }: GroupProps) {
  const changes = useSettings((state) => state.keys);
  if (actions.length === 0) return null;
  return (
    <section className={styles.group} aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      <ul className={styles.list}>
        {actions.map((action) => {
          const { id, label } = action;
          const keys = keysOf(action, changes);
          return (
            <li key={id} className={styles.row} data-recording={recording === id || undefined}>
              <span className={styles.label}>{label}</span>
              {recording === id ? (
                <span className={styles.press} title={words.pressHint}>
                  {words.press}
                </span>
              ) : (
                keys.map((key) => <Kbd key={key} keys={key} />)
              )}
              {recording !== id && keys.length === 0 && <span className={styles.without}>{words.none}</span>}
              {changes[id] && <IconButton icon="undo" label={words.own(label)} small onPress={() => onOwn(id)} />}
              <IconButton
                icon="keyboard"
                label={words.change(label)}
                small
                pressed={recording === id}
                onPress={() => onRecord(recording === id ? undefined : id)}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
