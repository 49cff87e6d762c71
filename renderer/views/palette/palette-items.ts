import { ACTIONS } from '../../actions/actions.ts';
import { useDatasets } from '../../stores/dataset-store.ts';
import { datasetDetail } from '../../stores/dataset-detail.ts';
import { openPath, showDataset } from '../../stores/open-effects.ts';
import { goTo, viewCount } from '../../stores/playback-effects.ts';
import { useProject } from '../../stores/project-store.ts';
import { useRecent } from '../../stores/recent-store.ts';
import { useUi } from '../../stores/ui-store.ts';
import { activeView } from '../../stores/view-store.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { text } from '../../strings/en.ts';
import { particleText } from '../../strings/particle-text.ts';
import type { IconName } from '../../widgets/icons.tsx';
import { attributeGroups } from '../attributes/attribute-groups.ts';
import { valueLine } from '../attributes/attribute-text.ts';
import { fuzzyMatch, type FuzzyMatch } from './fuzzy.ts';

export const PALETTE_GROUPS = ['go', 'commands', 'datasets', 'attributes'] as const;
export type PaletteGroup = (typeof PALETTE_GROUPS)[number];

export interface PaletteItem {
  readonly id: string;
  readonly group: PaletteGroup;
  readonly label: string;
  readonly icon: IconName;
  /** Right of the label: a value, a count. */
  readonly detail?: string;
  readonly keys?: string;
  readonly disabled?: boolean;
  run(): void;
}

export interface FoundItem {
  readonly item: PaletteItem;
  readonly match: FuzzyMatch;
}

/** Attributes are listed only once something is typed, and at most so many of each group. */
const MAX_PER_GROUP: Readonly<Record<PaletteGroup, number>> = { go: 1, commands: 100, datasets: 30, attributes: 50 };

const PREFIXES: Readonly<Record<string, PaletteGroup>> = { '>': 'commands', '#': 'attributes', ':': 'go' };

/** What a query finds, best first within each group: everything, or after > # : one kind. */
export function findItems(query: string, items: readonly PaletteItem[]): FoundItem[] {
  const only = PREFIXES[query.trim()[0] ?? ''];
  const words = only ? query.trim().slice(1) : query;
  return PALETTE_GROUPS.filter((group) => only === undefined || group === only).flatMap((group) => {
    if (group === 'attributes' && only === undefined && words.trim() === '') return [];
    const found = items
      .filter((item) => item.group === group)
      .flatMap((item): FoundItem[] => {
        const match = group === 'go' ? { score: 0, ranges: [] } : fuzzyMatch(words, item.label);
        return match ? [{ item, match }] : [];
      });
    return found
      .sort((a, b) => Number(a.item.disabled ?? false) - Number(b.item.disabled ?? false) || b.match.score - a.match.score)
      .slice(0, MAX_PER_GROUP[group]);
  });
}

/** Everything that can be found now; `query` only decides the buffer to go to. */
export function paletteItems(query: string): PaletteItem[] {
  return [...goToItems(query), ...commandItems(), ...datasetItems(), ...attributeItems()];
}

function commandItems(): PaletteItem[] {
  return ACTIONS.filter(({ id }) => id !== 'palette').map((action) => ({
    id: action.id,
    group: 'commands',
    label: action.label,
    icon: action.checked?.() ? 'check' : (action.icon ?? 'right'),
    disabled: !action.enabled(),
    ...(action.keys[0] === undefined ? {} : { keys: action.keys[0] }),
    run: () => void action.run(),
  }));
}

/** Open datasets, then those in the tree, then those opened before. */
function datasetItems(): PaletteItem[] {
  const { listings } = useProject.getState();
  const opened = Object.values(useDatasets.getState().opened);
  const items: PaletteItem[] = opened.map(({ id, info }) => ({
    id,
    group: 'datasets',
    label: info.title,
    icon: 'image',
    detail: datasetDetail(info),
    run: () => void showDataset(id),
  }));
  const known = new Set(opened.map(({ info }) => info.path));
  const add = (path: string, label: string, detail: string): void => {
    if (known.has(path)) return;
    known.add(path);
    items.push({ id: path, group: 'datasets', label, icon: 'image', detail, run: () => void openPath(path) });
  };
  for (const listing of Object.values(listings)) {
    if (listing.state === 'ready')
      for (const { kind, path, name, detail } of listing.entries) if (kind === 'dataset') add(path, name, detail ?? '');
  }
  for (const { path, title, detail } of useRecent.getState().entries) add(path, title, detail ?? text.welcome.recent);
  return items;
}

function attributeItems(): PaletteItem[] {
  const view = activeView();
  const info = view && useDatasets.getState().opened[view.dataset]?.info;
  if (!view || !info) return [];
  return attributeGroups(info, view.bufferInfo, view.place.buffer).flatMap(({ title, rows }) =>
    rows.map(({ id, name, value }): PaletteItem => {
      const { value: shown, unit } = valueLine(value);
      return {
        id,
        group: 'attributes',
        label: name,
        icon: 'table',
        detail: `${shown}${unit ? ` ${unit}` : ''}, ${title}`,
        run: () => showAttribute(name),
      };
    }),
  );
}

function showAttribute(name: string): void {
  const { panels, change } = useSettings.getState();
  if (!panels.inspector) change({ panels: { ...panels, inspector: true } });
  useUi.getState().patch({ inspectorPage: 'attributes', attributeFilter: name });
}

/** A number typed alone or after ':' is a buffer to go to, counted as the time line counts. */
function goToItems(query: string): PaletteItem[] {
  const match = /^\s*:?\s*(\d+)\s*$/.exec(query);
  const view = activeView();
  const info = view && useDatasets.getState().opened[view.dataset]?.info;
  if (!match || !view || !info) return [];
  const number = Number(match[1]);
  const buffer = number - info.firstNumber;
  if (buffer < 0 || buffer >= viewCount(view)) return [];
  return [
    {
      id: 'go',
      group: 'go',
      label: (info.kind === 'particles' ? particleText.timeline : text.palette).goTo(number),
      icon: 'right',
      run: () => goTo(view.id, { buffer }),
    },
  ];
}
