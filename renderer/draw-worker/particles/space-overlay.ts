import type { Rgba } from '../../../shared/draw/scene.ts';
import { spaceEdges } from '../../../shared/draw/space-box.ts';
import { projectSpace, type SpaceMatrix } from '../../../shared/draw/space-camera.ts';
import { BOLD, BORDER, markSize, type SpaceContent, type SpaceStyle } from '../../../shared/draw/space-picture.ts';

/** What comes before all particles, on a canvas: front edges of the box and the bold track, as shared/draw/space-picture draws them. */
export function drawOverlay(
  context: OffscreenCanvasRenderingContext2D,
  matrix: SpaceMatrix,
  { box, bold }: SpaceContent,
  style: SpaceStyle,
): void {
  const { boxStyle, lineWidth, canvas, ink } = style;
  for (const {
    ends: [x0, y0, x1, y1],
    front,
  } of boxStyle ? spaceEdges(matrix, box) : []) {
    if (front && boxStyle)
      strokeChain(
        context,
        [
          [x0, y0],
          [x1, y1],
        ],
        boxStyle.lineWidth,
        boxStyle.line,
      );
  }
  if (!bold) return;
  const { positions, current } = bold;
  const places = Array.from({ length: positions.length / 3 }, (_, i) =>
    projectSpace(matrix, positions[3 * i]!, positions[3 * i + 1]!, positions[3 * i + 2]!),
  );
  strokeChain(context, places, BORDER * lineWidth, canvas);
  strokeChain(context, places, BOLD * lineWidth, ink);
  const mark = current === undefined ? undefined : places[current];
  if (!mark || !Number.isFinite(mark[0] + mark[1])) return;
  fillDisc(context, mark[0], mark[1], markSize(style) + 2 * lineWidth, canvas);
  fillDisc(context, mark[0], mark[1], markSize(style), ink);
}

/** Places that are not finite interrupt the line. */
function strokeChain(
  context: OffscreenCanvasRenderingContext2D,
  places: readonly (readonly [x: number, y: number, ...rest: number[]])[],
  width: number,
  color: Rgba,
): void {
  context.strokeStyle = cssColor(color);
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.beginPath();
  let isDown = false;
  for (const [x, y] of places) {
    const isThere = Number.isFinite(x + y);
    if (isThere && isDown) context.lineTo(x, y);
    else if (isThere) context.moveTo(x, y);
    isDown = isThere;
  }
  context.stroke();
}

function fillDisc(context: OffscreenCanvasRenderingContext2D, x: number, y: number, size: number, color: Rgba): void {
  context.fillStyle = cssColor(color);
  context.beginPath();
  context.arc(x, y, size / 2, 0, 2 * Math.PI);
  context.fill();
}

function cssColor(color: Rgba): string {
  return `rgb(${color & 255} ${(color >>> 8) & 255} ${(color >>> 16) & 255})`;
}
