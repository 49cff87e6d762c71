import { parseScaleLines } from '../../../shared/compute/scale-lines.ts';
import type { BytePlace } from '../../codecs/cursor.ts';
import type { AttributeValue } from '../../../shared/model/attributes.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import type { FrameScales, Scale } from '../../../shared/model/scale.ts';
import { readItems, type AttributeItem } from './attribute-items.ts';
import { ITEM } from './layout.ts';
import { formatG, parseScaleText } from './scale-text.ts';

/** Attributes and scales of a buffer and its frames while they are read. */
export interface AttributeSheet {
  readonly scales: FrameScales[];
  readonly buffer: Map<string, AttributeValue>;
  readonly frames: readonly Map<string, AttributeValue>[];
  readonly warnings: Warning[];
}

export function emptySheet(frames: number, scales: FrameScales): AttributeSheet {
  return {
    scales: Array.from({ length: frames }, () => scales),
    buffer: new Map(),
    frames: Array.from({ length: frames }, () => new Map<string, AttributeValue>()),
    warnings: [],
  };
}

/** Enters the items of an attribute block in file order; later ones win. */
export function enterBlock(sheet: AttributeSheet, bytes: Uint8Array, place: BytePlace): void {
  const { items, warnings } = readItems(bytes, place);
  sheet.warnings.push(...warnings);
  for (const item of items) {
    if (item.kind === 'text') enterText(sheet, item, place);
    else enterNamed(sheet, item.name, item.value, place);
  }
}

const AXIS_OF_ITEM: ReadonlyMap<number, keyof FrameScales> = new Map([
  [ITEM.scaleX, 'x'],
  [ITEM.scaleY, 'y'],
  [ITEM.scaleZ, 'z'],
  [ITEM.scaleI, 'i'],
]);
const TEXT_ATTRIBUTES: ReadonlyMap<number, string> = new Map([
  [ITEM.comment, '_Comment'],
  [ITEM.time, '_Time'],
  [ITEM.date, '_Date'],
]);

function enterText(sheet: AttributeSheet, item: AttributeItem & { kind: 'text' }, place: BytePlace): void {
  const axis = AXIS_OF_ITEM.get(item.item);
  const name = TEXT_ATTRIBUTES.get(item.item);
  if (axis) {
    const scale = parseScaleText(item.text);
    if (scale === undefined) sheet.warnings.push(badScale(`${axis} scale`, item.text, place));
    else if (scale !== 'empty')
      sheet.scales.forEach((scales, frame) => {
        sheet.scales[frame] = { ...scales, [axis]: scale };
      });
  } else if (name) {
    const text = untilNul(item.text);
    if (text !== '') sheet.buffer.set(name, text);
  } else if (item.item === ITEM.frameScale) {
    const scale = parseScaleText(item.text);
    if (scale === undefined) sheet.warnings.push(badScale('frame scale', item.text, place));
    else if (scale !== 'empty') sheet.buffer.set('_FrameScale', scaleLines(scale));
  }
}

function untilNul(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

function scaleLines(scale: Scale): string {
  return `${formatG(scale.slope)}\n${formatG(scale.offset)}\n${scale.unit}\n${scale.description}`;
}

function badScale(what: string, text: string, place: BytePlace): Warning {
  return {
    code: 'damaged-scale',
    message: `The ${what} '${text.replace(/[\0\n]/g, ' ').trim()}' cannot be read and is left out.`,
    path: place.path,
  };
}

const FRAME_SCALE = /^FrameScale([XYZI])$/;

/**
 * A trailing number in a name is a frame index; DevData names keep theirs. A number beyond the frames makes a buffer attribute: lvpyio drops
 * texts then, which are kept here under their full name, and lists arrays without the number.
 */
function enterNamed(sheet: AttributeSheet, name: string, value: AttributeValue, place: BytePlace): void {
  const [, stem = '', digits = ''] = /^(.*?)(\d*)$/s.exec(name) ?? [];
  const frame = sheet.frames[Number(digits)];
  if (digits === '' || stem === '' || name.startsWith('DevData') || !frame) {
    const isLostArray = typeof value === 'object' && stem !== '' && !name.startsWith('DevData');
    sheet.buffer.set(isLostArray ? stem : name, value);
    return;
  }
  const axis = FRAME_SCALE.exec(stem)?.[1]?.toLowerCase() as keyof FrameScales | undefined;
  if (axis && typeof value === 'string') enterFrameScale(sheet, Number(digits), axis, value, place);
  else frame.set(stem, value);
}

function enterFrameScale(sheet: AttributeSheet, frame: number, axis: keyof FrameScales, text: string, place: BytePlace): void {
  const scale = parseScaleLines(text);
  const scales = sheet.scales[frame];
  if (scale && scales) sheet.scales[frame] = { ...scales, [axis]: scale };
  else sheet.warnings.push(badScale(`${axis} scale of frame ${frame}`, text, place));
}
