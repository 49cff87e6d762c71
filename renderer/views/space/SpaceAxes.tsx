import { memo } from 'react';
import { valueText, withUnit } from '../../../shared/draw/number-text.ts';
import { edgeAxes, type EdgeAxis } from '../../../shared/draw/space-axes.ts';
import { planeOf, spaceMatrix, spaceScale } from '../../../shared/draw/space-camera.ts';
import { niceBelow } from '../../../shared/draw/ticks.ts';
import { PlaneAxes } from './PlaneAxes.tsx';
import styles from './SpaceAxes.module.css';
import type { SpaceAxesProps } from './space-axes-props.ts';

const AXIS_NAMES = ['x', 'y', 'z'] as const;
const TICK = 5;

/** Axes of a box in space: along its edges, or plain ones where it is looked at along an axis. */
export function SpaceAxes(props: SpaceAxesProps) {
  const plane = planeOf(props.camera);
  return (
    <svg className={styles.over} aria-hidden="true">
      {plane ? <PlaneAxes plane={plane} {...props} /> : <SpaceTicks {...props} />}
      {!plane && <Triad {...props} />}
      {!plane && <ScaleBar {...props} />}
    </svg>
  );
}

/** Ticks, numbers and names along three outer edges of the box, one for each axis. */
const SpaceTicks = memo(function SpaceTicks({ box, camera, area, names }: SpaceAxesProps) {
  return edgeAxes(spaceMatrix(box, camera, area), box).map((edge) => (
    <EdgeTicks key={edge.axis} edge={edge} name={names[edge.axis] ?? ''} />
  ));
});

function EdgeTicks({ edge: { out, anchor, ticks, name: place }, name }: { edge: EdgeAxis; name: string }) {
  const [x, y] = place.at;
  return (
    <g>
      {ticks.map(({ value, text, at, textAt }) => (
        <g key={value}>
          <path className={styles.line} d={`M${at[0]} ${at[1]}l${out[0] * TICK} ${out[1] * TICK}`} />
          <text className={styles.tick} x={textAt[0]} y={textAt[1]} textAnchor={anchor}>
            {text}
          </text>
        </g>
      ))}
      {place.turned ? (
        <text className={styles.name} transform={`translate(${x} ${y}) rotate(-90)`} textAnchor="middle">
          {name}
        </text>
      ) : (
        <text className={styles.name} x={x} y={y} textAnchor={anchor}>
          {name}
        </text>
      )}
    </g>
  );
}

const SHAFT = 24;
const NAME_AT = 34;
const AXIS_STYLES = ['axisX', 'axisY', 'axisZ'] as const;

/** Which way x, y and z point, in the lower left. */
const Triad = memo(function Triad({ camera: { turn, tilt }, area }: SpaceAxesProps) {
  const [c, s, ct, st] = [Math.cos(turn), Math.sin(turn), Math.cos(tilt), Math.sin(tilt)];
  const right = [c, 0, s];
  const up = [s * st, ct, -c * st];
  const near = [-s * ct, st, c * ct];
  const order = [...([0, 1, 2] as const)].sort((a, b) => near[a]! - near[b]!);
  const [x, y] = [46, area.height - 42];
  return order.map((axis) => {
    const [dx, dy] = [right[axis]!, -up[axis]!];
    const seen = Math.hypot(dx, dy);
    const [hx, hy] = seen > 0.05 ? [dx / seen, dy / seen] : [0, 0];
    const [ex, ey] = [x + dx * SHAFT, y + dy * SHAFT];
    return (
      <g key={axis} className={styles[AXIS_STYLES[axis]]}>
        <path className={styles.shaft} d={`M${x} ${y}L${ex} ${ey}`} />
        {seen > 0.2 && (
          <path
            className={styles.head}
            d={`M${ex + hx * 5} ${ey + hy * 5}L${ex - hx * 2 - hy * 3.5} ${ey - hy * 2 + hx * 3.5}L${ex - hx * 2 + hy * 3.5} ${ey - hy * 2 - hx * 3.5}Z`}
          />
        )}
        <text
          className={styles.triadName}
          stroke="none"
          x={x + dx * NAME_AT + hx * 3}
          y={y + dy * NAME_AT + hy * 3 + 4}
          textAnchor="middle"
        >
          {AXIS_NAMES[axis]}
        </text>
      </g>
    );
  });
});

const BAR_PIXELS = 110;

/** How long a length is across the line of sight; in perspective there is no such length. */
const ScaleBar = memo(function ScaleBar({ box, camera, area, unit }: SpaceAxesProps) {
  const pixels = spaceScale(box, camera, area);
  const length = niceBelow(BAR_PIXELS / pixels);
  const [right, y] = [area.width - 18, area.height - 14];
  if (camera.perspective || area.width < 240) return null;
  return (
    <g>
      <path className={styles.scaleHalo} d={`M${right - length * pixels} ${y}H${right}`} />
      <path className={styles.scale} d={`M${right - length * pixels} ${y}H${right}`} />
      <text className={styles.scaleText} x={right - (length * pixels) / 2} y={y - 6} textAnchor="middle">
        {withUnit(valueText(length), unit)}
      </text>
    </g>
  );
});
