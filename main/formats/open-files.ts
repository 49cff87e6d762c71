/** Files of a dataset, opened when they are needed and closed when others are: a few at a time, never under a reader's hands. */
export interface OpenFiles<T> {
  use<R>(index: number, work: (file: T) => Promise<R>): Promise<R>;
  close(): Promise<void>;
}

const KEPT = 8;

interface Entry<T> {
  readonly opening: Promise<T>;
  users: number;
}

export function openFiles<T extends AsyncDisposable>(open: (index: number) => Promise<T>): OpenFiles<T> {
  /** In the order of use, the latest last. */
  const entries = new Map<number, Entry<T>>();
  const dispose = async ({ opening }: Entry<T>): Promise<void> => {
    const file = await opening.catch(() => undefined);
    await file?.[Symbol.asyncDispose]();
  };
  const evict = async (): Promise<void> => {
    for (const [index, entry] of entries) {
      if (entries.size <= KEPT) return;
      if (entry.users > 0) continue;
      entries.delete(index);
      await dispose(entry);
    }
  };
  return {
    use: async (index, work) => {
      const entry = entries.get(index) ?? { opening: open(index), users: 0 };
      entries.delete(index);
      entries.set(index, entry);
      entry.users++;
      try {
        return await work(await entry.opening);
      } catch (error) {
        // A file that could not be opened may be there the next time.
        const isOpen = await entry.opening.then(
          () => true,
          () => false,
        );
        if (!isOpen && entries.get(index) === entry) entries.delete(index);
        throw error;
      } finally {
        entry.users--;
        await evict();
      }
    },
    close: async () => {
      const all = [...entries.values()];
      entries.clear();
      await Promise.all(all.map(dispose));
    },
  };
}
