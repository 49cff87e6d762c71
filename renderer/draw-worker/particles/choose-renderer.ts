import type { Surface } from '../surface.ts';
import type { SpaceRenderer } from './space-renderer.ts';

/** Renderer strings of WebGL without a GPU: the processor draws faster on its own. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

let isFast: boolean | undefined;

/** WebGL on a GPU, or none where there is no GPU; `forced` takes any WebGL. Its code is loaded only then. `lost`: it draws nothing any more. */
export async function gpuRendererFor(surface: Surface, forced: boolean, lost: () => void): Promise<SpaceRenderer | undefined> {
  isFast ??= hasGpu();
  if (!isFast && !forced) return undefined;
  try {
    const { gpuRenderer } = await import('./gpu-renderer.ts');
    return gpuRenderer(surface, lost);
  } catch {
    // Drivers fail in many ways; the processor draws the same picture.
    return undefined;
  }
}

function hasGpu(): boolean {
  try {
    const context = new OffscreenCanvas(1, 1).getContext('webgl2', { failIfMajorPerformanceCaveat: true });
    if (!context) return false;
    const named = context.getExtension('WEBGL_debug_renderer_info');
    const name = String(context.getParameter(named ? named.UNMASKED_RENDERER_WEBGL : context.RENDERER));
    context.getExtension('WEBGL_lose_context')?.loseContext();
    return !SOFTWARE.test(name);
  } catch {
    return false;
  }
}
