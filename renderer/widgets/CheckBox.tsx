import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';
import styles from './CheckBox.module.css';
import { Icon } from './Icon.tsx';

/** One of a set of options; `label` where the words beside it do not say what it does. */
export function CheckBox({
  label,
  on,
  onChange,
  children,
}: {
  label?: string;
  on: boolean;
  onChange(on: boolean): void;
  children?: ReactNode;
}) {
  return (
    <AriaCheckbox
      className={styles.box ?? ''}
      isSelected={on}
      onChange={onChange}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      <span className={styles.mark}>{on && <Icon name="check" size={12} />}</span>
      {children}
    </AriaCheckbox>
  );
}
