import { useState } from 'react';
import { Button, MenuTrigger, Toolbar } from 'react-aria-components';
import { actionById } from '../actions/actions.ts';
import { MENUS } from '../actions/menus.ts';
import { openPath } from '../stores/open-effects.ts';
import { useRecent } from '../stores/recent-store.ts';
import { text } from '../strings/en.ts';
import { type MenuEntry, type MenuGroup, MenuPopover } from '../widgets/Menu.tsx';
import styles from './MenuBar.module.css';

/** File, Edit, View, Data, Help; with one menu open, hovering its neighbours opens them. */
export function MenuBar() {
  const [open, setOpen] = useState<string>();
  return (
    <Toolbar className={styles.bar ?? ''} aria-label={text.topBar.menus}>
      {MENUS.map(({ id }) => (
        <MenuTrigger key={id} isOpen={open === id} onOpenChange={(isOpen) => setOpen(isOpen ? id : undefined)}>
          <Button
            className={styles.menu ?? ''}
            onHoverStart={() => {
              if (open !== undefined) setOpen(id);
            }}
          >
            {text.menus[id as keyof typeof text.menus]}
          </Button>
          {open === id && <OpenMenu id={id} />}
        </MenuTrigger>
      ))}
    </Toolbar>
  );
}

/** Built when it opens, so that what is enabled and on is as it is then. */
function OpenMenu({ id }: { id: string }) {
  const recent = useRecent((state) => state.entries);
  const groups: MenuGroup[] = (MENUS.find((menu) => menu.id === id)?.groups ?? []).map((ids, index) => ({
    id: `${id}-${index}`,
    entries: ids.map(menuEntry),
  }));
  if (id === 'file' && recent.length > 0) {
    const entries = recent.slice(0, 10).map(({ path, title }): MenuEntry => ({ id: path, label: title, run: () => void openPath(path) }));
    groups.splice(1, 0, { id: 'recent', entries: [{ id: 'recent', label: text.menus.recent, items: [{ id: 'recent-list', entries }] }] });
  }
  return <MenuPopover label={text.menus[id as keyof typeof text.menus]} groups={groups} />;
}

export function menuEntry(id: string): MenuEntry {
  const action = actionById(id);
  return {
    id,
    label: action.label,
    keys: action.keys[0],
    disabled: !action.enabled(),
    ...(action.icon ? { icon: action.icon } : {}),
    ...(action.checked?.() ? { checked: true } : {}),
    run: () => void action.run(),
  };
}
