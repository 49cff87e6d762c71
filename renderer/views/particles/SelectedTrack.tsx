import { steppedText, valueText, withUnit } from '../../../shared/draw/number-text.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { pointAt, useTrackPoints, type TrackPoints } from '../../stores/track-points.ts';
import { useViews } from '../../stores/view-store.ts';
import { particleText } from '../../strings/particle-text.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Section } from '../../widgets/Section.tsx';
import { findColumn } from './column-look.ts';
import { showOnlyTrack } from './filter-commands.ts';
import styles from './FiltersPage.module.css';
import { goToStep, selectTrack, showPanel } from './particle-commands.ts';

const SHORT = {
  speed: particleText.panel.speed,
  acceleration: particleText.panel.acceleration,
  curvature: particleText.columns.curvature,
  intensity: particleText.columns.intensity,
};

/** The selected track in numbers, at the step on the screen. */
export function SelectedTrack({ viewId, dataset, info }: { viewId: string; dataset: string; info: ParticleDatasetInfo }) {
  const track = useViews((state) => state.views[viewId]?.particles?.selectedTrack);
  const how = useViews((state) => state.views[viewId]?.particles?.display.differentiation);
  const found = useTrackPoints(dataset, info, track, how);
  if (track === undefined) return null;
  const points = found?.state === 'ready' ? found.points : undefined;
  const tools = (
    <>
      <IconButton
        icon="first"
        label={particleText.panel.first}
        small
        disabled={!points}
        onPress={() => {
          if (points) goToStep(viewId, points.steps[0] ?? 0, points.pulses[0] ?? 0);
        }}
      />
      <IconButton icon="eye" label={particleText.filters.only} small onPress={() => showOnlyTrack(viewId, track)} />
      <IconButton icon="plot" label={particleText.tools.panel} small onPress={() => showPanel(viewId, 'plots')} />
      <IconButton icon="close" label={particleText.actions.deselect} small onPress={() => selectTrack(viewId, undefined)} />
    </>
  );
  return (
    <Section title={particleText.filters.selected(track)} tools={tools}>
      {points && points.count > 0 && <Facts viewId={viewId} info={info} points={points} />}
    </Section>
  );
}

function Facts({ viewId, info, points }: { viewId: string; info: ParticleDatasetInfo; points: TrackPoints }) {
  const step = useViews((state) => state.views[viewId]?.shown?.place.buffer ?? 0);
  const pulse = useViews((state) => state.views[viewId]?.shown?.place.frame ?? 0);
  const at = pointAt(points, step, pulse);
  const first = (points.steps[0] ?? 0) + info.firstNumber;
  const last = (points.steps[points.count - 1] ?? 0) + info.firstNumber;
  const value = (name: string, digits = 5): string => (at < 0 ? '' : valueText(points.columns.get(name)?.[at] ?? Number.NaN, digits));
  const unit = (name: string): string => findColumn(info, name)?.unit ?? '';
  const isCommon = ['y', 'z'].every((name) => unit(name) === unit('x'));
  const place = (name: string): string =>
    isCommon ? steppedText(points.columns.get(name)?.[at] ?? Number.NaN, 0.01) : withUnit(value(name), unit(name));
  const position = at < 0 ? '' : ['x', 'y', 'z'].map(place).join(', ');
  const rows = [
    { name: particleText.filters.steps, value: particleText.panel.steps(first, last), unit: particleText.filters.pointCount(points.count) },
    { name: particleText.filters.position, value: position, unit: isCommon ? unit('x') : '' },
    ...['speed', 'acceleration', 'curvature', 'intensity'].map((name) => ({
      name: SHORT[name as 'speed'],
      value: value(name),
      unit: unit(name),
    })),
  ];
  return (
    <dl className={styles.facts}>
      {rows.map((row) => (
        <div key={row.name} className={styles.fact}>
          <dt>{row.name}</dt>
          <dd className="num">{row.value}</dd>
          <dd className={styles.small}>{row.unit}</dd>
        </div>
      ))}
    </dl>
  );
}
