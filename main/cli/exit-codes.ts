import { toDataError, toErrorRecord, type ErrorCode, type ErrorRecord } from '../../shared/model/data-error.ts';
import type { Warning } from '../../shared/model/warning.ts';

/** What the command line ends with; scripts rely on it. */
const EXIT_CODES: Record<ErrorCode, number> = {
  internal: 1,
  'invalid-option': 2,
  'out-of-range': 2,
  'not-found': 3,
  'access-denied': 3,
  'unknown-format': 3,
  'missing-companion': 3,
  closed: 3,
  malformed: 4,
  truncated: 4,
  unsupported: 5,
  'too-large': 5,
  exists: 6,
  io: 6,
  aborted: 130,
};

export function exitCodeOf(error: unknown): number {
  return EXIT_CODES[toDataError(error).code];
}

/** A failed command as JSON: on stderr with --json, and the line of a batch. */
export interface Failure {
  readonly ok: false;
  readonly exit: number;
  readonly error: ErrorRecord;
}

export function failureOf(error: unknown): Failure {
  return { ok: false, exit: exitCodeOf(error), error: toErrorRecord(error) };
}

/** One line for people: what is wrong, what to do, and where; the place last, and only what the sentence does not name. */
export function errorSentence(error: unknown): string {
  const { message, hint } = toDataError(error);
  return [message, ...(hint ? [hint] : []), ...placeOf(toDataError(error))].join(' ');
}

/** A warning in one line, with its place. */
export function warningSentence(warning: Warning): string {
  return [warning.message, ...placeOf(warning)].join(' ');
}

function placeOf({
  message,
  path,
  offset,
}: {
  readonly message: string;
  readonly path?: string | undefined;
  readonly offset?: number | undefined;
}): readonly string[] {
  const place = [...(path && !message.includes(path) ? [path] : []), ...(offset === undefined ? [] : [`offset ${offset}`])];
  return place.length > 0 ? [`(${place.join(', ')})`] : [];
}
