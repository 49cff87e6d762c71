import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { text } from '../../strings/en.ts';
import { cx } from '../../widgets/class-names.ts';
import { Icon } from '../../widgets/Icon.tsx';
import { Kbd } from '../../widgets/Kbd.tsx';
import type { FuzzyMatch } from './fuzzy.ts';
import { findItems, type FoundItem, PALETTE_GROUPS, paletteItems } from './palette-items.ts';
import styles from './CommandPalette.module.css';

/** Type to find a command, a dataset or an attribute; arrows choose, Enter runs, Ctrl+Enter runs and stays. */
export function CommandPalette({ onClose }: { onClose(): void }) {
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const [isChosen, setIsChosen] = useState(false);
  // Runs count here so that marks and what is enabled are read again after "run and stay".
  const [runs, setRuns] = useState(0);
  // `runs` stands for the changes that a command made
  const items = useMemo(() => paletteItems(query), [query, runs]);
  const found = useMemo(() => findItems(query, items), [query, items]);
  const at = Math.min(chosen, found.length - 1);

  const run = (entry: FoundItem | undefined, stay: boolean): void => {
    if (!entry || entry.item.disabled) return;
    if (!stay) onClose();
    entry.item.run();
    setRuns(runs + 1);
  };
  const key = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const move = moves[event.key];
    if (move !== undefined) setIsChosen(true);
    if (move !== undefined && found.length > 0)
      setChosen(Math.abs(move) === 1 ? (at + move + found.length) % found.length : Math.min(found.length - 1, Math.max(0, at + move)));
    // Enter before anything was typed or chosen is a slip: what stands first is nobody's wish.
    else if (event.key === 'Enter' && (query !== '' || isChosen)) run(found[at], event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
  };
  return (
    <ModalOverlay
      className={styles.scrim ?? ''}
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={styles.modal ?? ''}>
        <Dialog className={styles.dialog ?? ''} aria-label={text.palette.title}>
          <div className={styles.head}>
            <Icon name="search" />
            <input
              className={styles.input}
              role="combobox"
              aria-label={text.palette.field}
              aria-expanded
              aria-controls="palette-list"
              aria-activedescendant={at >= 0 ? `palette-${at}` : undefined}
              aria-autocomplete="list"
              placeholder={text.palette.hint}
              spellCheck={false}
              value={query}
              onKeyDown={key}
              autoFocus
              onChange={(event) => {
                setQuery(event.currentTarget.value);
                setChosen(0);
              }}
            />
            <span className={styles.count} role="status">
              {text.palette.found(found.length, items.length)}
            </span>
          </div>
          <List found={found} at={at} onRun={(entry) => run(entry, false)} />
          <div className={styles.foot}>
            <Kbd keys="Enter" />
            {text.palette.run}
            <Kbd keys="Mod+Enter" />
            {text.palette.stay}
            <span className={styles.grow} />
            <Kbd keys="Escape" />
            {text.palette.close}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function List({ found, at, onRun }: { found: readonly FoundItem[]; at: number; onRun(entry: FoundItem): void }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`#palette-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  if (found.length === 0) return <p className={styles.none}>{text.palette.nothing}</p>;
  return (
    <div className={styles.list} id="palette-list" role="listbox" aria-label={text.palette.title} ref={list}>
      {PALETTE_GROUPS.map((group) => {
        const members = found.map((entry, index) => ({ entry, index })).filter(({ entry }) => entry.item.group === group);
        if (members.length === 0) return null;
        return (
          <div key={group} role="group" aria-label={text.palette.groups[group]}>
            <p className={styles.group} aria-hidden="true">
              {text.palette.groups[group]}
            </p>
            {members.map(({ entry, index }) => (
              <Option key={entry.item.id} id={`palette-${index}`} entry={entry} selected={index === at} onRun={() => onRun(entry)} />
            ))}
          </div>
        );
      })}
    </div>
  );
}

function Option({ id, entry, selected, onRun }: { id: string; entry: FoundItem; selected: boolean; onRun(): void }) {
  const { icon, label, detail, keys, disabled } = entry.item;
  return (
    // The keys of an option are handled in the field, which keeps the focus.
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-disabled={disabled ?? false}
      className={cx(styles.option, selected && styles.selected, disabled && styles.disabled)}
      onClick={onRun}
    >
      <Icon name={icon} />
      <span className={styles.label}>{marked(label, entry.match)}</span>
      {detail && <span className={styles.detail}>{detail}</span>}
      {keys && <Kbd keys={keys} />}
    </div>
  );
}

/** The label with the matched letters marked. */
function marked(label: string, { ranges }: FuzzyMatch): ReactNode {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const [start, end] of ranges) {
    parts.push(label.slice(from, start), <mark key={start}>{label.slice(start, end)}</mark>);
    from = end;
  }
  return [...parts, label.slice(from)];
}
