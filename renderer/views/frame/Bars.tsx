import type { DisplaySettings } from '../../stores/display-settings.ts';
import type { ViewState } from '../../stores/view-store.ts';
import { CategoryLegend } from './CategoryLegend.tsx';
import { ColorBar } from './ColorBar.tsx';
import { findField, type FieldOption } from './frame-fields.ts';
import { barBlocks } from './plot-layout.ts';
import { resetLayerLevels, setLevelMode, setLevels, type Layer } from './view-commands.ts';
import { shownFrame, type ViewLook } from './view-look.ts';
import type { Rect } from './viewport.ts';

interface Shelf {
  readonly layer: Layer;
  readonly field: FieldOption;
}

/** Colour bars of a display; arrows first, as they lie on top. */
function shelvesOf(display: DisplaySettings, view: ViewState): readonly Shelf[] {
  const frame = shownFrame(view);
  if (!frame) return [];
  const { background, arrows } = display;
  const by = arrows.visible && frame.kind === 'vector' && arrows.colorBy !== undefined ? findField(frame, arrows.colorBy) : undefined;
  const below = background.visible ? findField(frame, background.component) : undefined;
  return [...(by ? [{ layer: 'arrows', field: by } as const] : []), ...(below ? [{ layer: 'background', field: below } as const] : [])];
}

export function barCount(display: DisplaySettings, view: ViewState): number {
  return shelvesOf(display, view).length;
}

/** The colour bars beside the picture; classes have a list of their colours instead. */
export function Bars({ view, display, look, area }: { view: ViewState; display: DisplaySettings; look: ViewLook; area: Rect }) {
  const shelves = shelvesOf(display, view);
  const blocks = barBlocks(area, look.rect, shelves.length);
  return shelves.map(({ layer, field }, index) => {
    const block = blocks[index];
    const levels = view.shown?.[layer];
    const bar = layer === 'background' ? view.backgroundBar : view.arrowBar;
    if (!block) return null;
    if (field.kind === 'category') return <CategoryLegend key={layer} block={block} field={field} frame={look.frame} max={bar?.statistics.max ?? 1} />;
    return levels && (
      <ColorBar
        key={layer} block={block} title={field.label} unit={field.unit} colors={display[layer].colors} levels={levels} bar={bar} histogram={display.histogram}
        onLevels={(low, high) => setLevels(view, layer, low, high)} onReset={() => resetLayerLevels(view, layer)}
        onLock={() => setLevelMode(view, layer, display[layer].colors.levels.mode === 'locked' ? 'per-buffer' : 'locked')}
      />
    );
  });
}
