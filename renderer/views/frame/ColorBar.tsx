import { useViews } from '../../stores/view-store.ts';
import type { BarLook } from './bar-look.ts';
import { FlatBar } from './FlatBar.tsx';
import { LevelBar } from './LevelBar.tsx';
import { layerColors, type Layer } from './view-commands.ts';
import { useLevels } from './view-look.ts';

/** The colour bar of a layer of a frame; `flat` = it lies below the picture. */
export function ColorBar({
  viewId,
  layer,
  flat = false,
  ...look
}: BarLook & { readonly viewId: string; readonly layer: Layer; readonly flat?: boolean }) {
  const levels = useLevels(viewId, layer);
  const bar = useViews((state) => state.views[viewId]?.[layer === 'background' ? 'backgroundBar' : 'arrowBar']);
  const Bar = flat ? FlatBar : LevelBar;
  return levels && <Bar {...look} levels={levels} bar={bar} commands={layerColors(viewId, layer)} />;
}
