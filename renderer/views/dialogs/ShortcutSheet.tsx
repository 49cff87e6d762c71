import { type KeyboardEvent, useState } from 'react';
import { ACTION_GROUPS, type Action } from '../../actions/action.ts';
import { ACTIONS } from '../../actions/actions.ts';
import { keyLabel, pressedKey } from '../../actions/keys.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { text } from '../../strings/en.ts';
import { Dialog } from '../../widgets/Dialog.tsx';
import { Kbd } from '../../widgets/Kbd.tsx';
import { SearchField } from '../../widgets/SearchField.tsx';
import { Switch } from '../../widgets/Switch.tsx';
import styles from './ShortcutSheet.module.css';

/** All keys, from the list of commands; found by name or by pressing a key with Ctrl, Alt or a name. */
export function ShortcutSheet({ onClose }: { onClose(): void }) {
  const [filter, setFilter] = useState('');
  const { singleKeys, change } = useSettings();
  const wanted = filter.trim().toLowerCase();
  const shown = ACTIONS.filter(({ label, keys }) => keys.length > 0 && (label.toLowerCase().includes(wanted) || keys.some((key) => keyLabel(key).toLowerCase() === wanted)));
  const find = (event: KeyboardEvent): void => {
    const keys = pressedKey(event);
    if (!keys || !/^(Mod|Alt|F\d|Page|Home|End)/.test(keys) || !ACTIONS.some((action) => action.keys.includes(keys))) return;
    event.preventDefault();
    event.stopPropagation();
    setFilter(keyLabel(keys));
  };
  const tools = <span className={styles.single}>{text.shortcuts.singleKeys}<Switch label={text.shortcuts.singleKeys} on={singleKeys} onChange={(on) => change({ singleKeys: on })} /></span>;
  return (
    <Dialog title={text.shortcuts.title} width={680} tools={tools} onClose={onClose}>
      <div onKeyDownCapture={find}>
        <div className={styles.search}><SearchField label={text.shortcuts.find} hint={text.shortcuts.find} value={filter} onChange={setFilter} /></div>
        {shown.length === 0 && <p className={styles.none}>{text.shortcuts.nothing}</p>}
        {ACTION_GROUPS.map((group) => <Group key={group} title={group} actions={shown.filter((action) => action.group === group)} />)}
      </div>
    </Dialog>
  );
}

function Group({ title, actions }: { title: string; actions: readonly Action[] }) {
  if (actions.length === 0) return null;
  return (
    <section className={styles.group} aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      <ul className={styles.list}>
        {actions.map(({ id, label, keys }) => <li key={id} className={styles.row}><span className={styles.label}>{label}</span>{keys.map((key) => <Kbd key={key} keys={key} />)}</li>)}
      </ul>
    </section>
  );
}
