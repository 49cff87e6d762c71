import { toLatin1 } from '../../codecs/latin1-text.ts';
import type { Scale } from '../../../shared/model/scale.ts';
import type { Losses } from '../losses.ts';

/** `slope offset` NUL unit NUL description NUL: items 1 to 4, and the scales of scalar fields. Numbers are the shortest that restore them. */
export function scaleText(scale: Scale, what: string, losses: Losses): string {
  const { slope, offset, unit, description } = storable(scale, what, losses);
  return `${numberText(slope)} ${numberText(offset)}\0${unit}\0${description}\0`;
}

/** slope LF offset LF unit LF description: FrameScale attributes. */
export function scaleLines(scale: Scale, what: string, losses: Losses): string {
  const { slope, offset, unit, description } = storable(scale, what, losses);
  return `${numberText(slope)}\n${numberText(offset)}\n${unit}\n${description}`;
}

function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function storable(scale: Scale, what: string, losses: Losses): Scale {
  const { slope, offset } = scale;
  if (!Number.isFinite(slope) || !Number.isFinite(offset)) {
    losses.add(`Scale of ${what}: DaVis cannot hold slope ${slope} and offset ${offset}; 1 and 0 are written.`);
  }
  return {
    slope: Number.isFinite(slope) ? slope : 1,
    offset: Number.isFinite(offset) ? offset : 0,
    unit: plainText(scale.unit.replace(/[[\]]/g, ''), `Unit of ${what}`, losses),
    description: plainText(scale.description, `Description of the scale of ${what}`, losses),
  };
}

/** Line ends and NUL part the fields of a scale. */
function plainText(text: string, what: string, losses: Losses): string {
  const { text: letters, lost } = toLatin1(text);
  if (lost) losses.add(`${what}: '${text}' has letters beyond latin-1, which became '?'.`);
  return letters.replace(/[\0\r\n]+/g, ' ');
}
