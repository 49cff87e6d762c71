import { useDatasets } from '../../stores/dataset-store.ts';
import { useUi } from '../../stores/ui-store.ts';
import { activeView, type ViewState } from '../../stores/view-store.ts';
import { type StepFacts, useStepFacts } from '../../stores/step-facts.ts';
import { type AttributeGroup, attributeGroups, filterGroups } from './attribute-groups.ts';

/** What the attributes page shows now: of the active view, through its filter. */
export function shownAttributes(): AttributeGroup[] {
  const view = activeView();
  const info = view && useDatasets.getState().opened[view.dataset]?.info;
  if (!view || !info) return [];
  return filterGroups(
    attributeGroups(info, view.bufferInfo, (view.bufferInfo?.index ?? 0) + info.firstNumber, stepFactsOf(view)),
    useUi.getState().attributeFilter,
  );
}

/** What is known of the step that a view of particles shows. */
function stepFactsOf({ dataset, place }: ViewState): StepFacts | undefined {
  const facts = useStepFacts.getState().facts[dataset];
  return facts?.step === place.buffer && facts.pulse === place.frame ? facts : undefined;
}
