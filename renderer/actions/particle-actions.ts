import { copyText } from '../client/clipboard.ts';
import { particlesOf } from '../stores/frame-choices.ts';
import type { ParticleDisplay } from '../stores/particle-display.ts';
import { useUi } from '../stores/ui-store.ts';
import { activeView, type ViewState } from '../stores/view-store.ts';
import { particleText } from '../strings/particle-text.ts';
import type { IconName } from '../widgets/icons.tsx';
import { ALL_TRACKS } from '../../shared/model/track-selection.ts';
import { proposeClip } from '../views/particles/clip-box.ts';
import { resetFilters } from '../views/particles/filter-commands.ts';
import { changeDisplay, changeParticles, selectTrack, showPanel, unclip } from '../views/particles/particle-commands.ts';
import { particleReadOutText } from '../views/particles/particle-read-out.ts';
import { goToTrackStart } from '../views/particles/track-start.ts';
import type { Action } from './action.ts';

const words = particleText.actions;
const hasParticles = (of = activeView()): boolean => of?.particles !== undefined;
const hasTracks = (of = activeView()): boolean => (particlesOf(of)?.tracks ?? 0) > 0;
const hasTrack = (of = activeView()): boolean => of?.particles?.selectedTrack !== undefined;

/** A switch of the display. */
const flag = (
  id: string,
  label: string,
  keys: readonly string[],
  of: 'tails' | 'untracked' | 'boundingBox' | 'backPlanes',
  enabled = hasParticles,
): Action => ({
  id,
  label,
  group: 'Layers',
  keys,
  enabled,
  checked: (view = activeView()) => view?.particles?.display[of] ?? false,
  run: () => changeDisplay(activeView()?.id, (display): Partial<ParticleDisplay> => ({ [of]: !display[of] })),
});

const mode = (id: string, label: string, keys: readonly string[], wanted: ParticleDisplay['mode']): Action => ({
  id,
  label,
  group: 'Layers',
  keys,
  enabled: hasTracks,
  checked: (view = activeView()) => view?.particles?.display.mode === wanted,
  run: () => changeDisplay(activeView()?.id, { mode: wanted }),
});

const page = (id: string, label: string, name: 'filters' | 'statistics'): Action => ({
  id,
  label,
  group: 'Window',
  keys: [],
  enabled: hasParticles,
  run: () => useUi.getState().patch({ inspectorPage: name }),
});

function onActive(run: (view: ViewState) => void | Promise<void>): () => void | Promise<void> {
  return () => {
    const view = activeView();
    return view?.particles ? run(view) : undefined;
  };
}

function tool(icon: IconName): Action {
  return {
    id: 'particle-pan',
    label: words.pan,
    group: 'Picture',
    keys: ['Q'],
    icon,
    enabled: hasParticles,
    checked: (view = activeView()) => view?.particles?.tool === 'pan',
    run: () => changeParticles(activeView()?.id, (particles) => ({ tool: particles.tool === 'pan' ? 'orbit' : 'pan' })),
  };
}

/** Commands for views of particles. */
export const particleActions: readonly Action[] = [
  tool('hand'),
  mode('particle-window', words.window, [], 'window'),
  mode('particle-all', words.all, ['T'], 'all'),
  flag('particle-tails', words.tails, ['Shift+T'], 'tails', hasTracks),
  flag('particle-untracked', words.untracked, ['U'], 'untracked'),
  flag('particle-box', words.box, [], 'boundingBox'),
  flag('particle-back', words.back, ['K'], 'backPlanes'),
  {
    id: 'particle-clip',
    label: words.clip,
    group: 'Layers',
    keys: ['C'],
    icon: 'clip',
    enabled: hasParticles,
    checked: (view = activeView()) => view?.particles?.display.clip !== undefined,
    run: onActive(({ id, particles }) => (particles?.display.clip ? unclip(id) : proposeClip(id))),
  },
  {
    id: 'track-panel',
    label: words.panel,
    group: 'Window',
    keys: ['P'],
    icon: 'plot',
    enabled: hasTracks,
    checked: (view = activeView()) => view?.particles?.panel !== undefined,
    run: onActive(({ id, particles }) =>
      showPanel(id, particles?.panel ? undefined : particles?.selectedTrack === undefined ? 'tracks' : 'plots'),
    ),
  },
  {
    id: 'track-list',
    label: words.list,
    group: 'Window',
    keys: [],
    icon: 'table',
    enabled: hasTracks,
    run: onActive(({ id }) => showPanel(id, 'tracks')),
  },
  {
    id: 'track-follow',
    label: words.follow,
    group: 'Picture',
    keys: ['Y'],
    enabled: hasTrack,
    checked: (view = activeView()) => view?.particles?.follow ?? false,
    run: () => changeParticles(activeView()?.id, ({ follow }) => ({ follow: !follow })),
  },
  {
    id: 'track-first',
    label: words.firstStep,
    group: 'Time',
    keys: ['Shift+Home'],
    enabled: hasTrack,
    run: onActive((view) => goToTrackStart(view)),
  },
  {
    id: 'track-none',
    label: words.deselect,
    group: 'Picture',
    keys: [],
    enabled: hasTrack,
    run: onActive((view) => selectTrack(view.id, undefined)),
  },
  {
    id: 'copy-particle',
    label: words.copyParticle,
    group: 'Copy',
    keys: [],
    enabled: (view = activeView()) => particleReadOutText(view) !== '',
    run: () => copyText(particleReadOutText(activeView())),
  },
  {
    id: 'reset-filters',
    label: words.resetFilters,
    group: 'Layers',
    keys: [],
    enabled: (view = activeView()) => view?.particles !== undefined && view.particles.display.selection !== ALL_TRACKS,
    run: () => resetFilters(activeView()?.id),
  },
  page('page-filters', words.filters, 'filters'),
  page('page-statistics', words.statistics, 'statistics'),
  {
    id: 'bin-grid',
    label: words.bin,
    group: 'File',
    keys: [],
    enabled: hasParticles,
    run: onActive(({ id }) => useUi.getState().show({ kind: 'bin', view: id })),
  },
];
