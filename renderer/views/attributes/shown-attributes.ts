import { useDatasets } from '../../stores/dataset-store.ts';
import { useUi } from '../../stores/ui-store.ts';
import { activeView } from '../../stores/view-store.ts';
import { type AttributeGroup, attributeGroups, filterGroups } from './attribute-groups.ts';

/** What the attributes page shows now: of the active view, through its filter. */
export function shownAttributes(): AttributeGroup[] {
  const view = activeView();
  const info = view && useDatasets.getState().opened[view.dataset]?.info;
  if (!view || !info) return [];
  const first = info.kind === 'frames' ? info.firstNumber : 0;
  return filterGroups(attributeGroups(info, view.bufferInfo, (view.bufferInfo?.index ?? 0) + first), useUi.getState().attributeFilter);
}
