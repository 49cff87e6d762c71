import type { Attributes, AttributeValue } from '../../../shared/model/attributes.ts';

const MAX_TEXT = 4096;

/** JSON attributes as the model has them: lists of numbers as arrays, other nested values as JSON text. */
export function shownAttributes(values: Readonly<Record<string, unknown>>): Attributes {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shown(value)]));
}

function shown(value: unknown): AttributeValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number')) {
    return { dtype: 'f8', shape: [value.length], values: value as number[] };
  }
  const text = JSON.stringify(value) ?? '';
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)} ...` : text;
}
