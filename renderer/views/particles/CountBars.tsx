import { memo, useMemo } from 'react';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { numbersOf, useParticleTable } from '../../stores/particle-tables.ts';
import styles from './CountBars.module.css';
import { columnMeans, stepCounts } from './particle-counts.ts';

const HEIGHT = 30;
const BAR_PIXELS = 3;

/** How many particles each step has, above the time line: a bar a step, or the mean of those that share its place. */
export const CountBars = memo(function CountBars({ dataset, info, width }: { dataset: string; info: ParticleDatasetInfo; width: number }) {
  const counts = numbersOf(useParticleTable(dataset, 'counts'), 'particles');
  const path = useMemo(() => {
    if (!counts || width < BAR_PIXELS) return '';
    const sums = stepCounts(counts, info.pulses);
    const bars = columnMeans(sums, Math.min(sums.length, Math.floor(width / BAR_PIXELS)));
    const most = Math.max(...bars, 1);
    // The middle of a bar stands at its step; first and last reach over the ends of the line.
    const pitch = width / Math.max(1, bars.length - 1);
    const thick = Math.max(1, Math.min(pitch - 1, 24));
    return [...bars]
      .map((bar, index) => {
        const tall = Math.max(bar > 0 ? 1 : 0, (bar / most) * HEIGHT);
        return `M${(index * pitch - thick / 2).toFixed(1)} ${HEIGHT}v${(-tall).toFixed(1)}h${thick.toFixed(1)}v${tall.toFixed(1)}z`;
      })
      .join('');
  }, [counts, info.pulses, width]);
  return (
    <svg className={styles.bars} height={HEIGHT + 4} aria-hidden="true">
      <path d={path} />
    </svg>
  );
});
