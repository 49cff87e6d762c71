import { cx } from '../../widgets/class-names.ts';
import { useViews, type Shown } from '../../stores/view-store.ts';
import styles from './DisplayInspector.module.css';
import { fixedText } from '../../../shared/draw/number-text.ts';

/** An amount of samples; `aligned`: in line with the numbers that have a switch behind them. */
export function Count({ value, aligned = false }: { value: number; aligned?: boolean }) {
  return <span className={cx('num', styles.count, aligned && styles.aligned)}>{fixedText(value, 0)}</span>;
}

type States = NonNullable<Shown['states']>;

/** How many samples of the picture are in a state. It follows the picture by itself: what stands around it stands still while buffers go by. */
export function StateCount({
  viewId,
  state,
  aligned = false,
}: {
  viewId: string;
  state: Exclude<keyof States, 'part'>;
  aligned?: boolean;
}) {
  return <Count value={useViews(({ views }) => views[viewId]?.shown?.states?.[state] ?? 0)} aligned={aligned} />;
}
