import type { Place } from '../stores/view-store.ts';
import type { HostAccess } from './host-access.ts';
import type { ViewSpec } from './messages.ts';
import { loadScene, samePlace, type LevelMemory, type Scene } from './scene-loader.ts';

interface Ahead {
  readonly dataset: string;
  readonly place: Place;
  readonly abort: AbortController;
  readonly scene: Promise<Scene | undefined>;
}

/** The scene that will be wanted next while playing: fetched while the last picture is looked at, so that it can be drawn at once. */
export interface SceneAhead {
  /** Fetches the spec's `next` place, as its view looks at it; `last` is the scene on the screen. */
  fetch(spec: ViewSpec, last: Scene, memory: LevelMemory): void;
  /** What was fetched, or is on its way, of the place that is wanted; undefined where it was another one or failed. Given out once. */
  take(spec: ViewSpec): Promise<Scene | undefined> | undefined;
  drop(): void;
}

export function sceneAhead(host: () => Promise<HostAccess>): SceneAhead {
  let ahead: Ahead | undefined;
  const isOf = ({ dataset, place }: Ahead, spec: ViewSpec, wanted: Place): boolean => dataset === spec.dataset && samePlace(place, wanted);
  const drop = (): void => {
    ahead?.abort.abort();
    ahead = undefined;
  };
  return {
    fetch: (spec, last, memory) => {
      const { next, ...rest } = spec;
      if (!next || (ahead && isOf(ahead, spec, next))) return;
      drop();
      const abort = new AbortController();
      const wanted = { ...rest, place: next };
      // A failure shows when the place is really wanted and loaded again.
      const scene = host()
        .then((access) => loadScene(access, wanted, last, memory, abort.signal))
        .catch(() => undefined);
      ahead = { dataset: spec.dataset, place: next, abort, scene };
    },
    take: (spec) => {
      const found = ahead;
      if (!found) return undefined;
      ahead = undefined;
      if (isOf(found, spec, spec.place)) return found.scene;
      found.abort.abort();
      return undefined;
    },
    drop,
  };
}
