/** What a turn took: wall time, and processor time of all threads of the process. Both in milliseconds. */
export interface Spent {
  readonly ms: number;
  readonly cpu: number;
}

/** One line of the table: our work, the reference's work on the same data, and what is expected of the ratio. */
export interface Row {
  readonly label: string;
  /** What one turn takes; `turn` picks other data so that no turn repeats the one before. */
  run(turn: number): Promise<Spent>;
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
  /** Absent = there is nothing to compare with. */
  readonly met?: boolean;
  /** What the reference tool needs. */
  readonly reference?: string;
}

/** Paths of the sets measured with; bench/data.mjs makes them. */
export interface BenchData {
  readonly images: string;
  readonly raw: string;
  readonly vectors: string;
  /** Sets of other packings by name. */
  readonly packings: Readonly<Record<string, string>>;
  /** Particles: 50 steps of 10^5, and 5 of them. */
  readonly particles: string;
  readonly fewParticles: string;
  /** Two steps of 10^6. */
  readonly millionParticles: string;
  /** A folder for what the rows write. */
  readonly scratch: string;
}

/** Buffers that are distinct files in `raw` and `vectors` (in `images` the 1,000 names lead to as many). */
export const DISTINCT = 8;

/** Side of the picture drawn, in pixels. */
export const PICTURE = 1000;

export async function clock(work: () => unknown): Promise<Spent> {
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { ms, cpu: (user + system) / 1000 };
}

/** Opens when first asked for, so that rows that are not wanted cost nothing. */
export function lazily<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}
