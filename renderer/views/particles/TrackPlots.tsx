import { useCallback, useMemo } from 'react';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { pointAt, type TrackPoints } from '../../stores/track-points.ts';
import { useViews } from '../../stores/view-store.ts';
import { particleText } from '../../strings/particle-text.ts';
import { columnLabel, findColumn } from './column-look.ts';
import { LinePlot, type PlotSeries } from './LinePlot.tsx';
import { goToStep } from './particle-commands.ts';
import styles from './TrackPanel.module.css';

const words = particleText.panel;

/** What lies along the plots. */
export type PlotAxis = 'step' | 'time';

interface Props {
  readonly viewId: string;
  readonly info: ParticleDatasetInfo;
  readonly points: TrackPoints;
  readonly axis: PlotAxis;
}

/** Position, speed and acceleration along the track, and the coloured column where it is another one. */
export function TrackPlots({ viewId, info, points, axis }: Props) {
  const step = useViews((state) => state.views[viewId]?.shown?.place.buffer ?? state.views[viewId]?.place.buffer ?? 0);
  const pulse = useViews((state) => state.views[viewId]?.shown?.place.frame ?? 0);
  const colored = useViews((state) => state.views[viewId]?.particles?.display.colorBy);
  const { steps, pulses, count } = points;
  const at = useMemo(
    () =>
      axis === 'time'
        ? points.times
        : Float64Array.from({ length: count }, (_, index) => steps[index]! + pulses[index]! / info.pulses + info.firstNumber),
    [axis, points, count, steps, pulses, info],
  );
  const plots = useMemo(() => plotsOf(info, points, colored), [info, points, colored]);
  const pick = useCallback((index: number) => goToStep(viewId, steps[index] ?? 0, pulses[index] ?? 0), [viewId, steps, pulses]);
  const place = useCallback(
    (index: number) =>
      `${words.step.toLowerCase()} ${(steps[index] ?? 0) + info.firstNumber}${info.pulses > 1 ? ` ${particleText.picture.pulse((pulses[index] ?? 0) + 1)}` : ''}`,
    [steps, pulses, info],
  );
  const here = at[pointAt(points, step, pulse)] ?? Number.NaN;
  return (
    <div className={styles.plots}>
      {plots.map(({ title, unit, series }) => (
        <LinePlot
          key={title}
          title={title}
          unit={unit}
          at={at}
          axisUnit={axis === 'time' ? 's' : ''}
          count={count}
          series={series}
          current={here}
          from={at[0] ?? 0}
          to={at[count - 1] ?? 1}
          place={place}
          onPick={pick}
        />
      ))}
    </div>
  );
}

interface Plot {
  readonly title: string;
  readonly unit: string;
  readonly series: readonly PlotSeries[];
}

/** Those three, and one more for what colours the picture. */
function plotsOf(info: ParticleDatasetInfo, { columns }: TrackPoints, colored: string | undefined): readonly Plot[] {
  const unit = (name: string): string => findColumn(info, name)?.unit ?? '';
  const one = (name: string, title = columnLabel(name)): Plot => ({
    title: words.plot(title, unit(name)),
    unit: '',
    series: [{ name, look: 'plain', values: columns.get(name) ?? [] }],
  });
  const axes = (['x', 'y', 'z'] as const).map((name): PlotSeries => ({ name, look: name, values: columns.get(name) ?? [] }));
  // Lines of several units have no scale in common.
  const positions = axes.every(({ name }) => unit(name) === unit('x'))
    ? [{ title: words.plot(words.position, unit('x')), unit: '', series: axes }]
    : axes.map((series) => ({ title: words.plot(series.name, unit(series.name)), unit: '', series: [series] }));
  const more =
    colored !== undefined && columns.has(colored) && !['x', 'y', 'z', 'speed', 'acceleration'].includes(colored) ? [one(colored)] : [];
  return [...positions, one('speed', words.speed), one('acceleration', words.acceleration), ...more];
}
