import type { Scale } from '../model/scale.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A decimal number as printf writes it; undefined for anything else. */
export function parseNumber(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : undefined;
}

/** A scale as DaVis stores it in attributes (FrameScale, DevDataScale): slope LF offset LF unit LF description. */
export function parseScaleLines(text: string): Scale | undefined {
  const [slope, offset, unit, description = ''] = text.split(/\r?\n/);
  if (slope === undefined || offset === undefined || unit === undefined) return undefined;
  return makeScale([slope.trim(), offset.trim()], unit, description);
}

/** Slope and offset as texts; undefined where one of them is no number. Old versions write `[mm]` for `mm`. */
export function makeScale(numbers: readonly string[], unit: string, description: string): Scale | undefined {
  const slope = parseNumber(numbers[0] ?? '');
  const offset = parseNumber(numbers[1] ?? '');
  if (slope === undefined || offset === undefined) return undefined;
  return { slope, offset, unit: unit.replace(/[[\]]/g, ''), description };
}
