import { cx } from '../../widgets/class-names.ts';
import styles from './DisplayInspector.module.css';
import { fixedText } from './number-text.ts';

/** An amount of samples; `aligned`: in line with the numbers that have a switch behind them. */
export function Count({ value, aligned = false }: { value: number; aligned?: boolean }) {
  return <span className={cx('num', styles.count, aligned && styles.aligned)}>{fixedText(value, 0)}</span>;
}
