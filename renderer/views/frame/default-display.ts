import { FIELD_COLORS, type FieldKind } from '../../../shared/draw/field-kind.ts';
import { offeredChoices } from '../../../shared/compute/vector-choice.ts';
import type { FrameInfo } from '../../../shared/model/frames.ts';
import type { ArrowSettings, ColorSettings, DisplaySettings } from '../../stores/display-settings.ts';
import { findField, offeredFields } from './frame-fields.ts';

/** Diverging maps have a dark centre on dark themes and a light one on light themes. */
export type Brightness = 'dark' | 'light';

/** Colours and levels that suit a kind of field; the numbers of the levels come with the first picture. */
export function defaultColors(kind: FieldKind, brightness: Brightness): ColorSettings {
  const { map, low, high, symmetric } = FIELD_COLORS[kind];
  return {
    map: map === 'dark-centre' && brightness === 'light' ? 'light-centre' : map,
    reversed: false,
    transfer: 'linear',
    gamma: 0.5,
    markClipped: false,
    levels: { mode: 'locked', lowPercent: low, highPercent: high, symmetric },
  };
}

/** The same for arrows: values about zero must stand out from the picture, so their middle is as light or dark as that is not. */
export function arrowColors(kind: FieldKind, brightness: Brightness): ColorSettings {
  return defaultColors(kind, brightness === 'dark' ? 'light' : 'dark');
}

/** Screen distance of arrows, in CSS pixels, that adaptive density aims at. */
export const ADAPTIVE_SPACING_PIXELS = 13;

/**
 * What a frame looks like when it is opened: grey intensities; for vectors a signed scalar (vorticity) below arrows coloured by
 * speed where one is stored, else the speed below arrows of one colour.
 */
export function defaultDisplay(frame: FrameInfo, brightness: Brightness): DisplaySettings {
  const fields = offeredFields(frame);
  const derivative = fields.find(({ kind, group }) => kind === 'signed' && group === 'stored');
  const field = (frame.kind === 'vector' ? derivative : undefined) ?? fields[0];
  const component = field?.component ?? frame.components[0]?.name ?? 'PIXEL';
  const kind = field?.kind ?? 'intensity';
  return {
    background: {
      visible: true,
      component,
      mode: 'scaled',
      smooth: frame.kind === 'vector' && kind !== 'category',
      colors: defaultColors(kind, brightness),
    },
    arrows: defaultArrows(component !== 'speed', brightness),
    uncertaintyMarks: 'none',
    uncertaintyFactor: 2,
    flipX: false,
    flipY: false,
    maskVisible: true,
    axes: 'physical',
    scaleBar: true,
    referenceArrow: true,
    histogram: true,
  };
}

function defaultArrows(bySpeed: boolean, brightness: Brightness): ArrowSettings {
  return {
    visible: true,
    ...(bySpeed ? { colorBy: 'speed' } : {}),
    colors: arrowColors('positive', brightness),
    length: 1,
    density: { mode: 'adaptive', spacing: ADAPTIVE_SPACING_PIXELS },
    anchor: 'middle',
    showDisabled: true,
  };
}

/**
 * The settings applied to a frame that may have other components: unknown fields are replaced by the frame's default, everything else
 * is kept. Returns the same object where nothing has to change.
 */
export function adaptDisplay(display: DisplaySettings, frame: FrameInfo, brightness: Brightness): DisplaySettings {
  const background = findField(frame, display.background.component) ? display.background : defaultDisplay(frame, brightness).background;
  const { choice, filter, ...plain } = display;
  const wrongChoice = choice !== undefined && !offeredChoices(frame).includes(choice);
  const wrongFilter = filter !== undefined && !findField(frame, filter.component);
  if (wrongChoice || wrongFilter) {
    return adaptDisplay(
      { ...plain, ...(choice === undefined || wrongChoice ? {} : { choice }), ...(filter && !wrongFilter ? { filter } : {}) },
      frame,
      brightness,
    );
  }
  const { colorBy, ...oneColor } = display.arrows;
  const colorKnown = colorBy === undefined || findField(frame, colorBy) !== undefined;
  if (background === display.background && colorKnown) return display;
  return { ...display, background, arrows: colorKnown ? display.arrows : oneColor };
}
