import { valueText } from '../../../shared/draw/number-text.ts';
import type { Attributes } from '../../../shared/model/attributes.ts';

const MICRO_DIGITS = 6;

/** Seconds with six decimals, those grouped by three: '0.206 000'. */
export function secondsText(seconds: number): string {
  const [whole = '0', fraction = ''] = Math.abs(seconds).toFixed(MICRO_DIGITS).split('.');
  const grouped = fraction.replace(/(\d{3})(?=\d)/g, '$1\u2009');
  return `${seconds < 0 ? '\u2212' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${grouped}`;
}

/** Date and time of day as the file writes them; undefined where it does not. */
export function clockText(attributes: Attributes): string | undefined {
  const parts = [attributes['_Date'], attributes['_Time']].filter((part) => typeof part === 'string' && part.trim() !== '');
  return parts.length > 0 ? parts.join(' ') : undefined;
}

/** A tick label in seconds with the decimals that its step needs. */
export function tickText(seconds: number, decimals: number): string {
  return seconds.toFixed(decimals).replace('-', '\u2212');
}

const PARTS = [
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'µs'],
  [1e-9, 'ns'],
] as const;

/** A short time in the unit that suits it: '100 µs'. */
export function shortTime(seconds: number): string {
  const [size, unit] = PARTS.find(([part]) => Math.abs(seconds) >= part * 0.9995) ?? PARTS[0];
  return `${valueText(seconds / size, 4)} ${unit}`;
}
