import { create } from 'zustand';
import type { DatasetId } from '../../shared/contract/opened.ts';

interface FollowState {
  /** Datasets whose last buffer is shown as soon as it is there. */
  readonly following: readonly DatasetId[];
  set(dataset: DatasetId, following: boolean): void;
}

export const useFollow = create<FollowState>((set) => ({
  following: [],
  set: (dataset, following) =>
    set((state) => ({ following: [...state.following.filter((id) => id !== dataset), ...(following ? [dataset] : [])] })),
}));
