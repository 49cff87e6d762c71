import type { DatasetId, OpenedDataset } from '../../shared/contract/opened.ts';
import { useDatasets } from './dataset-store.ts';
import { type Origin, useProject } from './project-store.ts';

type Options = Origin['options'];

/** Whether two sets of reader options say the same; none are like an empty set. */
export function sameOptions(a: Options = {}, b: Options = {}): boolean {
  const [ofA, ofB] = [a, b].map((options) => JSON.stringify(Object.entries(options).sort(([one], [other]) => (one < other ? -1 : 1))));
  return ofA === ofB;
}

/** Whether a dataset lies at a path, or was opened from it. */
export function isAt(path: string, { id, info }: OpenedDataset, origins: Readonly<Record<DatasetId, Origin>>): boolean {
  return info.path === path || origins[id]?.path === path;
}

/** The open dataset of a path. With options the one that they chose; without, what was opened without them comes first. */
export function findOpened(path: string, options?: Options): OpenedDataset | undefined {
  const { origins } = useProject.getState();
  const there = Object.values(useDatasets.getState().opened).filter((dataset) => isAt(path, dataset, origins));
  const exact = there.find(({ id }) => sameOptions(origins[id]?.options, options));
  return options ? exact : (exact ?? there[0]);
}
