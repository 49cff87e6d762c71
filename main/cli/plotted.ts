import type { Figure } from '../writers/plot/figure.ts';

/** What `plot` writes, and what it tells about it. */
export interface Plotted {
  readonly figure: Figure;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Behind the size of the picture. */
  readonly note?: string;
}
