import type { PickedParticle } from '../stores/particle-display.ts';
import type { HostAccess } from './host-access.ts';
import type { DrawAnswer, ViewSpec } from './messages.ts';
import type { ParticleAccess } from './particles/particle-access.ts';
import { ParticleDrawer } from './particles/particle-drawer.ts';
import { SpaceDrawer } from './space-drawer.ts';
import type { Surface } from './surface.ts';
import { ViewDrawer } from './view-drawer.ts';

/** What draws a view: a plane, the volume in space where the view has a camera, or the particles of a set. */
export interface ViewPicture {
  show(serial: number, spec: ViewSpec): void;
  cancel(): void;
  /** Forgets what was fetched and fetches it again. */
  refresh(): void;
  dataset(): string | undefined;
  /** The picture without axes, as a PNG. */
  picture(): Promise<Blob | undefined>;
  /** The particle at a place in CSS pixels. */
  pick(x: number, y: number): Promise<PickedParticle | undefined>;
  /** Which tracks pass the filters (1), by number; undefined where nothing is filtered. */
  tracks(): Promise<Uint8Array | undefined>;
  close(): void;
}

/** Calls of the host, each as soon as there is a channel. */
export interface Hosts {
  readonly frames: () => Promise<HostAccess>;
  readonly particles: () => Promise<ParticleAccess>;
}

export function viewPicture(view: string, surface: Surface, hosts: Hosts, post: (answer: DrawAnswer) => void): ViewPicture {
  const flat = new ViewDrawer(view, surface, hosts.frames, post);
  let space: SpaceDrawer | undefined;
  let particles: ParticleDrawer | undefined;
  let last: ViewSpec | undefined;
  const active = (): ViewDrawer | SpaceDrawer | ParticleDrawer => particles ?? space ?? flat;
  /** One draws on the surface, the others let go of what they have. */
  const choose = (spec: ViewSpec): void => {
    if (spec.particles || spec.camera) flat.rest();
    if (!spec.particles) {
      particles?.close();
      particles = undefined;
    }
    if (!spec.camera || spec.particles) {
      space?.rest();
      space = undefined;
    }
    if (spec.particles) particles ??= new ParticleDrawer(view, surface, hosts.particles, post);
    else if (spec.camera) space ??= new SpaceDrawer(view, surface, hosts.frames, post);
  };
  return {
    show(serial, spec) {
      choose(spec);
      last = spec;
      active().show(serial, spec);
    },
    cancel: () => active().cancel(),
    refresh: () => active().refresh(),
    dataset: () => last?.dataset,
    async picture() {
      particles?.finish();
      return last ? surface.canvas.convertToBlob({ type: 'image/png' }) : undefined;
    },
    pick: async (x, y) => particles?.pick(x, y),
    tracks: async () => particles?.tracks(),
    close() {
      particles?.close();
      space?.rest();
      flat.close();
    },
  };
}
