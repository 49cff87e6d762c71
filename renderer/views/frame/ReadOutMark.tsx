import { useViews } from '../../stores/view-store.ts';
import styles from './ReadOutMark.module.css';
import type { ViewLook } from './view-look.ts';

/** From this size on the sample under the cursor is outlined, in CSS pixels. */
const OUTLINED_PIXELS = 6;
const SMALLEST_BOX = 14;
const ARM = 9;

const RING = 6;

/** Where the cursor of a linked view is on this picture. */
export function LinkedCursor({ viewId, look: { viewport } }: { viewId: string; look: ViewLook }) {
  const cursor = useViews((state) => state.views[viewId]?.cursor);
  if (!cursor) return null;
  const [x, y] = [cursor.x * viewport.scaleX + viewport.offsetX, cursor.y * viewport.scaleY + viewport.offsetY];
  const d = `M${x - RING} ${y}a${RING} ${RING} 0 1 0 ${2 * RING} 0a${RING} ${RING} 0 1 0 ${-2 * RING} 0M${x - RING - ARM} ${y}h${ARM}M${x + RING} ${y}h${ARM}M${x} ${y - RING - ARM}v${ARM}M${x} ${y + RING}v${ARM}`;
  return (
    <svg className={styles.mark} data-cursor aria-hidden="true">
      <path className={styles.halo} d={d} />
      <path className={styles.linked} d={d} />
    </svg>
  );
}

/** Marks the sample of the read-out: an outline of a magnified sample, and cross hairs where no cursor points at it. */
export function ReadOutMark({ viewId, look, hovered }: { viewId: string; look: ViewLook; hovered: boolean }) {
  const readOut = useViews((state) => state.views[viewId]?.readOut);
  if (!readOut) return null;
  const { viewport } = look;
  const [sampleWidth, sampleHeight] = [Math.abs(viewport.scaleX), Math.abs(viewport.scaleY)];
  const x = readOut.x * viewport.scaleX + viewport.offsetX;
  const y = readOut.y * viewport.scaleY + viewport.offsetY;
  const pointed = hovered && !readOut.pinned;
  if (pointed && Math.min(sampleWidth, sampleHeight) < OUTLINED_PIXELS) return null;
  const [width, height] = [sampleWidth, sampleHeight].map((side) => (pointed ? side : Math.max(side, SMALLEST_BOX))) as [number, number];
  const [left, top, right, bottom] = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
  const arms = pointed
    ? ''
    : `M${left - ARM} ${y}H${left - 1}M${right + 1} ${y}h${ARM - 1}M${x} ${top - ARM}V${top - 1}M${x} ${bottom + 1}v${ARM - 1}`;
  const box = `M${left} ${top}h${width}v${height}h${-width}z`;
  return (
    <svg className={styles.mark} aria-hidden="true">
      <path className={styles.halo} d={box + arms} />
      <path className={styles.line} d={box + arms} />
    </svg>
  );
}
