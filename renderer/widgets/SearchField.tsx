import { Button, Input, SearchField as AriaSearchField } from 'react-aria-components';
import { text } from '../strings/en.ts';
import { cx } from './class-names.ts';
import { Icon } from './Icon.tsx';
import styles from './SearchField.module.css';

interface Props {
  /** Said to screen readers. */
  readonly label: string;
  /** Shown in the empty field. */
  readonly hint: string;
  readonly value: string;
  readonly className?: string;
  onChange(value: string): void;
}

/** A filter: Esc empties it. */
export function SearchField({ label, hint, value, className, onChange }: Props) {
  return (
    <AriaSearchField className={cx(styles.field, className)} aria-label={label} value={value} onChange={onChange}>
      <Icon name="search" />
      <Input className={styles.input ?? ''} placeholder={hint} spellCheck="false" />
      {value !== '' && (
        <Button className={styles.clear ?? ''} aria-label={text.common.clear}>
          <Icon name="close" size={12} />
        </Button>
      )}
    </AriaSearchField>
  );
}
