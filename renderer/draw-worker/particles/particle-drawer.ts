import { particleAxes, type ParticleAxes } from '../../../shared/draw/particle-axes.ts';
import { isDataError, toErrorRecord } from '../../../shared/model/data-error.ts';
import type { PickedParticle } from '../../stores/particle-display.ts';
import type { DrawAnswer, ParticleWish, ViewSpec } from '../messages.ts';
import { samePlace } from '../scene-loader.ts';
import { settledLevels } from '../settled-levels.ts';
import type { Surface } from '../surface.ts';
import { boldTracks } from './bold-track.ts';
import { fetchOrder, planLayers, plansAhead, type LayerPlan } from './layer-plan.ts';
import { layerStore } from './layer-store.ts';
import type { ParticleAccess } from './particle-access.ts';
import { particleContent, type ParticleContent } from './particle-content.ts';
import { pickParticle } from './particle-pick.ts';
import { chosenRenderer } from './chosen-renderer.ts';
import { progressReport } from './progress-report.ts';
import { rasterSize } from './space-renderer.ts';
import { contentKey, lookKey, still } from './spec-keys.ts';
import { trackFilter } from './track-filter.ts';

interface Wanted {
  readonly serial: number;
  readonly spec: ViewSpec;
  readonly particles: ParticleWish;
  /** What its content depends on. */
  readonly key: string;
  readonly plan: LayerPlan;
  readonly axes: ParticleAxes;
  readonly since: number;
}

/** A content with what it was made for. */
interface Made {
  readonly dataset: string;
  readonly picture: ParticleContent;
  /** Nothing is awaited any more that belongs to it. */
  readonly isWhole: boolean;
}

/** Time after which drawing looks whether there is a newer wish. */
const SLICE_MILLISECONDS = 12;
/** A picture is given up for a newer wish unless the last one was so long ago: dragging a slider then shows pictures all along. */
const PATIENCE_MILLISECONDS = 150;
/** Without a newer wish for so long, a picture that was drawn in part for a film or a moving camera is drawn in full. */
const REST_MILLISECONDS = 350;
/** Rest between two pictures while layers come in, at least, and in times of what a picture takes. */
const ARRIVAL_MILLISECONDS = 120;
const ARRIVAL_PICTURES = 4;

/**
 * Draws one view of a particle set. The last picture stays, seen from where the camera is now, until the particles of the wanted step are
 * there; tails and whole sets then grow as their layers arrive.
 */
export class ParticleDrawer {
  private readonly view: string;
  private readonly surface: Surface;
  private readonly access: () => Promise<ParticleAccess>;
  private readonly post: (answer: DrawAnswer) => void;
  private readonly store;
  private readonly filter;
  private readonly bold;
  private readonly renderer;
  private readonly progress;
  private levels = settledLevels();
  private wanted: Wanted | undefined;
  private made: Made | undefined;
  private drawn: { readonly picture: ParticleContent; readonly look: string } | undefined;
  /** The content is not that of the wish or of what has arrived. */
  private isStale = true;
  /** The store aims at what is wanted. */
  private isFetching = false;
  private isDrawing = false;
  /** Something is to be drawn after what is being drawn. */
  private isWanting = false;
  private isFrameAsked = false;
  private arrivalTimer: ReturnType<typeof setTimeout> | undefined;
  /** The wish whose film or camera has come to rest. */
  private atRest: Wanted | undefined;
  private restTimer: ReturnType<typeof setTimeout> | undefined;
  private shownAt = Number.NEGATIVE_INFINITY;
  /** Milliseconds that the last picture took. */
  private drawnIn = 0;
  private isClosed = false;
  private failedSerial = -1;
  /** Who waits for facts of the tracks. */
  private readonly filtered: (() => void)[] = [];
  private stopFollowing: (() => void) | undefined;

  constructor(view: string, surface: Surface, access: () => Promise<ParticleAccess>, post: (answer: DrawAnswer) => void) {
    this.view = view;
    this.surface = surface;
    this.access = access;
    this.post = post;
    this.store = layerStore(access, () => this.arrived());
    this.filter = trackFilter(access, {
      changed: () => {
        for (const tell of this.filtered.splice(0)) tell();
        this.changed();
      },
      warned: (dataset, warnings) => this.post({ type: 'dataset-warnings', dataset, warnings }),
    });
    this.bold = boldTracks(access, () => this.changed());
    this.renderer = chosenRenderer(surface, () => {
      this.drawn = undefined;
      this.askFrame();
    });
    this.progress = progressReport((done, total) => this.post({ type: 'particles-progress', view: this.view, done, total }));
    void this.followFacts();
  }

