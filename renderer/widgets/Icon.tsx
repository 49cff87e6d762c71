import type { CSSProperties } from 'react';
import { ICONS, type IconName } from './icons.tsx';
import { cx } from './class-names.ts';
import styles from './Icon.module.css';

/** An icon in the text colour; hidden from screen readers, so it always stands beside a name. */
export function Icon({ name, size = 16, className }: { name: IconName; size?: number; className?: string }) {
  const style: CSSProperties | undefined = size === 16 ? undefined : { width: size, height: size, strokeWidth: 20 / size };
  return (
    <svg className={cx(styles.icon, className)} viewBox="0 0 16 16" aria-hidden="true" {...(style ? { style } : {})}>
      {ICONS[name]}
    </svg>
  );
}
