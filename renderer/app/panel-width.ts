const SNAP_PIXELS = 8;
const CLOSE_PIXELS = 48;

interface Limits {
  readonly min: number;
  readonly normal: number;
  readonly max: number;
}

/** Width of a panel dragged to `wanted`: near the default it snaps there; far below the minimum it closes (undefined). */
export function panelWidth(wanted: number, { min, normal, max }: Limits): number | undefined {
  if (wanted < min - CLOSE_PIXELS) return undefined;
  if (Math.abs(wanted - normal) <= SNAP_PIXELS) return normal;
  return Math.round(Math.min(max, Math.max(min, wanted)));
}
