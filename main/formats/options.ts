import { DataError } from '../../shared/model/data-error.ts';
import type { OptionSpec, OptionValue, OptionValues } from '../../shared/model/option.ts';

/**
 * Given values (text of a flag, JSON of a call) as the types that the specifications name. `invalid-option` for an unknown name, with the
 * list of the known, and for a value of a wrong type. Shapes: '4,5', '[4,5]', [4, 5] or 4.
 */
export function parseOptions(specs: Readonly<Record<string, OptionSpec>>, given: Readonly<Record<string, unknown>>): OptionValues {
  const values: Record<string, OptionValue> = {};
  for (const [name, value] of Object.entries(given)) {
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (!spec) throw unknownOption(name, Object.keys(specs));
    if (value !== undefined) values[name] = parseValue(name, spec, value);
  }
  return values;
}

function unknownOption(name: string, known: readonly string[]): DataError {
  const hint = known.length === 0 ? 'This format has no options.' : `Known options: ${known.join(', ')}.`;
  return new DataError('invalid-option', `There is no option '${name}'.`, { field: name, hint });
}

function parseValue(name: string, spec: OptionSpec, value: unknown): OptionValue {
  switch (spec.type) {
    case 'integer':
      return parseNumber(name, value, true);
    case 'number':
      return parseNumber(name, value, false);
    case 'shape':
      return parseShape(name, value);
    case 'boolean':
      return parseBoolean(name, value);
    case 'choice':
      return parseChoice(name, value, spec.choices ?? []);
    case 'text':
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
      throw wrong(name, 'a text', value);
  }
}

function parseNumber(name: string, value: unknown, whole: boolean): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || (whole && !Number.isSafeInteger(number)))
    throw wrong(name, whole ? 'a whole number' : 'a number', value);
  return number;
}

function parseShape(name: string, value: unknown): readonly number[] {
  const items = typeof value === 'string' ? shapeItems(name, value) : typeof value === 'number' ? [value] : value;
  if (!Array.isArray(items) || items.length === 0) throw wrong(name, 'a list of whole numbers', value);
  return items.map((item) => parseNumber(name, item, true));
}

function shapeItems(name: string, text: string): unknown {
  if (!text.trim().startsWith('[')) return text.split(',');
  try {
    return JSON.parse(text);
  } catch {
    throw wrong(name, 'a list of whole numbers', text);
  }
}

function parseBoolean(name: string, value: unknown): boolean {
  if (value === true || value === 'true' || value === '1' || value === 'yes') return true;
  if (value === false || value === 'false' || value === '0' || value === 'no') return false;
  throw wrong(name, 'true or false', value);
}

function parseChoice(name: string, value: unknown, choices: readonly string[]): string {
  if (typeof value === 'string' && choices.includes(value)) return value;
  throw wrong(name, `one of ${choices.join(', ')}`, value);
}

function wrong(name: string, expected: string, value: unknown): DataError {
  const shown = typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
  return new DataError('invalid-option', `Option '${name}' must be ${expected}, got ${shown}.`, { field: name });
}
