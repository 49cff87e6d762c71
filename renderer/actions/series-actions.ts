import { useDatasets } from '../stores/dataset-store.ts';
import { isFollowed, toggleFollow } from '../stores/growth-effects.ts';
import { hasTimes, showsTimes, toggleTimes } from '../stores/time-axis-effects.ts';
import { activeView } from '../stores/view-store.ts';
import { seriesText } from '../strings/series-text.ts';
import type { Action } from './action.ts';

const infoOf = (view = activeView()) => (view ? useDatasets.getState().opened[view.dataset]?.info : undefined);
const mayGrow = (view = activeView()): boolean => {
  const info = infoOf(view);
  return info?.kind === 'frames' && info.mayGrow === true;
};

/** Commands for whole series of buffers. */
export const seriesActions: readonly Action[] = [
  {
    id: 'follow-last',
    label: seriesText.actions.follow,
    group: 'Time',
    keys: ['E', 'Shift+End'],
    icon: 'follow',
    enabled: mayGrow,
    checked: (view = activeView()) => view !== undefined && isFollowed(view.dataset),
    run: () => {
      const view = activeView();
      if (view) toggleFollow(view.dataset);
    },
  },
  {
    id: 'time-axis',
    label: seriesText.actions.times,
    group: 'Time',
    keys: [],
    enabled: (view = activeView()) => hasTimes(infoOf(view)),
    checked: (view = activeView()) => showsTimes(infoOf(view)),
    run: async () => {
      const view = activeView();
      if (view) await toggleTimes(view.dataset);
    },
  },
];
