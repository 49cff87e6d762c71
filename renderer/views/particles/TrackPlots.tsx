import { useCallback, useMemo } from 'react';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import type { TrackPoints } from '../../stores/track-points.ts';
import { useViews } from '../../stores/view-store.ts';
import { particleText } from '../../strings/particle-text.ts';
import { columnLabel, findColumn } from './column-look.ts';
import { LinePlot, type PlotSeries } from './LinePlot.tsx';
import { goToStep } from './particle-commands.ts';
import styles from './TrackPanel.module.css';

const words = particleText.panel;

/** Position, speed and acceleration over the steps of the track, and the coloured column where it is another one. */
export function TrackPlots({ viewId, info, points }: { viewId: string; info: ParticleDatasetInfo; points: TrackPoints }) {
  const step = useViews((state) => state.views[viewId]?.shown?.place.buffer ?? state.views[viewId]?.place.buffer ?? 0);
  const pulse = useViews((state) => state.views[viewId]?.shown?.place.frame ?? 0);
  const colored = useViews((state) => state.views[viewId]?.particles?.display.colorBy);
  const { steps, pulses, count } = points;
  const axis = useCallback((at: number, of: number): number => at + of / info.pulses + info.firstNumber, [info]);
  const at = useMemo(() => Float64Array.from({ length: count }, (_, index) => axis(steps[index]!, pulses[index]!)), [count, steps, pulses, axis]);
  const plots = useMemo(() => plotsOf(info, points, colored), [info, points, colored]);
  const pick = useCallback((index: number) => goToStep(viewId, steps[index] ?? 0, pulses[index] ?? 0), [viewId, steps, pulses]);
  const place = useCallback((index: number) => `${words.step.toLowerCase()} ${(steps[index] ?? 0) + info.firstNumber}${info.pulses > 1 ? ` ${particleText.picture.pulse((pulses[index] ?? 0) + 1)}` : ''}`, [steps, pulses, info]);
  return (
    <div className={styles.plots}>
      {plots.map(({ title, unit, series }) => (
        <LinePlot key={title} title={title} unit={unit} at={at} count={count} series={series} current={axis(step, pulse)} from={at[0] ?? 0} to={at[count - 1] ?? 1} place={place} onPick={pick} />
      ))}
    </div>
  );
}

interface Plot {
  readonly title: string;
  readonly unit: string;
  readonly series: readonly PlotSeries[];
}

/** Those three, and a fourth for what colours the picture. */
function plotsOf(info: ParticleDatasetInfo, { columns }: TrackPoints, colored: string | undefined): readonly Plot[] {
  const unit = (name: string): string => findColumn(info, name)?.unit ?? '';
  const one = (name: string, title = columnLabel(name)): Plot => ({ title: words.plot(title, unit(name)), unit: '', series: [{ name, look: 'plain', values: columns.get(name) ?? [] }] });
  const axes = (['x', 'y', 'z'] as const).map((name): PlotSeries => ({ name, look: name, values: columns.get(name) ?? [] }));
  const more = colored !== undefined && columns.has(colored) && !['x', 'y', 'z', 'speed', 'acceleration'].includes(colored) ? [one(colored)] : [];
  return [{ title: words.plot(words.position, unit('x')), unit: '', series: axes }, one('speed', words.speed), one('acceleration', words.acceleration), ...more];
}
