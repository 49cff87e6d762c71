import { isDataError, toErrorRecord } from '../../shared/model/data-error.ts';
import type { BarStatistics } from '../stores/view-store.ts';
import { wishedStatistics, type StatisticsWish } from './fetch-plan.ts';
import type { HostAccess } from './host-access.ts';
import type { DrawAnswer, ShownBuffer, ViewSpec } from './messages.ts';
import { drawScene } from './scene-drawing.ts';
import { displayFor, isComplete, loadScene, samePlace, statisticsKey, type Scene } from './scene-loader.ts';
import { settledLevels } from './settled-levels.ts';
import { sceneAhead, type SceneAhead } from './scene-ahead.ts';
import type { Surface } from './surface.ts';

interface Wanted {
  readonly spec: ViewSpec;
  readonly serial: number;
  readonly since: number;
}

interface Load extends Wanted {
  readonly abort: AbortController;
}

/**
 * A load that is overtaken by a newer wish may still finish within this time: dragging through a recording then shows pictures
 * all along instead of none until the hand rests.
 */
const GRACE_MILLISECONDS = 200;

/** Rest between two updates of the colour bars' histograms. */
const BARS_MILLISECONDS = 200;

/**
 * Draws one view. At most one load runs, and only the newest wish waits behind it. The last picture stays, redrawn at once for new
 * zoom and colours, until the wanted one is complete.
 */
export class ViewDrawer {
  private readonly view: string;
  private readonly surface: Surface;
  private readonly host: () => Promise<HostAccess>;
  private readonly post: (answer: DrawAnswer) => void;
  private readonly levels = settledLevels();
  private readonly ahead: SceneAhead;
  /** How the picture on the surface was drawn, without its place. */
  private drawnAs = '';
  private wanted: Wanted | undefined;
  private load: Load | undefined;
  private scene: Scene | undefined;
  private told: ShownBuffer | undefined;
  private barsBusy = false;
  /** Which bars were asked for last. */
  private barsShown = '';
  private frameAsked = false;
  private closed = false;

  constructor(view: string, surface: Surface, host: () => Promise<HostAccess>, post: (answer: DrawAnswer) => void) {
    this.view = view;
    this.surface = surface;
    this.host = host;
    this.post = post;
    this.ahead = sceneAhead(host);
  }

  show(serial: number, spec: ViewSpec): void {
    if (!this.wanted) this.barsShown = '';
    this.wanted = { spec, serial, since: performance.now() };
    this.advance();
  }

  cancel(): void {
    this.load?.abort.abort();
    this.load = undefined;
    this.ahead.drop();
  }

  /** Forgets what was fetched and fetches it again. */
  refresh(): void {
    this.cancel();
    this.scene = undefined;
    this.barsShown = '';
    if (this.wanted) this.advance();
  }

  /** Stops until it is to show something again: something else draws on the surface now. */
  rest(): void {
    this.wanted = undefined;
    this.cancel();
  }

  close(): void {
    this.closed = true;
    this.cancel();
    this.scene = undefined;
  }

  /** Draws what can be drawn now and starts loading what is missing. */
  private advance(): void {
    const { wanted, load, scene } = this;
    if (!wanted || this.closed) return;
    if (scene && isComplete(scene, wanted.spec, this.levels)) {
      this.load?.abort.abort();
      this.load = undefined;
      this.askFrame();
      this.ahead.fetch(wanted.spec, scene, this.levels);
      void this.updateBars();
      return;
    }
    // Another place alone changes nothing in the picture until it is there.
    if (scene && scene.dataset === wanted.spec.dataset && this.drawnAs !== lookKey(wanted.spec)) this.askFrame();
    if (load && this.isOvertaken(load, wanted)) this.cancel();
    if (!this.load) void this.start(wanted);
  }

  private isOvertaken(load: Load, wanted: Wanted): boolean {
    const other = load.spec.dataset !== wanted.spec.dataset || !samePlace(load.spec.place, wanted.spec.place);
    return load.spec.dataset !== wanted.spec.dataset || (other && performance.now() - load.since > GRACE_MILLISECONDS);
  }

