import { axesOf, cutFrame } from '../../../shared/model/cut.ts';
import type { SampleReply } from '../../../shared/contract/planes.ts';
import type { FrameInfo } from '../../../shared/model/frames.ts';
import type { DisplaySettings } from '../../stores/display-settings.ts';
import { findField } from '../frame/frame-fields.ts';
import { fixedText, storedText, storedValueText, unitText, valueText, withUnit } from '../../../shared/draw/number-text.ts';
import type { ViewState } from '../../stores/view-store.ts';
import { text } from '../../strings/en.ts';

export interface ReadOutValue {
  readonly name: string;
  readonly scaled: string;
  readonly unit: string;
  /** Absent where there is none (computed values) or it is the scaled one. */
  readonly raw?: string;
}

export interface ReadOut {
  readonly position: string;
  readonly index: string;
  readonly values: readonly ReadOutValue[];
  readonly state: 'valid' | 'masked' | 'disabled' | 'outside-choices' | 'blank';
  readonly pinned: boolean;
}

/** As many as a pixel of 32 bits can hold. */
const VALUE_DIGITS = 7;

/** True where the value is the stored number itself; one of 32 bits is told in the fewest digits that tell it apart. */
function isStored(raw: string, scaled: number): boolean {
  const stored = Number(raw);
  return raw !== '' && (Object.is(stored, scaled) || (Math.fround(scaled) === scaled && Math.fround(stored) === scaled));
}

/** The read-out of a view in words; undefined where the cursor is outside of the picture. */
export function readOutOf(
  view: (Pick<ViewState, 'readOut' | 'bufferInfo' | 'place'> & { readonly display?: DisplaySettings | undefined }) | undefined,
): ReadOut | undefined {
  const readOut = view?.readOut;
  const whole = view?.bufferInfo?.frames[view.place.frame];
  if (!view || !readOut || !whole) return undefined;
  const { cut } = view.place;
  const frame = cutFrame(whole, cut);
  const [columns, rows] = axesOf(cut);
  const { x, y } = frame.scales;
  const same = x.unit === y.unit;
  const positionX = positionText(readOut.positionX, x.slope * frame.grid[0]);
  const positionY = positionText(readOut.positionY, y.slope * frame.grid[1]);
  return {
    position: `${columns} ${same ? positionX : withUnit(positionX, x.unit)}  ${rows} ${withUnit(positionY, y.unit)}`,
    index: `${readOut.x}, ${readOut.y}`,
    values: byImportance(readOut.values, frame, view.display).map(({ component, raw, scaled, unit }) => {
      const stored = isStored(raw, scaled);
      return {
        name: nameOf(component, frame),
        scaled: stored ? storedValueText(raw) : valueText(scaled, VALUE_DIGITS),
        unit: unitText(unit),
        ...(raw === '' || stored ? {} : { raw: storedText(raw) }),
      };
    }),
    state: readOut.state,
    pinned: readOut.pinned,
  };
}

/** Short: the bar has little room. Components of DaVis have long names that say little, but for the stored vector. */
function nameOf(component: string, frame: FrameInfo): string {
  if (component === 'speed') return '|v|';
  return component.includes(':') ? (findField(frame, component)?.label ?? component) : component;
}

/** What the picture shows comes first, then the vector, then the other values; what the vector was made from and flags come last. */
function byImportance(values: SampleReply['values'], frame: FrameInfo, display: DisplaySettings | undefined): SampleReply['values'] {
  const first = [display?.background.component, display?.arrows.colorBy, 'u', 'v', 'w', 'speed'];
  const roles = new Map(frame.components.map(({ name, role }) => [name, role]));
  const rank = (component: string): number => {
    const place = first.indexOf(component);
    if (place >= 0) return place;
    const role = roles.get(component);
    return first.length + (role === 'velocity' ? 1 : role === 'choice' || role === 'enabled' || role === 'mask' ? 2 : 0);
  };
  return [...values].sort((a, b) => rank(a.component) - rank(b.component));
}

/** Decimals that tell neighbouring samples apart, and one more. */
function positionText(position: number, step: number): string {
  const decimals = step === 0 || Number.isInteger(step) ? 0 : Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(Math.abs(step)))));
  return fixedText(position, decimals);
}

/** One line for the clipboard. */
export function readOutText(view: ViewState | undefined): string {
  const readOut = readOutOf(view);
  if (!readOut) return '';
  const values = readOut.values.map(
    ({ name, scaled, unit, raw }) => `${name} ${scaled}${unit ? ` ${unit}` : ''}${raw === undefined ? '' : ` (${text.status.raw} ${raw})`}`,
  );
  return [readOut.position, `${text.status.index} ${readOut.index}`, ...values, text.status.states[readOut.state]].join('; ');
}
