import { describe, expect, it } from 'vitest';
import { barBlocks, barsLieFlat, pictureArea } from '../../renderer/views/frame/plot-layout.ts';
import type { Rect, Size } from '../../renderer/views/frame/viewport.ts';

const inside = ({ x, y, width, height }: Rect, view: Size): boolean =>
  x >= 0 && y >= 0 && x + width <= view.width && y + height <= view.height;

describe('colour bars', () => {
  it('stand beside a wide picture and lie below a narrow one that leaves height', () => {
    expect(
      [
        { width: 900, height: 600 },
        { width: 430, height: 620 },
        { width: 430, height: 300 },
      ].map((view) => barsLieFlat(view, 1)),
    ).toEqual([false, true, false]);
    expect(barsLieFlat({ width: 430, height: 620 }, 0)).toBe(false);
    expect([barsLieFlat({ width: 410, height: 440 }, 2), barsLieFlat({ width: 410, height: 400 }, 2)]).toEqual([true, false]);
  });

  it.each([
    [{ width: 900, height: 600 }, 2],
    [{ width: 430, height: 640 }, 2],
    [{ width: 430, height: 300 }, 1],
    [{ width: 1400, height: 500 }, 0],
  ] as const)('leave the picture room and lie in the view (%o, %i bars)', (view, bars) => {
    const area = pictureArea(view, bars);
    expect(inside(area, view)).toBe(true);
    expect(area.width).toBeGreaterThan(view.width * 0.5);
    const flat = barsLieFlat(view, bars);
    // A frame as wide as the area, and half as high.
    const rect = { x: 0, y: area.height / 4, width: area.width, height: area.height / 2 };
    const blocks = barBlocks(area, rect, bars, flat);
    expect(blocks).toHaveLength(bars);
    for (const block of blocks) {
      expect(inside(block, view)).toBe(true);
      expect(flat ? block.y > area.y + rect.y + rect.height : block.x > area.x + rect.width).toBe(true);
    }
    for (const [index, block] of blocks.slice(1).entries())
      expect(block.y).toBeGreaterThanOrEqual((blocks[index]?.y ?? 0) + (blocks[index]?.height ?? 0));
  });
});
