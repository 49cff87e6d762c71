import { isAttributeArray, type AttributeValue } from '../../../shared/model/attributes.ts';
import type { Losses } from '../losses.ts';

/** What a reader sets by itself: where a buffer was loaded from, and what the header of that file said. */
const SET_ON_LOAD = /^(LoadFile|LoadSet|LoadSetIndex|LoadSetType|_Header_.*)$/;

export function isSetOnLoad(name: string): boolean {
  return SET_ON_LOAD.test(name);
}

const DEVICE = 'DevData';

/**
 * The stored name of a buffer attribute; undefined where it cannot be stored. A number at its end would make it an attribute of that frame,
 * so such a name gets a `_` behind it; DevData names keep theirs.
 */
export function bufferAttributeName(name: string, value: AttributeValue, frames: number, losses: Losses): string | undefined {
  const plain = plainName(name, losses);
  if (plain === undefined || plain.startsWith(DEVICE)) return plain;
  const [, stem = '', digits = ''] = /^(.*?)(\d*)$/s.exec(plain) ?? [];
  const staysOfBuffer = digits === '' || (!isAttributeArray(value) && (stem === '' || Number(digits) >= frames));
  return staysOfBuffer ? plain : renamed(plain, `${plain}_`, losses);
}

/** The stored name of an attribute of a frame: the frame's number stands behind it. */
export function frameAttributeName(name: string, frame: number, losses: Losses): string | undefined {
  const plain = plainName(name, losses);
  if (plain === undefined) return undefined;
  if (plain.startsWith(DEVICE)) losses.add(`Attribute '${name}' of frame ${frame}: DaVis keeps device data for the whole buffer.`);
  if (/^FrameScale[XYZI]$/.test(plain)) return `${renamed(plain, `${plain}_`, losses)}${frame}`;
  return `${/\d$/.test(plain) ? renamed(plain, `${plain}_`, losses) : plain}${frame}`;
}

/** A name ends at `=` and NUL in the file. */
function plainName(name: string, losses: Losses): string | undefined {
  const plain = name.replace(/[=\0]/g, '_');
  if (plain === '') {
    losses.add('An attribute without a name is left out.');
    return undefined;
  }
  return plain === name ? name : renamed(name, plain, losses);
}

function renamed(name: string, stored: string, losses: Losses): string {
  losses.add(`Attribute '${name}' is stored as '${stored}': DaVis could not tell it from an attribute of a frame or from its value.`);
  return stored;
}
