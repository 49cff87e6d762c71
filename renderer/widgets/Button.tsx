import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { cx } from './class-names.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.tsx';
import styles from './Button.module.css';

interface Props {
  readonly children: ReactNode;
  /** One primary per surface; quiet for side ways. */
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly small?: boolean;
  readonly icon?: IconName;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
  readonly type?: 'button' | 'submit';
  /** Id of the form that a submit button outside of it belongs to. */
  readonly form?: string;
  readonly className?: string;
  onPress?(): void;
}

/** A button with words, 28 px high, or 24 where `small`. */
export function Button({
  children,
  look = 'plain',
  small = false,
  icon,
  disabled = false,
  autoFocus = false,
  type = 'button',
  form,
  className,
  onPress,
}: Props) {
  return (
    <AriaButton
      className={cx(styles.button, styles[look], small && styles.small, className)}
      type={type}
      isDisabled={disabled}
      autoFocus={autoFocus}
      {...(form === undefined ? {} : { form })}
      {...(onPress ? { onPress } : {})}
    >
      {icon && <Icon name={icon} />}
      {children}
    </AriaButton>
  );
}
