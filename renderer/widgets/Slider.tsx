import { Slider as AriaSlider, SliderThumb, SliderTrack } from 'react-aria-components';
import styles from './Slider.module.css';

/** Coarse setting of a number; always beside a number field. */
export function Slider({
  label,
  value,
  min,
  max,
  step,
  onChange,
}: {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange(value: number): void;
}) {
  const inside = Math.min(max, Math.max(min, value));
  return (
    <AriaSlider
      className={styles.slider ?? ''}
      aria-label={label}
      value={inside}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={(next) => {
        if (typeof next === 'number') onChange(next);
      }}
    >
      <SliderTrack className={styles.track ?? ''}>
        <span className={styles.fill} style={{ width: `${(100 * (inside - min)) / (max - min)}%` }} />
        <SliderThumb className={styles.thumb ?? ''} />
      </SliderTrack>
    </AriaSlider>
  );
}
