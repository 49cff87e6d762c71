export const ERROR_CODES = [
  'not-found',
  'access-denied',
  'unknown-format',
  'malformed',
  'truncated',
  'unsupported',
  'missing-companion',
  'out-of-range',
  'invalid-option',
  'too-large',
  'exists',
  'aborted',
  'closed',
  'io',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Where and why; every field is shown to the user. */
export interface ErrorDetails {
  /** The file. */
  readonly path?: string | undefined;
  /** Byte offset in the file. */
  readonly offset?: number | undefined;
  /** Header field, key, option or row. */
  readonly field?: string | undefined;
  /** What the user can do about it. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** A DataError as plain JSON, as it crosses ports, HTTP and the command line. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path?: string;
  readonly offset?: number;
  readonly field?: string;
  readonly hint?: string;
}

/** The one error of the program: one sentence that says in numbers what is wrong, with the place and a hint beside it. */
export class DataError extends Error {
  readonly code: ErrorCode;
  readonly path: string | undefined;
  readonly offset: number | undefined;
  readonly field: string | undefined;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'DataError';
    this.code = code;
    this.path = details.path;
    this.offset = details.offset;
    this.field = details.field;
    this.hint = details.hint;
  }
}

/** True for a DataError of any (or one of the given) codes. */
export function isDataError(error: unknown, ...codes: readonly ErrorCode[]): error is DataError {
  return error instanceof DataError && (codes.length === 0 || codes.includes(error.code));
}

export function abortedError(): DataError {
  return new DataError('aborted', 'The request was cancelled.');
}

/** Throws `aborted` once the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortedError();
}

/** Any thrown value as a DataError: abort reasons become `aborted`, everything unknown becomes `internal`. */
export function toDataError(error: unknown): DataError {
  if (error instanceof DataError) return error;
  if (error instanceof Error && error.name === 'AbortError') return abortedError();
  const message = error instanceof Error ? error.message : String(error);
  return new DataError('internal', `Internal error: ${message}`, { cause: error });
}

export function toErrorRecord(error: unknown): ErrorRecord {
  const { code, message, path, offset, field, hint } = toDataError(error);
  return {
    code,
    message,
    ...(path === undefined ? {} : { path }),
    ...(offset === undefined ? {} : { offset }),
    ...(field === undefined ? {} : { field }),
    ...(hint === undefined ? {} : { hint }),
  };
}

export function fromErrorRecord(record: ErrorRecord): DataError {
  return new DataError(record.code, record.message, record);
}
