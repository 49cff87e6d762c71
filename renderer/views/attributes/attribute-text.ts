import { type AttributeValue, isAttributeArray } from '../../../shared/model/attributes.ts';

/** A value as it is shown: the text, and the unit that stood in it. */
export interface SplitValue {
  readonly value: string;
  readonly unit: string;
}

/** DaVis writes the unit into the text: '30000 µs', '-4.5 °C', '50 %'. One word after the number; 'frames of 3' is no unit. */
const NUMBER_WITH_UNIT = /^([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?)\s+((?:1\/)?[A-Za-zµμΩ°%‰"'][^\s]{0,15})$/;
const NUMBER_WITH_SIGN = /^([+-]?\d+(?:[.,]\d+)?)(%|°C?)$/;

/** Splits the unit off a number; other texts stay whole. */
export function splitUnit(text: string): SplitValue {
  const match = NUMBER_WITH_UNIT.exec(text.trim()) ?? NUMBER_WITH_SIGN.exec(text.trim());
  return match ? { value: match[1] ?? text, unit: match[2] ?? '' } : { value: text, unit: '' };
}

/** Written right aligned, so that digits stand below each other. */
export function isNumberText(text: string): boolean {
  return /^[+-]?[\d.,]+(e[+-]?\d+)?$/i.test(text);
}

/** More values than this are listed when the row is opened. */
const SHORT_ARRAY = 6;

export function isLongArray(value: AttributeValue): boolean {
  return isAttributeArray(value) && value.values.length > SHORT_ARRAY;
}

/** One line: arrays in brackets, long ones by type and shape. */
export function valueLine(value: AttributeValue): SplitValue {
  if (isAttributeArray(value)) {
    const shape = value.shape.join(' × ');
    return { value: isLongArray(value) ? `${value.dtype} ${shape}` : `[${value.values.join(', ')}]`, unit: '' };
  }
  return typeof value === 'string' ? splitUnit(value) : { value: String(value), unit: '' };
}

/** The values of an array, row by row of its last axis. */
export function arrayRows(value: AttributeValue): readonly string[] {
  if (!isAttributeArray(value)) return [];
  const width = Math.max(1, value.shape.at(-1) ?? 1);
  const perRow = value.shape.length > 1 ? width : 1;
  const rows: string[] = [];
  for (let from = 0; from < value.values.length; from += perRow) rows.push(value.values.slice(from, from + perRow).join(', '));
  return rows;
}
