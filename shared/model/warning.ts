/** A recoverable oddity of a file: shown, never silently repaired. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly path?: string;
  readonly offset?: number;
}
