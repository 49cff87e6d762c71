import { useRef } from 'react';
import { pick } from '../../draw-worker/draw-client.ts';
import type { PickedParticle } from '../../stores/particle-display.ts';
import { usePlayback } from '../../stores/playback-store.ts';
import { useViews } from '../../stores/view-store.ts';
import { useCameraDrag, type Spot } from '../space/use-camera-drag.ts';
import { changeParticles, selectTrack } from './particle-commands.ts';

/** Drags move the camera, a press picks, the pointer reads. */
export function useParticleGestures(viewId: string) {
  const tool = useViews((state) => state.views[viewId]?.particles?.tool ?? 'orbit');
  const hover = useHover(viewId);
  return useCameraDrag(viewId, tool, {
    press: (spot) => void pickAt(viewId, spot),
    hover: (spot) => (spot ? hover.at(spot) : hover.end()),
  });
}

async function pickAt(viewId: string, { x, y }: Spot): Promise<void> {
  const picked = await pick(viewId, x, y);
  selectTrack(viewId, picked?.track);
  changeParticles(viewId, () => ({ picked }));
}

/** Asks what is under the pointer, one question at a time; none while the view plays, which needs the time. */
function useHover(viewId: string) {
  const asking = useRef(false);
  const wanted = useRef<Spot | undefined>(undefined);
  const tell = (particle: PickedParticle | undefined, spot: Spot | undefined): void => {
    const before = useViews.getState().views[viewId]?.particles?.hovered;
    if (particle && spot)
      changeParticles(viewId, () => ({ hovered: { particle, at: useViews.getState().views[viewId]?.place.buffer ?? 0, ...spot } }));
    else if (before) changeParticles(viewId, () => ({ hovered: undefined }));
  };
  const ask = async (): Promise<void> => {
    asking.current = true;
    try {
      for (let spot = wanted.current; spot; spot = wanted.current) {
        const particle = await pick(viewId, spot.x, spot.y);
        if (wanted.current === undefined) return;
        tell(particle, spot);
        if (wanted.current === spot) return;
      }
    } finally {
      asking.current = false;
    }
  };
  return {
    at: (spot: Spot): void => {
      if (usePlayback.getState().playing === viewId) return;
      wanted.current = spot;
      if (!asking.current) void ask();
    },
    end: (): void => {
      wanted.current = undefined;
      tell(undefined, undefined);
    },
  };
}
