import { makeScale, parseScaleLines } from '../../../shared/compute/scale-lines.ts';
import { unitScale, type FrameScales, type Scale } from '../../../shared/model/scale.ts';

/** Scales that hold where nothing is stored. */
export function defaultScales(kind: 'image' | 'vector'): FrameScales {
  const pixel = unitScale('pixel');
  return { x: pixel, y: pixel, z: pixel, i: kind === 'image' ? unitScale('counts') : pixel };
}

/**
 * A scale as the attribute items 1 to 4 and typed scalars store it: `slope offset` NUL unit NUL description NUL, with LF in place of any
 * separator in some files; trailing parts may be absent. 'empty' keeps the default; undefined where the numbers cannot be read
 * (decimal comma, missing offset).
 */
export function parseScaleText(text: string): Scale | 'empty' | undefined {
  const [numbers = '', unit = '', description = ''] = text.split('\0');
  if (numbers.trim() === '') return 'empty';
  if (numbers.includes('\n')) return parseScaleLines(text);
  return makeScale(numbers.trim().split(/\s+/), unit, description);
}

const SIGNIFICANT_DIGITS = 6;

/** A number as C's `%g` prints it: six significant digits, exponent form below 1e-4 and from 1e6 on. */
export function formatG(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  const [mantissa = '', power = '0'] = value.toExponential(SIGNIFICANT_DIGITS - 1).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < SIGNIFICANT_DIGITS) return trimZeros(value.toFixed(SIGNIFICANT_DIGITS - 1 - exponent));
  return `${trimZeros(mantissa)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
