import styles from './Sparkline.module.css';
import { sparklinePath } from './sparkline-path.ts';

/** A small curve over the whole width, from its lowest to its highest value. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  return (
    <svg className={styles.curve} viewBox="0 -0.05 1 1.1" preserveAspectRatio="none" role="img" aria-label={label}>
      <path d={sparklinePath(values)} fill="none" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
