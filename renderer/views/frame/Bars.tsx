import { memo } from 'react';
import type { FrameInfo } from '../../../shared/model/frames.ts';
import type { DisplaySettings } from '../../stores/display-settings.ts';
import { useViews } from '../../stores/view-store.ts';
import { CategoryLegend } from './CategoryLegend.tsx';
import { ColorBar } from './ColorBar.tsx';
import { findField, type FieldOption } from './frame-fields.ts';
import { barBlocks } from './plot-layout.ts';
import type { Layer } from './view-commands.ts';
import type { ViewLook } from './view-look.ts';
import type { Rect } from './viewport.ts';

interface Shelf {
  readonly layer: Layer;
  readonly field: FieldOption;
}

/** Colour bars of a display; arrows first, as they lie on top. */
function shelvesOf({ background, arrows }: DisplaySettings, frame: FrameInfo): readonly Shelf[] {
  const by = arrows.visible && frame.kind === 'vector' && arrows.colorBy !== undefined ? findField(frame, arrows.colorBy) : undefined;
  const below = background.visible ? findField(frame, background.component) : undefined;
  return [...(by ? [{ layer: 'arrows', field: by } as const] : []), ...(below ? [{ layer: 'background', field: below } as const] : [])];
}

export function barCount(display: DisplaySettings, frame: FrameInfo): number {
  return shelvesOf(display, frame).length;
}

/** The colour bars beside the picture; classes have a list of their colours instead. */
export const Bars = memo(function Bars({
  viewId,
  display,
  look,
  area,
  flat,
}: {
  viewId: string;
  display: DisplaySettings;
  look: ViewLook;
  area: Rect;
  flat: boolean;
}) {
  const shelves = shelvesOf(display, look.frame);
  const blocks = barBlocks(area, look.rect, shelves.length, flat);
  return shelves.map(({ layer, field }, index) => {
    const block = blocks[index];
    if (!block) return null;
    if (field.kind === 'category')
      return <Classes key={layer} viewId={viewId} block={block} field={field} frame={look.frame} flat={flat} />;
    return (
      <ColorBar
        key={layer}
        flat={flat}
        viewId={viewId}
        layer={layer}
        block={block}
        title={field.label}
        unit={display[layer] === display.background && display.background.mode === 'raw' ? '' : field.unit}
        colors={display[layer].colors}
        histogram={display.histogram}
      />
    );
  });
});

function Classes({ viewId, ...legend }: { viewId: string; block: Rect; field: FieldOption; frame: FrameInfo; flat: boolean }) {
  const max = useViews((state) => state.views[viewId]?.backgroundBar?.statistics.max ?? 1);
  return <CategoryLegend {...legend} max={max} />;
}
