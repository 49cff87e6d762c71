import { readerRows } from './reader-rows.ts';
import type { BenchData, Fact, Row } from './row.ts';

export async function benchRows(data: BenchData): Promise<{ rows: readonly Row[]; close(): Promise<void> }> {
  const rows = await readerRows(data);
  return { rows, close: async () => undefined };
}

export async function benchFacts(_data: BenchData, _wanted: (label: string) => boolean): Promise<readonly Fact[]> {
  return [];
}
