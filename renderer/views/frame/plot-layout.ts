import type { Rect, Size } from './viewport.ts';

/** CSS pixels around the picture: axes left and below, colour bars at the right. */
const MARGIN = { left: 66, top: 14, bottom: 46, right: 16, bars: 144 } as const;
const NARROW_MARGIN = { left: 58, top: 10, bottom: 42, right: 20, bars: 140 } as const;
const NARROW_WIDTH = 520;

/** Between picture and colour bars. */
const BAR_GAP = 24;
const BAR_MIN_HEIGHT = 150;
/** A colour bar that lies below the picture, with its title and numbers. */
const FLAT_BAR_HEIGHT = 86;
const FLAT_BAR_MIN_WIDTH = 200;

/** Colour bars lie below the picture in narrow views where that leaves a square frame about as large as bars beside it, and wide ones larger. */
export function barsLieFlat(view: Size, bars: number): boolean {
  const { left, top, bottom, bars: beside } = NARROW_MARGIN;
  const [height, width] = [view.height - top - bottom - bars * FLAT_BAR_HEIGHT, view.width - left - beside];
  return bars > 0 && view.width < NARROW_WIDTH && height >= width * 0.95;
}

/** Where the picture may be. It does not depend on the frame, so the canvas keeps its size while browsing. */
export function pictureArea(view: Size, bars: number): Rect {
  const margin = view.width < NARROW_WIDTH ? NARROW_MARGIN : MARGIN;
  const flat = barsLieFlat(view, bars);
  const right = bars > 0 && !flat ? margin.bars : margin.right;
  const bottom = margin.bottom + (flat ? bars * FLAT_BAR_HEIGHT : 0);
  return {
    x: margin.left,
    y: margin.top,
    width: Math.max(1, Math.round(view.width - margin.left - right)),
    height: Math.max(1, Math.round(view.height - margin.top - bottom)),
  };
}

/** Blocks of the colour bars, one below the other beside the frame or below it; `rect` is the frame in the area. */
export function barBlocks(area: Rect, rect: Rect, count: number, flat: boolean): readonly Rect[] {
  if (count === 0) return [];
  if (flat) {
    const top = area.y + rect.y + rect.height + NARROW_MARGIN.bottom;
    // As wide as the frame, unless that is too narrow for the numbers.
    const { x, width } = rect.width >= FLAT_BAR_MIN_WIDTH ? { x: Math.round(area.x + rect.x), width: Math.round(rect.width) } : area;
    return Array.from({ length: count }, (_, index) => ({
      x,
      y: Math.round(top + index * FLAT_BAR_HEIGHT),
      width,
      height: FLAT_BAR_HEIGHT,
    }));
  }
  const gap = 20;
  const height = Math.min(area.height, Math.max(rect.height, BAR_MIN_HEIGHT * count));
  const middle = Math.min(Math.max(rect.y + rect.height / 2, height / 2), area.height - height / 2);
  const each = (height - gap * (count - 1)) / count;
  const x = Math.round(area.x + rect.x + rect.width + BAR_GAP);
  return Array.from({ length: count }, (_, index) => ({
    x,
    y: Math.round(area.y + middle - height / 2 + index * (each + gap)),
    width: 112,
    height: Math.floor(each),
  }));
}
