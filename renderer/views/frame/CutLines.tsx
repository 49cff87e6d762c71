import { useMemo, type PointerEvent } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { axesOf, cutFrame } from '../../../shared/model/cut.ts';
import { goTo } from '../../stores/playback-effects.ts';
import { useViews, type ViewState } from '../../stores/view-store.ts';
import { frameText } from '../../strings/frame-text.ts';
import styles from './CutLines.module.css';
import { indexAt } from './viewport.ts';
import type { ViewLook } from './view-look.ts';

/** Plane of another view that is seen as a line here. */
interface Line {
  readonly view: string;
  readonly axis: 'x' | 'y' | 'z';
  /** Along the columns (a vertical line) or the rows of this picture. */
  readonly way: 'x' | 'y';
  readonly index: number;
}

/** Planes of the linked views of the same volume as lines on this one; dragging a line moves that view's plane. */
export function CutLines({ viewId, look }: { viewId: string; look: ViewLook }) {
  const keys = useViews(useShallow((state) => linesOf(state.views, viewId).map((line) => JSON.stringify(line))));
  const lines = useMemo(() => keys.map((key) => JSON.parse(key) as Line), [keys]);
  const { viewport, rect } = look;
  return (
    <svg className={styles.lines} data-screen-only>
      {lines.map((line) => {
        const at = line.way === 'x' ? line.index * viewport.scaleX + viewport.offsetX : line.index * viewport.scaleY + viewport.offsetY;
        const d = line.way === 'x' ? `M${at} ${rect.y}v${rect.height}` : `M${rect.x} ${at}h${rect.width}`;
        return (
          <g key={line.view}>
            <path className={styles.halo} d={d} />
            <path className={styles.line} d={d} />
            <path className={styles.grip} data-way={line.way} d={d} onPointerDown={grab} onPointerMove={(event) => drag(event, line, look)}>
              <title>{frameText.planes.line(line.axis)}</title>
            </path>
          </g>
        );
      })}
    </svg>
  );
}

function linesOf(views: Readonly<Record<string, ViewState>>, viewId: string): readonly Line[] {
  const own = views[viewId];
  if (!own?.linked) return [];
  const [columns, rows] = axesOf(own.place.cut);
  return Object.values(views).flatMap((view): readonly Line[] => {
    if (!view.linked || view.id === viewId || view.dataset !== own.dataset || view.place.cut === own.place.cut || view.camera) return [];
    const axis = axesOf(view.place.cut)[2];
    return axis === columns || axis === rows ? [{ view: view.id, axis, way: axis === columns ? 'x' : 'y', index: view.place.plane }] : [];
  });
}

function grab(event: PointerEvent<SVGPathElement>): void {
  if (event.button !== 0) return;
  event.preventDefault();
  event.stopPropagation();
  event.currentTarget.setPointerCapture(event.pointerId);
}

function drag(event: PointerEvent<SVGPathElement>, { view: id, way }: Line, { viewport }: ViewLook): void {
  if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
  event.stopPropagation();
  const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
  const view = useViews.getState().views[id];
  const frame = view?.bufferInfo?.frames[view.place.frame];
  if (!box || !view || !frame) return;
  const at = indexAt(viewport, event.clientX - box.left, event.clientY - box.top)[way];
  const plane = Math.min(cutFrame(frame, view.place.cut).planes - 1, Math.max(0, Math.round(at)));
  if (plane !== view.place.plane) goTo(id, { plane });
}
