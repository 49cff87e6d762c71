import { Switch as AriaSwitch } from 'react-aria-components';
import styles from './Switch.module.css';

/** On or off, at once. */
export function Switch({
  label,
  on,
  disabled = false,
  onChange,
}: {
  label: string;
  on: boolean;
  disabled?: boolean;
  onChange(on: boolean): void;
}) {
  return (
    <AriaSwitch className={styles.switch ?? ''} aria-label={label} isSelected={on} isDisabled={disabled} onChange={onChange}>
      <span className={styles.track} />
    </AriaSwitch>
  );
}