  show(serial: number, spec: ViewSpec): void {
    const { particles } = spec;
    if (!particles) return;
    const before = this.wanted;
    if (before?.spec.dataset !== spec.dataset) this.enter(spec);
    const key = contentKey(spec);
    const isSame = before?.key === key;
    const made = isSame ? before : { plan: planLayers(particles, spec.place), axes: particleAxes(particles.info) };
    this.wanted = { serial, spec, particles, key, plan: made.plan, axes: made.axes, since: performance.now() };
    if (!isSame) this.isStale = true;
    void this.renderer.choose(particles.renderer);
    // Turning the camera through a set of 100,000 steps must not go through all of them.
    if (!isSame || spec.next || before.spec.next || !this.isFetching) this.fetch();
    this.askFrame();
  }

  /** Stops loading; the last picture stays. */
  cancel(): void {
    this.isFetching = false;
    this.store.cancel();
    this.filter.cancel();
  }

  /** Forgets what was fetched and fetches it again. */
  refresh(): void {
    this.forget();
    void this.followFacts();
    if (!this.wanted) return;
    this.fetch();
    this.askFrame();
  }

  /** Lets go of everything: something else draws on the surface now, or nothing. */
  close(): void {
    this.isClosed = true;
    for (const tell of this.filtered.splice(0)) tell();
    this.wanted = undefined;
    this.unfollow();
    clearTimeout(this.arrivalTimer);
    clearTimeout(this.restTimer);
    this.arrivalTimer = undefined;
    this.forget();
    this.made = undefined;
    this.renderer.close();
  }

  /** The particle at a place in CSS pixels, with all its values. */
  async pick(x: number, y: number): Promise<PickedParticle | undefined> {
    const { made, wanted } = this;
    return made && wanted ? pickParticle(await this.access(), made.picture, wanted.spec, x, y) : undefined;
  }

  /** Which tracks pass the filters of what is wanted, once facts of the tracks are there; undefined where nothing is filtered. */
  async tracks(): Promise<Uint8Array | undefined> {
    for (;;) {
      const { wanted } = this;
      if (!wanted || this.isClosed) return undefined;
      const { mask, isReady } = this.filter.mask(wanted.spec.dataset, wanted.particles, wanted.axes);
      if (isReady) return mask.mask;
      await new Promise<void>((resolve) => this.filtered.push(resolve));
    }
  }

  /** Draws all of it where only a part was drawn for a moving camera. */
  finish(): void {
    const { made, wanted } = this;
    if (!made || !wanted || this.isDrawing) return;
    const drawing = this.renderer.current.draw(made.picture, still(wanted.spec));
    while (!drawing.next().done);
  }

  /** Another dataset: nothing of the last one may stay on the screen. */
  private enter(spec: ViewSpec): void {
    this.forget();
    this.made = undefined;
    this.levels = settledLevels();
    const { width, height } = rasterSize(spec);
    this.surface.raster(width, height).pixels.fill(spec.theme.canvas);
    this.surface.present();
  }

  private forget(): void {
    this.store.forget();
    this.filter.forget();
    this.bold.forget();
    this.isStale = true;
    this.failedSerial = -1;
  }

  private fetch(): void {
    const { wanted } = this;
    if (!wanted) return;
    this.isFetching = true;
    const { spec, particles, plan, axes } = wanted;
    const ahead = spec.next ? plansAhead(particles, spec.next) : [];
    const { display, info } = particles;
    this.store.aim({ dataset: spec.dataset, pulses: info.pulses, axes, differentiation: display.differentiation }, fetchOrder(plan, ahead));
  }

  /** Layers come in quick succession: one picture for several of them, but the particles of the wanted step at once. */
  private arrived(): void {
    this.isStale = true;
    this.tellProgress();
    const { wanted, made } = this;
    if (!wanted || this.arrivalTimer !== undefined) return;
    const isFirst = !(made && samePlace(made.picture.place, wanted.spec.place)) && this.store.get(wanted.plan.shown) !== undefined;
    const isLast = this.store.isIdle();
    if (isFirst || isLast) return this.askFrame();
    this.arrivalTimer = setTimeout(
      () => {
        this.arrivalTimer = undefined;
        this.askFrame();
      },
      Math.max(ARRIVAL_MILLISECONDS, ARRIVAL_PICTURES * this.drawnIn),
    );
  }

  private changed(): void {
    this.isStale = true;
    this.askFrame();
  }

  private isAwaited({ plan }: Wanted): boolean {
    return [plan.shown, ...plan.trails].some((wish) => this.store.isAwaited(wish));
  }

  private askFrame(): void {
    if (this.isFrameAsked) return;
    this.isFrameAsked = true;
    requestAnimationFrame(() => {
      this.isFrameAsked = false;
      void this.draw();
    });
  }

