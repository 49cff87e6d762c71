import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { valueText, withUnit } from '../../../shared/draw/number-text.ts';
import { particleAxes, type ParticleAxes } from '../../../shared/draw/particle-axes.ts';
import { projectSpace, spaceMatrix } from '../../../shared/draw/space-camera.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import type { PickedParticle } from '../../stores/particle-display.ts';
import { pointAt, useTrackPoints, type TrackPoints } from '../../stores/track-points.ts';
import { useViews } from '../../stores/view-store.ts';
import { particleText } from '../../strings/particle-text.ts';
import type { Size } from '../frame/viewport.ts';
import { setCamera } from '../space/camera-commands.ts';
import { columnSign, findColumn } from './column-look.ts';
import { changeParticles } from './particle-commands.ts';
import styles from './ParticleView.module.css';

const words = particleText.picture;

interface Parts {
  readonly viewId: string;
  readonly info: ParticleDatasetInfo;
  readonly area: Size;
}

/** What lies under the pointer: its track and its coloured value. */
export function HoverLabel({ viewId, info, area }: Parts) {
  const hovered = useViews((state) => state.views[viewId]?.particles?.hovered);
  const step = useViews((state) => state.views[viewId]?.place.buffer);
  const moving = useViews((state) => state.views[viewId]?.particles?.camera.moving);
  const selected = useViews((state) => state.views[viewId]?.particles?.selectedTrack);
  const column = useViews((state) => state.views[viewId]?.particles?.display.colorBy);
  if (!hovered || hovered.at !== step || moving) return null;
  // The selected particle has a label of its own.
  if (selected !== undefined && hovered.particle.track === selected && hovered.particle.step === step) return null;
  return (
    <Label x={hovered.x} y={hovered.y} area={area} title={titleOf(hovered.particle.track)} line={lineOf(info, hovered.particle, column)} />
  );
}

function titleOf(track: number | undefined): string {
  return track === undefined ? words.untracked : words.track(track);
}

function lineOf(info: ParticleDatasetInfo, { step, pulse, values }: PickedParticle, column: string | undefined): string {
  const wanted =
    values.find(({ name }) => name === column) ??
    values.find(({ name }) => name === 'speed') ??
    values.find(({ name }) => name === 'intensity');
  const value =
    wanted && Number.isFinite(wanted.value) ? `${columnSign(wanted.name)} ${withUnit(valueText(wanted.value, 4), wanted.unit)}` : undefined;
  return [value, placeText(info, step, pulse)].filter(Boolean).join(', ');
}

function placeText({ firstNumber, pulses }: ParticleDatasetInfo, step: number, pulse: number): string {
  return [words.step(step + firstNumber), pulses > 1 && words.pulse(pulse + 1)].filter(Boolean).join(', ');
}

/** A box beside a place, on the side where there is room. */
function Label({ x, y, area, title, line }: { x: number; y: number; area: Size; title: string; line: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 140, height: 40 });
  useLayoutEffect(() => {
    if (box.current) setSize({ width: box.current.offsetWidth, height: box.current.offsetHeight });
  }, [title, line]);
  const left = x + 14 + size.width > area.width ? x - 14 - size.width : x + 14;
  const top = y - 12 - size.height < 0 ? y + 12 : y - 12 - size.height;
  return (
    <div ref={box} className={styles.label} style={{ left: Math.max(2, left), top }}>
      <b>{title}</b>
      <span className="num">{line}</span>
    </div>
  );
}

/** The particle of the selected track in this step, with its label; its track itself is part of the picture. */
export function TrackMark({ viewId, info, area }: Parts) {
  const dataset = useViews((state) => state.views[viewId]?.dataset ?? '');
  const track = useViews((state) => state.views[viewId]?.particles?.selectedTrack);
  const picked = useViews((state) => state.views[viewId]?.particles?.picked);
  const differentiation = useViews((state) => state.views[viewId]?.particles?.display.differentiation);
  const found = useTrackPoints(dataset, info, track, differentiation);
  const place = useViews((state) => state.views[viewId]?.shown?.place);
  const axes = useMemo(() => particleAxes(info), [info]);
  if (!place) return null;
  if (track === undefined) {
    return picked && picked.step === place.buffer && picked.pulse === place.frame ? (
      <Mark viewId={viewId} info={info} area={area} axes={axes} particle={picked} />
    ) : null;
  }
  if (found?.state !== 'ready') return null;
  const { points } = found;
  return <PointMark viewId={viewId} info={info} area={area} axes={axes} points={points} step={place.buffer} pulse={place.frame} />;
}

interface PointProps extends Parts {
  readonly axes: ParticleAxes;
  readonly points: TrackPoints;
  readonly step: number;
  readonly pulse: number;
}

/** The selected track at the step on the screen; its values are what the view has picked. */
function PointMark({ points, step, pulse, ...parts }: PointProps) {
  const { viewId, info } = parts;
  const at = pointAt(points, step, pulse);
  const particle = useMemo(
    (): PickedParticle | undefined =>
      at < 0
        ? undefined
        : {
            step,
            pulse,
            track: points.track,
            values: [...points.columns].map(([name, column]) => ({
              name,
              value: column[at] ?? Number.NaN,
              unit: findColumn(info, name)?.unit ?? '',
            })),
          },
    [at, step, pulse, points, info],
  );
  useEffect(() => changeParticles(viewId, () => ({ picked: particle })), [viewId, particle]);
  return particle ? <Mark {...parts} particle={particle} /> : null;
}

/** A scaled position on the axes of the picture. */
function onAxes(info: ParticleDatasetInfo, axes: ParticleAxes, values: PickedParticle['values']): [number, number, number] {
  return (['x', 'y', 'z'] as const).map((name, axis) => {
    const { slope, offset } = info.scales[name];
    const stored = ((values.find((value) => value.name === name)?.value ?? Number.NaN) - offset) / (slope || 1);
    return axes.slope[axis]! * stored + axes.offset[axis]!;
  }) as [number, number, number];
}

function Mark({ viewId, info, area, axes, particle }: Parts & { readonly axes: ParticleAxes; readonly particle: PickedParticle }) {
  const camera = useViews((state) => state.views[viewId]?.particles?.camera);
  const column = useViews((state) => state.views[viewId]?.particles?.display.colorBy);
  const follow = useViews((state) => state.views[viewId]?.particles?.follow ?? false);
  const position = onAxes(info, axes, particle.values);
  const [x, y] = camera ? projectSpace(spaceMatrix(axes.box, camera, area), ...position) : [Number.NaN, Number.NaN];
  const [off, up] = [x - area.width / 2, y - area.height / 2];
  // Following moves the picture when the step changes, not while it is dragged.
  useEffect(() => {
    if (!follow || !camera || camera.moving || !Number.isFinite(off + up) || Math.hypot(off, up) < 0.5) return;
    const smaller = Math.min(area.width, area.height);
    setCamera(viewId, { ...camera, panX: camera.panX - off / smaller, panY: camera.panY - up / smaller });
  }, [viewId, follow, camera, off, up, area]);
  if (!Number.isFinite(x + y) || x < 0 || y < 0 || x > area.width || y > area.height) return null;
  return (
    <>
      <svg className={styles.over} aria-hidden="true">
        <circle className={styles.mark} cx={x} cy={y} r={5.5} />
      </svg>
      <Label x={x} y={y} area={area} title={titleOf(particle.track)} line={lineOf(info, particle, column)} />
    </>
  );
}
