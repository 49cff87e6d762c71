import { memo } from 'react';
import { fixedText, valueText, withUnit } from '../../../shared/draw/number-text.ts';
import type { ParticleAxes } from '../../../shared/draw/particle-axes.ts';
import { projectSpace, spaceMatrix, spaceScale, type SpaceCamera, type SpaceMatrix } from '../../../shared/draw/space-camera.ts';
import { spaceEdges, spaceTicks, type SpaceEdge } from '../../../shared/draw/space-box.ts';
import { niceBelow } from '../../../shared/draw/ticks.ts';
import { particleText } from '../../strings/particle-text.ts';
import type { Size } from '../frame/viewport.ts';
import { axisRoom } from './axis-room.ts';
import styles from './ParticleView.module.css';

export const AXIS_NAMES = ['x', 'y', 'z'] as const;
const TICK = 5;
/** Numbers closer than this would run into each other. */
const CLOSEST_PIXELS = 26;

/** Ticks, numbers and names along three outer edges of the box, one for each axis. */
export const SpaceTicks = memo(function SpaceTicks({ axes, camera, area }: { axes: ParticleAxes; camera: SpaceCamera; area: Size }) {
  const matrix = spaceMatrix(axes.box, camera, area);
  const edges = spaceEdges(matrix, axes.box);
  const centre = projectSpace(
    matrix,
    ...([0, 1, 2].map((axis) => (axes.box.low[axis]! + axes.box.high[axis]!) / 2) as [number, number, number]),
  );
  return ([0, 1, 2] as const).map((axis) => {
    const edge = outerEdge(edges, axis);
    return edge && <EdgeTicks key={axis} edge={edge} matrix={matrix} axes={axes} centre={centre} />;
  });
});

/** Of the edges at the outline the lowest along x and z, and the leftmost along y: numbers there stand outside of the box. */
function outerEdge(edges: readonly SpaceEdge[], axis: 0 | 1 | 2): SpaceEdge | undefined {
  const rank = ({ ends: [x0, y0, x1, y1] }: SpaceEdge): number => (axis === 1 ? x0 + x1 : -(y0 + y1));
  const along = edges.filter((edge) => edge.axis === axis && edge.ends.every(Number.isFinite));
  const outer = along.filter(({ outline }) => outline);
  return (outer.length > 0 ? outer : along).sort((a, b) => rank(a) - rank(b))[0];
}

function EdgeTicks({
  edge,
  matrix,
  axes,
  centre,
}: {
  edge: SpaceEdge;
  matrix: SpaceMatrix;
  axes: ParticleAxes;
  centre: readonly [x: number, y: number, depth: number];
}) {
  const {
    axis,
    from,
    ends: [x0, y0, x1, y1],
  } = edge;
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length < 30) return null;
  // Ticks stand across the edge, away from the middle of the box.
  const side = [(y1 - y0) / length, (x0 - x1) / length] as const;
  const [mx, my] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const away = side[0] * (mx - centre[0]) + side[1] * (my - centre[1]) < 0 ? -1 : 1;
  const [ax, ay] = [side[0] * away, side[1] * away];
  const { values, decimals } = spaceTicks(axes.box, axis);
  const every = Math.max(1, Math.ceil((CLOSEST_PIXELS * values.length) / length));
  const anchor = ax < -0.35 ? 'end' : ax > 0.35 ? 'start' : 'middle';
  return (
    <g>
      {values
        .filter((_, index) => index % every === 0)
        .map((value) => {
          const [x, y] = projectSpace(
            matrix,
            ...(from.map((position, at) => (at === axis ? value : position)) as [number, number, number]),
          );
          return (
            <g key={value}>
              <path className={styles.line} d={`M${x} ${y}l${ax * TICK} ${ay * TICK}`} />
              <text className={styles.tick} x={x + ax * 9} y={y + ay * 11 + 3.5} textAnchor={anchor}>
                {fixedText(value, decimals)}
              </text>
            </g>
          );
        })}
      <AxisName
        words={particleText.picture.axis(AXIS_NAMES[axis], axes.units[axis])}
        steep={Math.abs(y1 - y0) > 2 * Math.abs(x1 - x0)}
        x={mx}
        y={my}
        ax={ax}
        ay={ay}
        anchor={anchor}
        more={axisRoom(axes.box)}
      />
    </g>
  );
}

/** Beside a steep axis the name is turned, which leaves room for the box. */
function AxisName({
  words,
  steep,
  x,
  y,
  ax,
  ay,
  anchor,
  more,
}: {
  words: string;
  steep: boolean;
  x: number;
  y: number;
  ax: number;
  ay: number;
  anchor: 'start' | 'middle' | 'end';
  more: number;
}) {
  if (steep)
    return (
      <text
        className={styles.name}
        transform={`translate(${x + ax * (44 + more)} ${y + ay * (44 + more)}) rotate(-90)`}
        textAnchor="middle"
      >
        {words}
      </text>
    );
  return (
    <text className={styles.name} x={x + ax * (46 + more)} y={y + ay * 34 + 4} textAnchor={anchor}>
      {words}
    </text>
  );
}

const SHAFT = 24;
const NAME_AT = 34;
const AXIS_STYLES = ['axisX', 'axisY', 'axisZ'] as const;

/** Which way x, y and z point, in the lower left. */
export const Triad = memo(function Triad({ camera: { turn, tilt }, area }: { camera: SpaceCamera; area: Size }) {
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
export const ScaleBar = memo(function ScaleBar({ axes, camera, area }: { axes: ParticleAxes; camera: SpaceCamera; area: Size }) {
  const pixels = spaceScale(axes.box, camera, area);
  const length = niceBelow(BAR_PIXELS / pixels);
  const [right, y] = [area.width - 18, area.height - 14];
  if (camera.perspective || area.width < 240) return null;
  return (
    <g>
      <path className={styles.scaleHalo} d={`M${right - length * pixels} ${y}H${right}`} />
      <path className={styles.scale} d={`M${right - length * pixels} ${y}H${right}`} />
      <text className={styles.scaleText} x={right - (length * pixels) / 2} y={y - 6} textAnchor="middle">
        {withUnit(valueText(length), axes.units[0])}
      </text>
    </g>
  );
});
