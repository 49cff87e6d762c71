import type { ReactNode } from 'react';
import { Button, Header, ListBox, ListBoxItem, ListBoxSection, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import { Icon } from './Icon.tsx';
import styles from './Select.module.css';

export interface SelectChoice {
  readonly id: string;
  readonly label: string;
  /** Shown before the label, such as a swatch. */
  readonly picture?: ReactNode;
  /** Second line below the label, quiet: the name in the file. */
  readonly detail?: string;
  /** Shown after the label, quiet. */
  readonly note?: string;
}

export interface SelectGroup {
  readonly title: string;
  readonly choices: readonly SelectChoice[];
}

interface Props {
  readonly label: string;
  readonly value: string;
  readonly groups: readonly SelectGroup[];
  readonly disabled?: boolean;
  onChange(id: string): void;
}

/** One of many named choices, in groups. */
export function Select({ label, value, groups, disabled = false, onChange }: Props) {
  return (
    <AriaSelect
      className={styles.select ?? ''}
      aria-label={label}
      value={value}
      isDisabled={disabled}
      onChange={(id) => {
        if (id !== null) onChange(String(id));
      }}
    >
      <Button className={styles.button ?? ''}>
        <SelectValue className={styles.value ?? ''} />
        <Icon name="down" />
      </Button>
      <Popover className={styles.popover ?? ''} offset={2}>
        <ListBox className={styles.list ?? ''}>
          {groups
            .filter(({ choices }) => choices.length > 0)
            .map(({ title, choices }) => (
              <ListBoxSection key={title} id={title} aria-label={title}>
                {groups.length > 1 && <Header className={styles.title ?? ''}>{title}</Header>}
                {choices.map((choice) => (
                  <Choice key={choice.id} choice={choice} />
                ))}
              </ListBoxSection>
            ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

function Choice({ choice: { id, label, picture, detail, note } }: { choice: SelectChoice }) {
  return (
    <ListBoxItem id={id} className={styles.item ?? ''} textValue={label}>
      {picture}
      <span className={styles.label}>
        {label}
        {detail && (
          <>
            {' '}
            <span className={styles.detail}>{detail}</span>
          </>
        )}
      </span>
      {note && (
        <>
          {' '}
          <span className={styles.note}>{note}</span>
        </>
      )}
    </ListBoxItem>
  );
}
