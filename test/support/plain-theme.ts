import type { ViewSpec } from '../../renderer/draw-worker/messages.ts';

/** Colours of marks that no test looks at, on black. */
export function plainTheme(): ViewSpec['theme'] {
  return {
    brightness: 'dark',
    canvas: 0xff000000,
    maskedLine: 0,
    maskedFill: 0,
    missingLine: 0,
    notANumber: 0,
    under: 0,
    over: 0,
    disabled: 0,
    categories: [0],
  };
}
