import { createSession, type Session } from '../main/host/session.ts';
import { startWorkerAt } from '../main/host/worker-thread.ts';
import type { DrawAnswer, ThemeColors, ViewSpec } from '../renderer/draw-worker/messages.ts';
import { particleAccess } from '../renderer/draw-worker/particles/particle-access.ts';
import { ParticleDrawer } from '../renderer/draw-worker/particles/particle-drawer.ts';
import type { Surface } from '../renderer/draw-worker/surface.ts';
import { FIRST_CAMERA } from '../renderer/stores/camera.ts';
import { defaultParticleDisplay } from '../renderer/stores/particle-display.ts';
import type { Transport } from '../shared/contract/methods.ts';
import { fromErrorRecord } from '../shared/model/data-error.ts';
import type { DatasetInfo, ParticleDatasetInfo } from '../shared/model/dataset.ts';
import { drawSpace, spaceMemory, type SpaceContent } from '../shared/draw/space-picture.ts';
import { newRaster } from './draw-rows.ts';
import { clock, PICTURE } from './row.ts';
import type { BenchData, Row } from './row.ts';
import { call, rest } from './session-rows.ts';
import { emptyScene, scene, SPACE_STYLE, turned } from './space-scene.ts';

const FEW = 100_000;
const MANY = 1_000_000;
const VERTICES = 2_000_000;

/** Pictures of a box of particles, each seen from another side; the screen is left out. */
export function spaceRows(data: BenchData, worker: string): { readonly rows: readonly Row[]; close(): Promise<void> } {
  const raster = newRaster();
  const memory = spaceMemory();
  const content = keptScene();
  const row = (label: string, points: number, vertices: number): Row => ({
    label: `space: ${label} turned`,
    run: (turn) => {
      const drawn = content(points, vertices);
      return clock(() => drawSpace(raster, turned(turn, raster), drawn, SPACE_STYLE, memory));
    },
  });
  const besideMatplotlib = (points: number): Pick<Row, 'reference' | 'ratio'> => ({
    reference: (turn) => ['scatter3d', points, PICTURE, turn],
    ratio: 5,
  });
  const session = createSession({ startWorker: startWorkerAt(worker) });
  const rows: readonly Row[] = [
    row('empty box', 0, 0),
    { ...row('100,000 points', FEW, 0), ...besideMatplotlib(FEW), turns: 5 },
    { ...row('1,000,000 points', MANY, 0), ...besideMatplotlib(MANY), turns: 2 },
    { ...row('1,000,000 points and 2,000,000 vertices of tracks', MANY, VERTICES), turns: 5 },
    {
      label: 'space: set opened, first picture of 1,000,000 particles',
      run: async () => {
        await rest();
        return clock(() => firstPicture(session, data.millionParticles));
      },
      reference: () => ['first_scatter3d', data.millionParticles, PICTURE],
      ratio: 5,
      turns: 2,
    },
  ];
  return { rows, close: () => session.close() };
}

/** The last scene, which several turns draw. */
function keptScene(): (points: number, vertices: number) => SpaceContent {
  let kept: { readonly key: string; readonly content: SpaceContent } | undefined;
  return (points, vertices) => {
    if (points === 0) return emptyScene();
    const key = `${points} ${vertices}`;
    if (kept?.key !== key) kept = { key, content: scene(points, vertices) };
    return kept.content;
  };
}

const BLACK = 0xff000000;
const GREY = 0xff808080;
const THEME: ThemeColors = {
  brightness: 'dark',
  canvas: BLACK,
  maskedLine: GREY,
  maskedFill: GREY,
  missingLine: GREY,
  notANumber: GREY,
  under: GREY,
  over: GREY,
  disabled: GREY,
  categories: [],
};

/** As the window does it: open, then the drawer of the draw worker, which asks the session, until the picture is whole. */
async function firstPicture(session: Session, path: string): Promise<void> {
  const { id, info } = (await session.handlers.open({ path }, call)).meta;
  globalThis.requestAnimationFrame ??= (callback) => Number(setTimeout(() => callback(performance.now()), 0));
  const drawer = { close: (): void => undefined };
  try {
    await new Promise<void>((resolve, reject) => {
      const answer = (told: DrawAnswer): void => {
        if (told.type === 'failed') reject(fromErrorRecord(told.error));
        if (told.type === 'particles-drawn' && told.complete) resolve();
      };
      const drawing = new ParticleDrawer('bench', memorySurface(), async () => particleAccess(directTransport(session)), answer);
      drawer.close = () => drawing.close();
      drawing.show(1, specOf(id, particlesOf(info)));
    });
  } finally {
    drawer.close();
    await session.handlers.close({ dataset: id }, call);
  }
}

function particlesOf(info: DatasetInfo): ParticleDatasetInfo {
  if (info.kind === 'particles') return info;
  throw new Error(`${info.title} holds no particles`);
}

function specOf(dataset: string, info: ParticleDatasetInfo): ViewSpec {
  return {
    dataset,
    place: { buffer: 0, frame: 0, plane: 0 },
    zoom: { mode: 'fit' },
    particles: { info, display: defaultParticleDisplay(info), camera: FIRST_CAMERA },
    area: { width: PICTURE, height: PICTURE },
    pixelRatio: 1,
    theme: THEME,
  };
}

/** Pixels without a canvas. */
function memorySurface(): Surface {
  const raster = newRaster();
  return { raster: () => raster, present: () => undefined, canvas: {} as OffscreenCanvas };
}

/** The session without a wire between. */
function directTransport(session: Session): Transport {
  return {
    call: (method, params, options) => session.handlers[method](params, { signal: options?.signal ?? call.signal, arrays: [] }),
    on: () => () => undefined,
    close: () => undefined,
  };
}
