import type { Rectangle } from 'electron';
import { isRecord } from './settings.ts';

export const MIN_SIZE = { minWidth: 800, minHeight: 560 };

export interface WindowPlace {
  readonly bounds: Rectangle;
  readonly maximised: boolean;
}

/** The stored place, where it still lies on a screen (a monitor may have been unplugged since). */
export function usablePlace(stored: unknown, screens: readonly Rectangle[]): WindowPlace | undefined {
  if (!isRecord(stored) || !isRecord(stored.bounds)) return undefined;
  const { x, y, width, height } = stored.bounds;
  if (![x, y, width, height].every(Number.isFinite)) return undefined;
  const bounds = { x, y, width, height } as Rectangle;
  const seen = screens.some(
    (s) => bounds.x < s.x + s.width && bounds.x + bounds.width > s.x && bounds.y >= s.y && bounds.y < s.y + s.height,
  );
  return seen && bounds.width >= MIN_SIZE.minWidth && bounds.height >= MIN_SIZE.minHeight
    ? { bounds, maximised: stored.maximised === true }
    : undefined;
}
