import { useEffect } from 'react';
import { create } from 'zustand';
import type { DatasetId } from '../../shared/contract/opened.ts';
import type { Attributes } from '../../shared/model/attributes.ts';
import type { Warning } from '../../shared/model/warning.ts';
import { connection } from '../client/connection.ts';
import { useDatasets } from './dataset-store.ts';
import { useViews } from './view-store.ts';

/** What the files say about one pulse of a step. */
export interface StepFacts {
  readonly step: number;
  readonly pulse: number;
  readonly count: number;
  readonly attributes: Attributes;
  readonly warnings: readonly Warning[];
}

/** Of each dataset those that were asked for last. */
export const useStepFacts = create<{ readonly facts: Readonly<Record<DatasetId, StepFacts>> }>(() => ({ facts: {} }));

/** A step has to stay for so long: while a view plays nothing is asked. */
const REST_MILLISECONDS = 250;

/** Keeps the facts of the active view's step up to date as long as the caller is on the screen. */
export function useActiveStepFacts(): StepFacts | undefined {
  const dataset = useViews((state) =>
    state.active === undefined ? undefined : state.views[state.active]?.particles && state.views[state.active]?.dataset,
  );
  const step = useViews((state) => state.views[state.active ?? '']?.place.buffer ?? 0);
  const pulse = useViews((state) => state.views[state.active ?? '']?.place.frame ?? 0);
  const facts = useStepFacts((state) => (dataset === undefined ? undefined : state.facts[dataset]));
  useEffect(() => {
    if (dataset === undefined) return undefined;
    const control = new AbortController();
    const timer = setTimeout(() => void read(dataset, step, pulse, control.signal), REST_MILLISECONDS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [dataset, step, pulse]);
  return facts?.step === step && facts.pulse === pulse ? facts : undefined;
}

async function read(dataset: DatasetId, step: number, pulse: number, signal: AbortSignal): Promise<void> {
  try {
    const {
      meta: { count, attributes, warnings },
    } = await (await connection()).call('step', { dataset, step, pulse }, { signal });
    useStepFacts.setState(({ facts }) => ({ facts: { ...facts, [dataset]: { step, pulse, count, attributes, warnings } } }));
  } catch {
    // What is wrong with a step is told where its picture would be.
  }
}

useDatasets.subscribe(({ opened }) => {
  const { facts } = useStepFacts.getState();
  const left = Object.entries(facts).filter(([id]) => opened[id]);
  if (left.length < Object.keys(facts).length) useStepFacts.setState({ facts: Object.fromEntries(left) });
});
