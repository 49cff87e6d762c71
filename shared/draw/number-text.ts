export const MINUS = '\u2212';

/** Integers below this are grouped by thousands; larger numbers are written with an exponent. */
const LARGEST_PLAIN = 1e7;
const SMALLEST_PLAIN = 1e-4;

/** With a fixed number of decimals, thousands grouped and a true minus. -0 is written as 0. */
export function fixedText(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return specialText(value);
  const text = Math.abs(value).toFixed(decimals);
  const [whole = '0', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const sign = value < 0 && Number(text) !== 0 ? MINUS : '';
  return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** With `digits` significant digits; an exponent only where plain digits would be long. */
export function valueText(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return specialText(value);
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= LARGEST_PLAIN || size < SMALLEST_PLAIN)
    return value
      .toExponential(Math.max(0, digits - 1))
      .replace('-', MINUS)
      .replace('e-', `e${MINUS}`)
      .replace('e+', 'e');
  const decimals = Math.min(8, Math.max(0, digits - 1 - Math.floor(Math.log10(size))));
  return trimZeros(fixedText(value, decimals));
}

/** More digits than a number of 64 bits holds say nothing. */
const MOST_DIGITS = 16;

/** Digits that tell values apart which differ by `step`. */
export function steppedText(value: number, step: number): string {
  if (!Number.isFinite(value)) return specialText(value);
  if (!(step > 0)) return valueText(value, 5);
  if (Math.abs(value) >= LARGEST_PLAIN || step < 1e-7) {
    const digits = Math.floor(Math.log10(Math.abs(value)) + 1e-9) - Math.floor(Math.log10(step) + 1e-9) + 1;
    return valueText(value, Math.min(MOST_DIGITS, Math.max(1, digits)));
  }
  return fixedText(value, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
}

/** Digits that tell the limits of [low, high] and values between them apart: about three of the span. */
export function spanText(value: number, span: number): string {
  return steppedText(value, span > 0 ? 10 ** Math.floor(Math.log10(span) - 1.7) : 0);
}

/** A unit as it is written behind numbers. */
export function unitText(unit: string): string {
  return unit === 'pixel' ? 'px' : unit;
}

export function withUnit(text: string, unit: string): string {
  return unit === '' ? text : `${text} ${unitText(unit)}`;
}

/** A stored number as the file's reader gives it, with all its digits and a true minus. */
export function storedText(text: string): string {
  return text.replace(/^-|(?<=[eE, (+])-/g, MINUS).replace(/(?<=[eE])\+/g, '');
}

/** The same where the stored number is the value: with grouped thousands. */
export function storedValueText(text: string): string {
  return storedText(text).replace(/^\D?\d+(?=\.|$)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
}

/** What a person typed: grouping, true minus and decimal exponent understood; NaN when it is no number. */
export function parseNumber(text: string): number {
  const plain = text
    .trim()
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/[,\s\u00a0\u202f]/g, '');
  return plain === '' ? Number.NaN : Number(plain);
}

function specialText(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : `${MINUS}∞`;
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
