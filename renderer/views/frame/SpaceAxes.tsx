import { memo } from 'react';
import { boxEdges, projectBox, projectPoint, type BoxEdge, type Projection } from '../../../shared/draw/glyphs.ts';
import type { FrameInfo } from '../../../shared/model/frames.ts';
import { glyphBox, hasCommonUnit } from '../../draw-worker/glyph-cloud.ts';
import type { Camera } from '../../stores/display-settings.ts';
import { frameText } from '../../strings/frame-text.ts';
import { fixedText, unitText } from '../../../shared/draw/number-text.ts';
import styles from './SpaceStage.module.css';
import { ticksBetween } from '../../../shared/draw/ticks.ts';
import type { Size } from './viewport.ts';

const NAMES = ['x', 'y', 'z'] as const;
const TICK = 5;
const PIXELS_PER_TICK = 55;

/** Ticks and names along three edges of the box in space, one for each axis. */
export const SpaceAxes = memo(function SpaceAxes({ frame, camera, area }: { frame: FrameInfo; camera: Camera; area: Size }) {
  const box = glyphBox(frame);
  const projection = projectBox(box, camera.turn, camera.tilt, camera.magnification, area);
  const edges = boxEdges(projection, box);
  const centre = { x: area.width / 2, y: area.height / 2 };
  return (
    <svg className={styles.axes} aria-hidden="true">
      {([0, 1, 2] as const).map((axis) => {
        const edge = outerEdge(
          edges.filter((one) => one.axis === axis),
          axis,
        );
        return edge && <EdgeTicks key={axis} edge={edge} projection={projection} centre={centre} label={labelOf(frame, axis)} />;
      })}
    </svg>
  );
});

function labelOf(frame: FrameInfo, axis: 0 | 1 | 2): string {
  const { unit } = frame.scales[NAMES[axis]];
  if (!hasCommonUnit(frame)) return frameText.axes.index[NAMES[axis]];
  return unit === '' ? NAMES[axis] : frameText.axes.in(NAMES[axis], unitText(unit));
}

/** The lowest edge along x and z, and the leftmost along y: labels there stand outside of the box. */
function outerEdge(edges: readonly BoxEdge[], axis: 0 | 1 | 2): BoxEdge | undefined {
  const rank = ({ ends: [x0, y0, x1, y1] }: BoxEdge): number => (axis === 1 ? x0 + x1 : -(y0 + y1));
  return [...edges].sort((a, b) => rank(a) - rank(b))[0];
}

function EdgeTicks({
  edge,
  projection,
  centre,
  label,
}: {
  edge: BoxEdge;
  projection: Projection;
  centre: { x: number; y: number };
  label: string;
}) {
  const [x0, y0, x1, y1] = edge.ends;
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length < 30) return null;
  // Ticks stand across the edge, away from the middle of the picture.
  const side = [(y1 - y0) / length, (x0 - x1) / length] as const;
  const middle = { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
  const away = side[0] * (middle.x - centre.x) + side[1] * (middle.y - centre.y) < 0 ? -1 : 1;
  const [ax, ay] = [side[0] * away, side[1] * away];
  const { values, decimals } = ticksBetween(edge.from[edge.axis], edge.to[edge.axis], Math.max(2, length / PIXELS_PER_TICK));
  const anchor = ax < -0.4 ? 'end' : ax > 0.4 ? 'start' : 'middle';
  return (
    <g>
      {values.map((value) => {
        const at = edge.from.map((position, axis) => (axis === edge.axis ? value : position)) as [number, number, number];
        const [x, y] = projectPoint(projection, ...at);
        return (
          <g key={value}>
            <path className={styles.line} d={`M${x} ${y}l${ax * TICK} ${ay * TICK}`} />
            <text className={styles.tick} x={x + ax * 9} y={y + ay * 11 + 3.5} textAnchor={anchor}>
              {fixedText(value, decimals)}
            </text>
          </g>
        );
      })}
      <text className={styles.name} x={middle.x + ax * 40} y={middle.y + ay * 34 + 4} textAnchor={anchor}>
        {label}
      </text>
    </g>
  );
}
