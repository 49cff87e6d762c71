import { useMemo } from 'react';
import { particleAxes, type ParticleAxes } from '../../../shared/draw/particle-axes.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { useViews } from '../../stores/view-store.ts';
import { particleText } from '../../strings/particle-text.ts';
import { fixedText } from '../../../shared/draw/number-text.ts';
import { LevelBar } from '../frame/LevelBar.tsx';
import type { ElementSize } from '../frame/use-element-size.ts';
import { useStageCanvas } from '../frame/use-stage-canvas.ts';
import type { Size } from '../frame/viewport.ts';
import { zoomByWheel } from '../space/camera-commands.ts';
import { SpaceAxes } from '../space/SpaceAxes.tsx';
import { useWholeBox } from '../space/use-whole-box.ts';
import { columnLabel, findColumn } from './column-look.ts';
import { HoverLabel, TrackMark } from './ParticleLabels.tsx';
import { particleColors } from './particle-commands.ts';
import { ParticleSigns } from './ParticleSigns.tsx';
import styles from './ParticleView.module.css';
import { useParticleGestures } from './use-particle-gestures.ts';

const AXIS_NAMES = ['x', 'y', 'z'] as const;
const BAR_COLUMN = 118;

/** The picture with axes, labels and colour bar. */
export function ParticleStage({ viewId, info, size }: { viewId: string; info: ParticleDatasetInfo; size: ElementSize }) {
  const column = useViews((state) => findColumn(info, state.views[viewId]?.particles?.display.colorBy)?.name);
  const label = useViews((state) =>
    pictureLabel(info, state.views[viewId]?.place.buffer ?? 0, state.views[viewId]?.particles?.shown?.points),
  );
  const failed = useViews((state) => state.views[viewId]?.error !== undefined);
  const over = useViews((state) => state.views[viewId]?.particles?.hovered !== undefined);
  const width = Math.max(1, size.width - (column === undefined ? 0 : BAR_COLUMN));
  const area = useMemo(() => ({ width, height: size.height }), [width, size.height]);
  const host = useStageCanvas(viewId, area, size.pixelRatio, styles.canvas ?? '', (event) => zoomByWheel(viewId, event, host.current));
  const axes = useMemo(() => particleAxes(info), [info]);
  useWholeBox(viewId, area, axes.box);
  const { dragging, handlers } = useParticleGestures(viewId);
  return (
    <>
      <div
        ref={host}
        className={styles.picture}
        role="img"
        aria-label={label}
        data-dragging={dragging || undefined}
        data-over={over || undefined}
        data-failed={failed || undefined}
        style={{ left: 0, top: 0, ...area }}
        {...handlers}
      >
        <Axes viewId={viewId} axes={axes} area={area} />
        <TrackMark viewId={viewId} info={info} area={area} />
        <HoverLabel viewId={viewId} info={info} area={area} />
      </div>
      <Bar viewId={viewId} info={info} left={area.width + 8} height={size.height} />
      <ParticleSigns viewId={viewId} info={info} />
    </>
  );
}

function pictureLabel({ title, firstNumber }: ParticleDatasetInfo, step: number, points: number | undefined): string {
  return particleText.picture.label(title, fixedText(step + firstNumber, 0), points === undefined ? '' : fixedText(points, 0));
}

function Axes({ viewId, axes: { box, units }, area }: { viewId: string; axes: ParticleAxes; area: Size }) {
  const camera = useViews((state) => state.views[viewId]?.particles?.camera);
  const names = useMemo(() => AXIS_NAMES.map((name, axis) => particleText.picture.axis(name, units[axis] ?? '')), [units]);
  return camera ? <SpaceAxes box={box} camera={camera} area={area} names={names} unit={units[0]} /> : null;
}

function Bar({ viewId, info, left, height }: { viewId: string; info: ParticleDatasetInfo; left: number; height: number }) {
  const column = useViews((state) => state.views[viewId]?.particles?.display.colorBy);
  const colors = useViews((state) => state.views[viewId]?.particles?.display.colors);
  const histogram = useViews((state) => state.views[viewId]?.particles?.display.histogram ?? false);
  const levels = useViews((state) => state.views[viewId]?.particles?.shown?.levels);
  const bar = useViews((state) => state.views[viewId]?.particles?.shown?.bar);
  const found = findColumn(info, column);
  if (!found || !colors || !levels) return null;
  const block = {
    x: left,
    y: Math.max(20, Math.round(height * 0.1)),
    width: 106,
    height: Math.min(420, Math.max(140, Math.round(height * 0.74))),
  };
  return (
    <LevelBar
      block={block}
      title={columnLabel(found.name)}
      unit={found.unit}
      colors={colors}
      levels={levels}
      bar={bar}
      histogram={histogram}
      commands={particleColors(viewId)}
    />
  );
}
