import { Button, ToggleButton } from 'react-aria-components';
import { cx } from './class-names.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.tsx';
import { Tip } from './Tip.tsx';
import styles from './IconButton.module.css';

interface Props {
  readonly icon: IconName;
  /** Said to screen readers and shown in the tooltip. */
  readonly label: string;
  /** Key of the action, such as 'Mod+B'. */
  readonly keys?: string | undefined;
  /** Present for toggles. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly small?: boolean;
  readonly className?: string;
  onPress(): void;
}

/** A button with an icon only: 28 px, or 24 where `small`. */
export function IconButton({ icon, label, keys, pressed, disabled = false, small = false, className, onPress }: Props) {
  const look = cx(styles.button, small && styles.small, className);
  return (
    <Tip label={label} keys={keys}>
      {pressed === undefined ? (
        <Button className={look} aria-label={label} isDisabled={disabled} onPress={onPress}>
          <Icon name={icon} />
        </Button>
      ) : (
        <ToggleButton className={look} aria-label={label} isDisabled={disabled} isSelected={pressed} onChange={onPress}>
          <Icon name={icon} />
        </ToggleButton>
      )}
    </Tip>
  );
}