  private async start(wanted: Wanted): Promise<void> {
    const load: Load = { ...wanted, since: performance.now(), abort: new AbortController() };
    this.load = load;
    try {
      const ready = await this.ahead.take(wanted.spec);
      if (this.load !== load) return;
      // What was fetched ahead may lack something, where the settings have changed since.
      const scene =
        ready && isComplete(ready, wanted.spec, this.levels)
          ? ready
          : await loadScene(await this.host(), wanted.spec, ready ?? this.scene, this.levels, load.abort.signal);
      if (this.load !== load) return;
      this.load = undefined;
      this.scene = scene;
      // Where another place is wanted by now, this one is shown on the way.
      this.askFrame();
      this.advance();
    } catch (error) {
      if (this.load !== load) return;
      this.load = undefined;
      this.failed(wanted, error);
    }
  }

  private failed(wanted: Wanted, error: unknown): void {
    if (this.closed || isDataError(error, 'aborted')) return;
    if (this.wanted && this.wanted.serial !== wanted.serial && !samePlace(this.wanted.spec.place, wanted.spec.place)) return this.advance();
    this.post({
      type: 'failed',
      view: this.view,
      serial: this.wanted?.serial ?? wanted.serial,
      place: wanted.spec.place,
      error: toErrorRecord(error),
    });
  }

  /** Statistics for the colour bars that the picture did not have to wait for: now and then while playing, and of the last picture. */
  private async updateBars(): Promise<void> {
    const { scene, wanted } = this;
    if (this.barsBusy || this.closed || !scene || !wanted || scene.dataset !== wanted.spec.dataset) return;
    const { background, arrows } = wishedStatistics(scene.frame, displayFor(wanted.spec, scene.frame));
    const key = JSON.stringify([scene.dataset, scene.place, background, arrows]);
    if (key === this.barsShown) return;
    this.barsBusy = true;
    this.barsShown = key;
    const [under, over] = await Promise.all([this.barOf(scene, background), this.barOf(scene, arrows)]);
    if (this.closed) return;
    this.post({ type: 'bars', view: this.view, ...(under ? { background: under } : {}), ...(over ? { arrows: over } : {}) });
    setTimeout(() => {
      this.barsBusy = false;
      void this.updateBars();
    }, BARS_MILLISECONDS);
  }

  /** A bar without statistics is still a bar: failures show elsewhere, in the picture. */
  private async barOf(scene: Scene, wish: StatisticsWish | undefined): Promise<BarStatistics | undefined> {
    if (!wish) return undefined;
    const key = statisticsKey(wish);
    try {
      const bar =
        scene.statistics.get(key) ?? (await (await this.host()).statistics(scene.dataset, scene.place, wish, new AbortController().signal));
      scene.statistics.set(key, bar);
      return bar;
    } catch {
      return undefined;
    }
  }

  private askFrame(): void {
    if (this.frameAsked) return;
    this.frameAsked = true;
    requestAnimationFrame(() => {
      this.frameAsked = false;
      if (!this.closed) this.draw();
    });
  }

  private draw(): void {
    const { scene, wanted } = this;
    if (!scene || !wanted || scene.dataset !== wanted.spec.dataset) return;
    this.drawnAs = lookKey(wanted.spec);
    const drawn = drawScene(this.surface, scene, wanted.spec, this.levels);
    const news = this.told === scene.buffer ? {} : { buffer: scene.buffer };
    this.told = scene.buffer;
    this.post({
      type: 'drawn',
      view: this.view,
      serial: wanted.serial,
      complete: isComplete(scene, wanted.spec, this.levels),
      dataset: scene.dataset,
      display: drawn.display,
      reference: drawn.reference,
      ...news,
      shown: {
        place: scene.place,
        milliseconds: performance.now() - wanted.since,
        ...(drawn.background ? { background: drawn.background } : {}),
        ...(drawn.arrows ? { arrows: drawn.arrows } : {}),
        ...(drawn.arrowCounts ? { arrowCounts: drawn.arrowCounts } : {}),
        ...(drawn.states ? { states: drawn.states } : {}),
      },
    });
  }
}

/** Everything of a spec that decides how a given place is drawn. */
function lookKey({ display, zoom, area, pixelRatio, theme }: ViewSpec): string {
  return JSON.stringify([display, zoom, area, pixelRatio, theme]);
}
