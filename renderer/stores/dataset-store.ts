import { create } from 'zustand';
import type { CacheUsage, DatasetId, OpenedDataset } from '../../shared/contract/opened.ts';
import type { DatasetInfo } from '../../shared/model/dataset.ts';
import type { Warning } from '../../shared/model/warning.ts';

/** Datasets that are open in the host, by id, with what the cache holds of them. */
interface DatasetState {
  readonly opened: Readonly<Record<DatasetId, OpenedDataset>>;
  readonly usage: Readonly<Record<DatasetId, CacheUsage>>;
  add(dataset: OpenedDataset): void;
  /** Other facts of a dataset that is open: it has grown, or its axis is another one. */
  setInfo(id: DatasetId, info: DatasetInfo): void;
  /** What became known of its files after it was opened; what is told already is not told again. */
  addWarnings(id: DatasetId, warnings: readonly Warning[]): void;
  remove(id: DatasetId): void;
  setUsage(usage: CacheUsage): void;
}

export const useDatasets = create<DatasetState>((set, get) => ({
  opened: {},
  usage: {},
  add: (dataset) => set((state) => ({ opened: { ...state.opened, [dataset.id]: dataset } })),
  setInfo: (id, info) =>
    set((state) => {
      const dataset = state.opened[id];
      return dataset ? { opened: { ...state.opened, [id]: { ...dataset, info } } } : state;
    }),
  addWarnings: (id, warnings) => {
    const info = get().opened[id]?.info;
    const fresh = warnings.filter(({ message }) => !info?.warnings.some((known) => known.message === message));
    if (info && fresh.length > 0) get().setInfo(id, { ...info, warnings: [...info.warnings, ...fresh] });
  },
  remove: (id) => set((state) => ({ opened: without(state.opened, id), usage: without(state.usage, id) })),
  setUsage: (usage) => set((state) => ({ usage: { ...state.usage, [usage.dataset]: usage } })),
}));

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _removed, ...rest } = record;
  return rest;
}
