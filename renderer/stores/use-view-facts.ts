import { useShallow } from 'zustand/react/shallow';
import { useViews, type ViewState } from './view-store.ts';

/** A view without what changes with every move of the pointer. */
export type ViewFacts = Pick<ViewState, 'id' | 'dataset' | 'place' | 'zoom' | 'display' | 'bufferInfo'>;

function factsOf(view: ViewState | undefined): ViewFacts | undefined {
  if (!view) return undefined;
  const { id, dataset, place, zoom, display, bufferInfo } = view;
  return { id, dataset, place, zoom, ...(display ? { display } : {}), ...(bufferInfo ? { bufferInfo } : {}) };
}

export function useViewFacts(id: string): ViewFacts | undefined {
  return useViews(useShallow((state) => factsOf(state.views[id])));
}

export function useActiveFacts(): ViewFacts | undefined {
  return useViews(useShallow((state) => factsOf(state.active === undefined ? undefined : state.views[state.active])));
}
