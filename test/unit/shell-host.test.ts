import { beforeEach, expect, it } from 'vitest';
import { useDatasets } from '../../renderer/stores/dataset-store.ts';
import { moveOver } from '../../renderer/stores/host-effects.ts';
import { useProject } from '../../renderer/stores/project-store.ts';
import { useViews } from '../../renderer/stores/view-store.ts';
import { frameSet } from '../support/shell-facts.ts';

const dataset = (id: string, path: string) => ({ id, info: frameSet({ nav: 3, path }) });
const view = (id: string, of: string) =>
  ({ id, dataset: of, place: { buffer: 1, frame: 0, plane: 0 }, zoom: { mode: 'fit' }, bufferWarnings: [] }) as const;

beforeEach(() => {
  useDatasets.setState({ opened: { d1: dataset('d1', '/a'), d2: dataset('d2', '/b'), d3: dataset('d3', '/c') }, usage: {} });
  useViews.setState({ views: { one: view('one', 'd1'), two: view('two', 'd2'), three: view('three', 'd3') }, active: 'one' });
  useProject.setState({
    roots: [{ path: '/c', name: 'c', kind: 'dataset' }],
    origins: { d1: { path: '/a' }, d2: { path: '/b', format: 'npy' }, d3: {} },
  });
});

it('moves views to the ids of a new host, also where the same ids stand for other datasets', () => {
  moveOver(
    new Map([
      ['d1', dataset('d2', '/a')],
      ['d2', dataset('d1', '/b')],
    ]),
  );
  const { views } = useViews.getState();
  const { opened } = useDatasets.getState();
  expect(opened[views['one']?.dataset ?? '']?.info.path).toBe('/a');
  expect(opened[views['two']?.dataset ?? '']?.info.path).toBe('/b');
  expect(useProject.getState().origins).toEqual({ d2: { path: '/a' }, d1: { path: '/b', format: 'npy' } });
  expect(views['one']?.place.buffer).toBe(1);
});

it('closes what could not be opened again', () => {
  moveOver(new Map([['d1', dataset('d1', '/a')]]));
  expect(Object.keys(useViews.getState().views)).toEqual(['one']);
  expect(Object.keys(useDatasets.getState().opened)).toEqual(['d1']);
  expect(useProject.getState().roots).toEqual([]);
});

it('warnings that came later stand with those of opening, each once', () => {
  const [first, second] = [
    { code: 'truncated', message: 'It ends early.' },
    { code: 'left-out', message: 'Step 3 is left out.', path: '/a/snapshots.bin', offset: 40 },
  ];
  const told = (): readonly unknown[] => useDatasets.getState().opened['d1']?.info.warnings ?? [];
  useDatasets.getState().addWarnings('d1', [first]);
  const before = told();
  useDatasets.getState().addWarnings('d1', [first]);
  expect(told()).toBe(before);
  useDatasets.getState().addWarnings('d1', [first, second]);
  expect(told()).toEqual([first, second]);
  useDatasets.getState().addWarnings('gone', [first]);
  expect(Object.keys(useDatasets.getState().opened)).toEqual(['d1', 'd2', 'd3']);
});
