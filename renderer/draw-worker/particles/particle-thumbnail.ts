import { particleAxes } from '../../../shared/draw/particle-axes.ts';
import { fillingMagnification } from '../../../shared/draw/space-camera.ts';
import { FIRST_CAMERA } from '../../stores/camera.ts';
import type { ParticleWish, ViewSpec } from '../messages.ts';
import { settledLevels } from '../settled-levels.ts';
import { createSurface } from '../surface.ts';
import { planLayers, type LayerWish } from './layer-plan.ts';
import { storedLayer, type StoredLayer } from './layer-store.ts';
import type { ParticleAccess } from './particle-access.ts';
import { particleContent } from './particle-content.ts';
import { processorRenderer, rasterSize } from './space-renderer.ts';

/** Particles that a small picture shows; more would only fill it. */
const MOST_PARTICLES = 4000;
/** Steps of its tails: each is a call. */
const TAIL_STEPS = 6;
const POINT_SIZE = 1.5;
/** A small picture has no numbers of axes around it. */
const CLOSER = 1.25;

/** A step of a particle set with short tails, thinned, without box and axes. */
export async function particleThumbnail(access: ParticleAccess, spec: ViewSpec, wish: ParticleWish, signal: AbortSignal): Promise<Blob> {
  const { info, display: asked } = wish;
  const { dataset, place, theme } = spec;
  const display: ParticleWish['display'] = {
    ...asked,
    mode: 'window',
    before: Math.min(TAIL_STEPS, Math.max(0, place.buffer)),
    after: place.buffer < TAIL_STEPS ? TAIL_STEPS - place.buffer : 0,
    arrows: false,
    boundingBox: false,
    backPlanes: false,
    pointSize: POINT_SIZE,
    pointUnit: 'px',
    selection: { filters: [] },
  };
  const axes = particleAxes(info);
  const every = Math.max(1, Math.floor(info.particles / Math.max(1, info.steps * info.pulses) / MOST_PARTICLES));
  const whole = planLayers({ info, display }, place);
  const thin = (layer: LayerWish): LayerWish => ({ ...layer, every });
  const plan = { ...whole, shown: thin(whole.shown), trails: whole.trails.map(thin), every };
  const layers = new Map<number, StoredLayer>();
  for (const { snapshot, columns } of [plan.shown, ...plan.trails]) {
    if (layers.has(snapshot)) continue;
    const request = {
      dataset,
      step: Math.floor(snapshot / info.pulses),
      pulse: snapshot % info.pulses,
      columns,
      differentiation: display.differentiation,
      ...(every > 1 ? { every } : {}),
    };
    layers.set(snapshot, storedLayer({ snapshot, every, columns }, await access.layer(request, signal), axes));
  }
  const particles = { ...wish, display, camera: FIRST_CAMERA };
  const picture = particleContent({
    dataset,
    place,
    wish: particles,
    theme,
    axes,
    plan,
    mask: { key: '' },
    settled: settledLevels(),
    get: ({ snapshot }) => layers.get(snapshot),
  });
  if (!picture) throw new Error('a step without particles');
  const magnification = CLOSER * fillingMagnification(axes.box, FIRST_CAMERA, rasterSize(spec));
  const surface = createSurface(new OffscreenCanvas(1, 1));
  const drawing = processorRenderer(surface).draw(picture, {
    ...spec,
    particles: { ...particles, camera: { ...FIRST_CAMERA, magnification } },
  });
  while (!drawing.next().done);
  return surface.canvas.convertToBlob({ type: 'image/png' });
}
