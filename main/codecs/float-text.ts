/** Decimal digits that tell numbers of 4 bytes apart: every text of 6 survives them, and 9 are always enough. */
const FEWEST_DIGITS = 6;
const MOST_DIGITS = 9;

/** 10^0 to 10^22, which are exact in 8 bytes. */
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * The number of 8 bytes whose shortest text is the shortest one that reads back to the given number of 4 bytes: 0.1 for the one nearest to
 * it, where its own value has 17 digits.
 */
export function shortestFloat(value: number): number {
  const size = Math.abs(value);
  if (!(size >= 1e-13 && size < 1e13)) return shortestByText(value);
  if (size >= 1 && size < 1e6 && Number.isInteger(value)) return value;
  const decade = Math.floor(Math.log10(size));
  for (let digits = FEWEST_DIGITS; digits < MOST_DIGITS; digits++) {
    const rounded = roundedTo(value, digits - 1 - decade);
    if (Math.fround(rounded) === value) return rounded;
  }
  return roundedTo(value, MOST_DIGITS - 1 - decade);
}

/** Whole numbers below 2^53 and exact powers: both ways are rounded once, as reading the text would do it. */
function roundedTo(value: number, places: number): number {
  if (places >= 0) {
    const power = POWERS[places] as number;
    return Math.round(value * power) / power;
  }
  const power = POWERS[-places] as number;
  return Math.round(value / power) * power;
}

function shortestByText(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  // Tiny numbers have fewer digits.
  for (let digits = 1; digits < MOST_DIGITS; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  return Number(value.toPrecision(MOST_DIGITS));
}
