/** Linear scale of an axis or of values: value = slope * stored + offset, in `unit`. */
export interface Scale {
  readonly slope: number;
  readonly offset: number;
  readonly unit: string;
  readonly description: string;
}

/** The scales of a frame: positions x, y, z (pixel indices until applied) and intensity or velocity i. */
export interface FrameScales {
  readonly x: Scale;
  readonly y: Scale;
  readonly z: Scale;
  readonly i: Scale;
}

export function unitScale(unit: string, description = ''): Scale {
  return { slope: 1, offset: 0, unit, description };
}

export function applyScale(scale: Scale, stored: number): number {
  return stored * scale.slope + scale.offset;
}

/** Position of sample `index` on an axis with `grid` pixels between samples (1 for images): slope * grid * index + offset. */
export function positionAt(scale: Scale, grid: number, index: number): number {
  return scale.slope * grid * index + scale.offset;
}
