import type { FrameInfo } from '../../../shared/model/frames.ts';

/** The largest values that are known without asking for them. */
export interface KnownLargest {
  readonly speed: number;
  /** Of the field that is shown as the picture. */
  readonly shown?: { readonly component: string; readonly max: number } | undefined;
}

/** Samples in a cell that are enough for a mean, where nothing tells how many there are. */
const USUAL_COUNT = 20;

/** True for whole numbers: counts of samples. */
export function isCount(frame: FrameInfo, component: string): boolean {
  const found = frame.components.find(({ name }) => name === component);
  return found !== undefined && /^[iu]/.test(found.dtype) && found.scale.slope === 1 && Number.isInteger(found.scale.offset);
}

/**
 * The limit of a filter to begin with, to one digit: of counts half of the largest one, else a twentieth of the largest speed, which is a
 * usual one of uncertainties.
 */
export function proposedLimit(frame: FrameInfo, component: string, { speed, shown }: KnownLargest): number {
  if (!isCount(frame, component)) return oneDigit(speed / 20 || 0.1);
  const half = shown?.component === component ? shown.max / 2 : USUAL_COUNT;
  return Math.max(1, Math.round(oneDigit(half)));
}

function oneDigit(value: number): number {
  return Number(value.toPrecision(1));
}
