import { memo } from 'react';
import { fixedText } from '../../../shared/draw/number-text.ts';
import { axisRoom } from '../../../shared/draw/space-axes.ts';
import { PLANES, projectSpace, spaceMatrix, type PlaneName } from '../../../shared/draw/space-camera.ts';
import { ticksBetween } from '../../../shared/draw/ticks.ts';
import styles from './SpaceAxes.module.css';
import type { SpaceAxesProps } from './space-axes-props.ts';

const LEAST_LEFT = 58;
const BOTTOM = 46;
const MARGIN = 8;

interface Side {
  /** Pixels of the low and the high end of the box. */
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

/** Two plain axes along the left and lower side of the box; where it reaches beyond the picture they stay at its edge. */
export const PlaneAxes = memo(function PlaneAxes({ box, camera, plane, area, names }: SpaceAxesProps & { readonly plane: PlaneName }) {
  const { across: h, up: v } = PLANES[plane];
  const { low, high } = box;
  const more = axisRoom(box);
  const edge = LEAST_LEFT + more;
  const matrix = spaceMatrix(box, camera, area);
  const start = projectSpace(matrix, ...low);
  const end = projectSpace(matrix, ...high);
  const across: Side = { from: Math.min(start[0], end[0]), to: Math.max(start[0], end[0]), low: low[h], high: high[h] };
  const upright: Side = { from: Math.max(start[1], end[1]), to: Math.min(start[1], end[1]), low: low[v], high: high[v] };
  const left = Math.max(edge, Math.min(area.width - MARGIN, across.from));
  const right = Math.max(left, Math.min(area.width - MARGIN, across.to));
  const bottom = Math.min(area.height - BOTTOM, Math.max(MARGIN, upright.from));
  const top = Math.min(bottom, Math.max(MARGIN, upright.to));
  return (
    <>
      {across.from < edge && <rect className={styles.strip} x={0} y={0} width={edge} height={area.height} />}
      {upright.from > area.height - BOTTOM && (
        <rect className={styles.strip} x={0} y={area.height - BOTTOM} width={area.width} height={BOTTOM} />
      )}
      <path className={styles.line} d={`M${left} ${top}V${bottom}H${right}`} />
      {ticks(across, left, right, 58 + more).map(({ at, label }) => (
        <g key={label}>
          <path className={styles.line} d={`M${at} ${bottom}v5`} />
          <text className={styles.tick} x={at} y={bottom + 17} textAnchor="middle">
            {label}
          </text>
        </g>
      ))}
      {ticks(upright, bottom, top, 50).map(({ at, label }) => (
        <g key={label}>
          <path className={styles.line} d={`M${left} ${at}h-5`} />
          <text className={styles.tick} x={left - 8} y={at + 3.5} textAnchor="end">
            {label}
          </text>
        </g>
      ))}
      <text className={styles.name} x={(left + right) / 2} y={bottom + 36} textAnchor="middle">
        {names[h]}
      </text>
      <text className={styles.name} transform={`translate(${left - 46 - more} ${(top + bottom) / 2}) rotate(-90)`} textAnchor="middle">
        {names[v]}
      </text>
    </>
  );
});

/** Ticks of the part of a side between two pixels, about `spacing` pixels apart. */
function ticks(
  { from, to, low, high }: Side,
  start: number,
  end: number,
  spacing: number,
): readonly { readonly at: number; readonly label: string }[] {
  if (Math.abs(end - start) < 20) return [];
  const valueAt = (pixel: number): number => low + ((pixel - from) / (to - from)) * (high - low);
  const { values, decimals } = ticksBetween(valueAt(start), valueAt(end), Math.max(2, Math.abs(end - start) / spacing));
  return values.map((value) => ({ at: from + ((value - low) / (high - low)) * (to - from), label: fixedText(value, decimals) }));
}
