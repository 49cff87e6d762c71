/** One line of the table: our work, the reference's work on the same data, and what is expected of the ratio. */
export interface Row {
  readonly label: string;
  /** Time of one turn in milliseconds; `turn` picks other data so that no turn repeats the one before. */
  run(turn: number): Promise<number>;
  /** The command for bench/reference.py that does the same work; absent = our time alone. */
  readonly reference?: (turn: number) => readonly (string | number)[];
  /** Reference time / our time that is expected. */
  readonly ratio?: number;
  /** Milliseconds that are allowed. */
  readonly limitMs?: number;
  /** Fewer turns than asked, for what takes the reference seconds. */
  readonly turns?: number | undefined;
}

/** What is measured once and is no time. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly goal: string;
  readonly met: boolean;
}

export interface BenchData {
  readonly images: string;
  readonly raw: string;
  readonly vectors: string;
}

/** Buffers that are distinct files in `raw` and `vectors` (in `images` the 1,000 names lead to as many). */
export const DISTINCT = 8;

/** Side of the picture drawn, in pixels. */
export const PICTURE = 1000;

export async function clock(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