  private async draw(): Promise<void> {
    this.isWanting = true;
    if (this.isDrawing) return;
    this.isDrawing = true;
    try {
      while (this.isWanting) {
        this.isWanting = false;
        if (!(await this.drawOnce())) this.isWanting = true;
      }
    } catch (error) {
      // A driver may fail at any time; what fails on the processor, too, is told.
      if (!this.renderer.fallBack() && this.wanted) this.fail(this.wanted, error);
    } finally {
      this.isDrawing = false;
    }
  }

  /** True where the picture of the newest wish is on the screen, or cannot be yet. */
  private async drawOnce(): Promise<boolean> {
    const { wanted } = this;
    if (!wanted) return true;
    const made = this.make(wanted);
    const spec = this.atRest === wanted ? still(wanted.spec) : wanted.spec;
    // Another step alone changes nothing in the picture until it is there.
    if (!made || (made.picture === this.drawn?.picture && !made.isWhole && lookKey(spec) === this.drawn.look)) return true;
    const drawing = this.renderer.current.draw(made.picture, spec);
    const since = performance.now();
    let slice = since;
    while (!drawing.next().done) {
      if (performance.now() - slice < SLICE_MILLISECONDS || spec.particles?.camera.moving) continue;
      await pause();
      slice = performance.now();
      if (this.wanted === undefined) return true;
      if (this.wanted !== wanted && slice - this.shownAt < PATIENCE_MILLISECONDS) return false;
    }
    this.shownAt = performance.now();
    this.drawnIn = this.shownAt - since;
    this.drawn = { picture: made.picture, look: lookKey(spec) };
    this.finishLater(wanted);
    this.tell(wanted, made);
    return this.wanted === wanted;
  }

  /** Where a film stops or a moving hand rests, all of the picture is drawn. */
  private finishLater(wanted: Wanted): void {
    clearTimeout(this.restTimer);
    if (this.atRest === wanted || !(wanted.spec.next || wanted.particles.camera.moving)) return;
    this.restTimer = setTimeout(() => {
      if (this.wanted !== wanted) return;
      this.atRest = wanted;
      this.askFrame();
    }, REST_MILLISECONDS);
  }

  private make(wanted: Wanted): Made | undefined {
    if (!this.isStale && this.made) return this.made;
    const { spec, particles, plan, axes } = wanted;
    const { mask, isReady, error } = this.filter.mask(spec.dataset, particles, axes);
    const bold = this.bold.get(spec.dataset, particles, axes, spec.place);
    const failure = this.store.failure(plan.shown) ?? error;
    if (failure !== undefined) this.fail(wanted, failure);
    const get = (wish: typeof plan.shown) => this.store.get(wish);
    const picture = particleContent({
      dataset: spec.dataset,
      place: spec.place,
      wish: particles,
      theme: spec.theme,
      axes,
      plan,
      mask,
      settled: this.levels,
      get,
      ...(bold ? { bold } : {}),
    });
    // The last picture stays until the particles of the wanted step are there.
    if (!picture) return this.made && { ...this.made, isWhole: false };
    this.isStale = false;
    this.made = { dataset: spec.dataset, picture, isWhole: isReady && !this.bold.isAwaited() && !this.isAwaited(wanted) };
    return this.made;
  }

  private tell({ serial, spec, since }: Wanted, { picture, isWhole }: Made): void {
    const complete = isWhole && samePlace(picture.place, spec.place);
    this.post({
      type: 'particles-drawn',
      view: this.view,
      serial,
      complete,
      place: picture.place,
      milliseconds: performance.now() - since,
      shown: { ...picture.told, renderer: this.renderer.current.name },
    });
  }

  private fail({ serial, spec }: Wanted, error: unknown): void {
    if (this.failedSerial === serial || isDataError(error, 'aborted')) return;
    this.failedSerial = serial;
    this.post({ type: 'failed', view: this.view, serial, place: spec.place, error: toErrorRecord(error) });
  }

  /** Of whole sets, whose layers take a while. */
  private tellProgress(): void {
    const { wanted } = this;
    if (wanted?.particles.display.mode !== 'all' || (!this.store.isIdle() && this.progress.isFresh())) return;
    const { trails } = wanted.plan;
    this.progress.report(trails.filter((wish) => !this.store.isAwaited(wish)).length, trails.length);
  }

  private async followFacts(): Promise<void> {
    this.unfollow();
    const access = await this.access();
    this.unfollow();
    if (this.isClosed) return;
    this.stopFollowing = access.onFacts((dataset, done, total) => {
      if (this.wanted?.spec.dataset === dataset) this.progress.report(done, total);
    });
  }

  private unfollow(): void {
    this.stopFollowing?.();
    this.stopFollowing = undefined;
  }
}

/** Lets messages that have come meanwhile be handled. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
