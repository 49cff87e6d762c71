import { create } from 'zustand';
import type { CacheUsage, DatasetId, OpenedDataset } from '../../shared/contract/methods.ts';
import type { DatasetInfo } from '../../shared/model/dataset.ts';

/** Datasets that are open in the host, by id, with what the cache holds of them. */
interface DatasetState {
  readonly opened: Readonly<Record<DatasetId, OpenedDataset>>;
  readonly usage: Readonly<Record<DatasetId, CacheUsage>>;
  add(dataset: OpenedDataset): void;
  /** Other facts of a dataset that is open: it has grown, or its axis is another one. */
  setInfo(id: DatasetId, info: DatasetInfo): void;
  remove(id: DatasetId): void;
  setUsage(usage: CacheUsage): void;
}

export const useDatasets = create<DatasetState>((set) => ({
  opened: {},
  usage: {},
  add: (dataset) => set((state) => ({ opened: { ...state.opened, [dataset.id]: dataset } })),
  setInfo: (id, info) =>
    set((state) => {
      const dataset = state.opened[id];
      return dataset ? { opened: { ...state.opened, [id]: { ...dataset, info } } } : state;
    }),
  remove: (id) => set((state) => ({ opened: without(state.opened, id), usage: without(state.usage, id) })),
  setUsage: (usage) => set((state) => ({ usage: { ...state.usage, [usage.dataset]: usage } })),
}));

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _removed, ...rest } = record;
  return rest;
}
