import { Header, Keyboard, Menu as AriaMenu, MenuItem, MenuSection, Popover, Separator, SubmenuTrigger } from 'react-aria-components';
import { keyLabel } from '../actions/keys.ts';
import { cx } from './class-names.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.tsx';
import styles from './Menu.module.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly keys?: string | undefined;
  readonly disabled?: boolean;
  /** A tick: this one is on. */
  readonly checked?: boolean;
  readonly items?: readonly MenuGroup[];
  run?(): void;
}

/** Entries between two lines. */
export interface MenuGroup {
  readonly id: string;
  readonly title?: string;
  readonly entries: readonly MenuEntry[];
}

/** The popover of a menu; stands inside a react-aria MenuTrigger or SubmenuTrigger. */
export function MenuPopover({
  label,
  groups,
  placement = 'bottom start',
}: {
  label: string;
  groups: readonly MenuGroup[];
  placement?: 'bottom start' | 'bottom end' | 'right top';
}) {
  return (
    <Popover className={styles.popover ?? ''} placement={placement} offset={2}>
      <AriaMenu className={styles.menu ?? ''} aria-label={label}>
        {groups
          .filter((group) => group.entries.length > 0)
          .map((group, index) => (
            <Group key={group.id} group={group} first={index === 0} />
          ))}
      </AriaMenu>
    </Popover>
  );
}

function Group({ group, first }: { group: MenuGroup; first: boolean }) {
  return (
    <>
      {!first && <Separator className={styles.line ?? ''} />}
      <MenuSection {...(group.title ? {} : { 'aria-label': group.id })}>
        {group.title && <Header className={styles.title ?? ''}>{group.title}</Header>}
        {group.entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </MenuSection>
    </>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  const item = (
    <MenuItem
      id={entry.id}
      className={styles.item ?? ''}
      textValue={entry.label}
      isDisabled={entry.disabled ?? false}
      onAction={() => entry.run?.()}
    >
      <span className={styles.icon}>{entry.checked ? <Icon name="check" /> : entry.icon && <Icon name={entry.icon} />}</span>
      <span className={cx(styles.label)}>
        {entry.label}
        {entry.checked && <span className="hidden">, on</span>}
      </span>
      {entry.keys && <Keyboard className={styles.keys ?? ''}>{keyLabel(entry.keys)}</Keyboard>}
      {entry.items && <Icon name="right" />}
    </MenuItem>
  );
  return entry.items ? (
    <SubmenuTrigger>
      {item}
      <MenuPopover label={entry.label} groups={entry.items} placement="right top" />
    </SubmenuTrigger>
  ) : (
    item
  );
}
