import { Slider as AriaSlider, SliderThumb, SliderTrack } from 'react-aria-components';
import styles from './Slider.module.css';

/** Two ends of a range on one line; always beside number fields. */
export function RangeSlider({
  lowLabel,
  highLabel,
  low,
  high,
  min,
  max,
  step,
  onChange,
}: {
  lowLabel: string;
  highLabel: string;
  low: number;
  high: number;
  min: number;
  max: number;
  step: number;
  onChange(low: number, high: number): void;
}) {
  const inside = (value: number): number => Math.min(max, Math.max(min, value));
  const [from, to] = [inside(low), inside(high)];
  const share = (value: number): number => (100 * (value - min)) / (max - min || 1);
  return (
    <AriaSlider
      className={styles.slider ?? ''}
      aria-label={`${lowLabel}, ${highLabel}`}
      value={[from, to]}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={(next) => {
        if (Array.isArray(next)) onChange(next[0] ?? min, next[1] ?? max);
      }}
    >
      <SliderTrack className={styles.track ?? ''}>
        <span className={styles.fill} style={{ left: `${share(from)}%`, width: `${share(to) - share(from)}%` }} />
        <SliderThumb index={0} aria-label={lowLabel} className={styles.thumb ?? ''} />
        <SliderThumb index={1} aria-label={highLabel} className={styles.thumb ?? ''} />
      </SliderTrack>
    </AriaSlider>
  );
}
