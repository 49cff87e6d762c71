const MINUTE = 60;
const HOUR = 3600;

/** '8 s', '2 min', '1.5 h': how long something will still take, as roughly as it is known. */
export function durationText(seconds: number): string {
  if (seconds < 99.5) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 1.5 * HOUR ? `${Math.round(seconds / MINUTE)} min` : `${(seconds / HOUR).toFixed(1)} h`;
}
