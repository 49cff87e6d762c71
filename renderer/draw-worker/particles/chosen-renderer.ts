import type { ParticleWish } from '../messages.ts';
import type { Surface } from '../surface.ts';
import { gpuRendererFor } from './choose-renderer.ts';
import { processorRenderer, type SpaceRenderer } from './space-renderer.ts';

/** What draws a view of particles at the moment. */
export interface ChosenRenderer {
  readonly current: SpaceRenderer;
  /** The processor draws until it is known whether there is a GPU, and where there is none. */
  choose(wanted: ParticleWish['renderer']): Promise<void>;
  /** From now on the processor draws; false where it does already. */
  fallBack(): boolean;
  close(): void;
}

/** `changed`: another renderer draws from now on. */
export function chosenRenderer(surface: Surface, changed: () => void): ChosenRenderer {
  let renderer = processorRenderer(surface);
  let choice: ParticleWish['renderer'];
  let isClosed = false;
  const use = (made: SpaceRenderer | undefined): boolean => {
    if (isClosed || (!made && renderer.name === 'processor')) return false;
    renderer.close();
    renderer = made ?? processorRenderer(surface);
    changed();
    return true;
  };
  return {
    get current() {
      return renderer;
    },
    async choose(wanted = 'auto') {
      if (choice === wanted) return;
      choice = wanted;
      const made = wanted === 'processor' ? undefined : await gpuRendererFor(surface, wanted === 'gpu', () => void use(undefined));
      if (isClosed || choice !== wanted) return made?.close();
      use(made);
    },
    fallBack: () => use(undefined),
    close() {
      isClosed = true;
      renderer.close();
    },
  };
}
