import type { HostAccess } from './host-access.ts';
import type { DrawAnswer, ViewSpec } from './messages.ts';
import { SpaceDrawer } from './space-drawer.ts';
import type { Surface } from './surface.ts';
import { ViewDrawer } from './view-drawer.ts';

/** What draws a view: a plane, or the volume in space where the view has a camera. */
export interface ViewPicture {
  show(serial: number, spec: ViewSpec): void;
  cancel(): void;
  /** Forgets what was fetched and fetches it again. */
  refresh(): void;
  dataset(): string | undefined;
  /** The picture without axes, as a PNG. */
  picture(): Promise<Blob | undefined>;
  close(): void;
}

export function viewPicture(view: string, surface: Surface, host: () => Promise<HostAccess>, post: (answer: DrawAnswer) => void): ViewPicture {
  const flat = new ViewDrawer(view, surface, host, post);
  let space: SpaceDrawer | undefined;
  let last: ViewSpec | undefined;
  const active = (): ViewDrawer | SpaceDrawer => (last?.camera && space ? space : flat);
  return {
    show(serial, spec) {
      if (spec.camera) {
        if (!last?.camera) flat.rest();
        space ??= new SpaceDrawer(view, surface, host, post);
      } else {
        space?.rest();
        space = undefined;
      }
      last = spec;
      active().show(serial, spec);
    },
    cancel: () => active().cancel(),
    refresh: () => active().refresh(),
    dataset: () => last?.dataset,
    picture: async () => (last ? surface.canvas.convertToBlob({ type: 'image/png' }) : undefined),
    close() {
      space?.rest();
      flat.close();
    },
  };
}
