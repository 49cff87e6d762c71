import { useEffect } from 'react';
import type { Box } from '../../../shared/draw/space-camera.ts';
import type { Size } from '../frame/viewport.ts';
import { keepWhole } from './camera-commands.ts';

/** Keeps the whole box in the picture, once it is known and as long as nobody zooms or shifts. */
export function useWholeBox(viewId: string, area: Size, box: Box | undefined): void {
  // A film makes a new box of the same ends for every picture.
  const ends = JSON.stringify(box);
  useEffect(() => {
    if (area.width > 1 && ends !== undefined) keepWhole(viewId);
  }, [viewId, area, ends]);
}
