import type { LayerArrays, ParticleAccess } from '../../renderer/draw-worker/particles/particle-access.ts';
import type { ParticleWish, ViewSpec } from '../../renderer/draw-worker/messages.ts';
import { FIRST_CAMERA } from '../../renderer/stores/camera.ts';
import { defaultParticleDisplay } from '../../renderer/stores/particle-display.ts';
import type { LayerRequest } from '../../shared/contract/particles.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { NO_TRACK } from '../../shared/model/particles.ts';
import { plainTheme } from './plain-theme.ts';

const scale = (slope: number, unit: string) => ({ slope, offset: 0, unit, description: '' });

/** Ten tracks of all steps and two particles without, moving along x by a voxel a step. */
export function infoOf(change: Partial<ParticleWish['info']> = {}): ParticleWish['info'] {
  return {
    title: 'test',
    steps: 20,
    pulses: 1,
    tracks: 10,
    particles: 240,
    scalars: [],
    bounds: [0, 0, 0, 40, 20, 20],
    scales: { x: scale(0.5, 'mm'), y: scale(0.5, 'mm'), z: scale(0.5, 'mm'), i: scale(1, 'counts') },
    ...change,
  };
}

export function layerArrays({ step, pulse, columns, every = 1 }: LayerRequest): LayerArrays {
  const ids = Array.from({ length: 10 }, (_, id) => id).filter((id) => id % every === 0);
  const count = ids.length + 2;
  const value = (name: string, i: number): number => (name === 'intensity' ? 100 * (i + 1) : name === 'x' ? step : i);
  return {
    total: 12,
    track: Uint32Array.of(...ids, NO_TRACK, NO_TRACK),
    next: Uint32Array.from({ length: count }, (_, i) => (i < ids.length ? i : NO_TRACK)),
    xyz: Float32Array.from({ length: 3 * count }, (_, k) => [10 + step + pulse / 4, 2 * Math.floor(k / 3), 10][k % 3]!),
    columns: columns.map((name) => Float32Array.from({ length: count }, (_, i) => value(name, i))),
  };
}

/** A host that answers at once what a test does not hold back; `calls` are the layers asked for. */
export function particleHost(answer: (request: LayerRequest) => LayerArrays | Promise<LayerArrays> = layerArrays) {
  const calls: (LayerRequest & { readonly signal: AbortSignal })[] = [];
  let tell: (dataset: string, done: number, total: number) => void = () => undefined;
  const access: ParticleAccess = {
    layer(request, signal) {
      calls.push({ ...request, signal });
      return new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new DataError('aborted', 'cancelled')));
        Promise.resolve(request).then(answer).then(resolve, reject);
      });
    },
    facts: async ({ columns }) => ({
      startStep: new Uint32Array(10),
      startPulse: new Uint8Array(10),
      length: Uint32Array.from({ length: 10 }, (_, id) => 11 + id),
      means: new Map(columns.map((name) => [name, Float32Array.from({ length: 10 }, (_, id) => id)])),
      warnings: [],
    }),
    points: async ({ track, columns }) => ({
      step: Uint32Array.from({ length: 20 }, (_, i) => i),
      pulse: new Uint8Array(20),
      columns: columns.map((name) =>
        Float64Array.from({ length: 20 }, (_, i) =>
          name === 'x' ? 0.5 * (10 + i) : name === 'y' ? track : name === 'z' ? 5 : track * 100 + i,
        ),
      ),
    }),
    onFacts(listener) {
      tell = listener;
      return () => {
        tell = () => undefined;
      };
    },
  };
  return { access, calls, tell: (dataset: string, done: number, total: number) => tell(dataset, done, total) };
}

const theme: ViewSpec['theme'] = { ...plainTheme(), notANumber: 0xff00ffff, categories: [0xff00ff00] };

export function particleSpec(
  step: number,
  display: Partial<ParticleWish['display']> = {},
  change: { readonly wish?: Partial<ParticleWish>; readonly spec?: Partial<ViewSpec> } = {},
): ViewSpec {
  const info = change.wish?.info ?? infoOf();
  return {
    dataset: 'd1',
    place: { buffer: step, frame: 0, plane: 0 },
    zoom: { mode: 'fit' },
    area: { width: 120, height: 90 },
    pixelRatio: 1,
    theme,
    particles: {
      info,
      camera: { ...FIRST_CAMERA, turn: 0, tilt: 0 },
      ...change.wish,
      display: { ...defaultParticleDisplay(info), boundingBox: false, before: 3, ...display },
    },
    ...change.spec,
  };
}
