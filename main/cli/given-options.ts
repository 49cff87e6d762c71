import { DataError } from '../../shared/model/data-error.ts';
import type { OpenOptions } from '../host/open-path.ts';
import type { CommandCall } from './command.ts';

/** Commander's collector of a repeatable option. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

/** `key=value` texts as values: JSON where the value begins with [ or {, a repeated key appends. */
export function parsePairs(pairs: readonly string[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new DataError('invalid-option', `'${pair}' is not of the form key=value.`, { field: 'o' });
    const key = pair.slice(0, at);
    const value = parseValue(key, pair.slice(at + 1));
    values[key] = Object.hasOwn(values, key) ? append(values[key], value) : value;
  }
  return values;
}

function parseValue(key: string, text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DataError('invalid-option', `The value of ${key} is not JSON: ${text}`, { field: key, cause });
  }
}

function append(before: unknown, value: unknown): unknown {
  return [...asItems(before), ...asItems(value)];
}

function asItems(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? value.split(',') : [value];
}

export function textOption({ options }: CommandCall, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

export function flag({ options }: CommandCall, name: string): boolean {
  return options[name] === true;
}

/** True for `--missing blank`: buffers that cannot be read do not end the command. */
export function missingOption(call: CommandCall): boolean {
  const text = textOption(call, 'missing');
  if (text !== undefined && text !== 'blank')
    throw new DataError('invalid-option', `--missing must be blank, got '${text}'.`, { field: 'missing' });
  return text === 'blank';
}

/** A whole number from 0 on; undefined where the option is not given. */
export function indexOption(call: CommandCall, name: string): number | undefined {
  const text = textOption(call, name);
  return text === undefined ? undefined : parseIndex(text, name);
}

export function parseIndex(text: string, name: string): number {
  if (!/^\d{1,15}$/.test(text.trim()))
    throw new DataError('invalid-option', `--${name} must be a whole number from 0 on, got '${text}'.`, { field: name });
  return Number(text);
}

/** How the reader options of a call open a path. */
export function openOptions(call: CommandCall): OpenOptions {
  const pairs = Array.isArray(call.options.o) ? (call.options.o as readonly string[]) : [];
  return { format: textOption(call, 'format'), options: parsePairs(pairs), signal: call.io.signal };
}

/** One of the choices; undefined where the option is not given. */
export function choiceOption<T extends string>(call: CommandCall, name: string, choices: readonly T[]): T | undefined {
  const text = textOption(call, name);
  const found = choices.find((choice) => choice === text);
  if (text !== undefined && found === undefined)
    throw new DataError('invalid-option', `--${name} must be one of ${choices.join(', ')}, got '${text}'.`, { field: name });
  return found;
}

/** Two different numbers A:B, in either order. */
export function spanOption(call: CommandCall, name: string): readonly [from: number, to: number] | undefined {
  const text = textOption(call, name);
  if (text === undefined) return undefined;
  const [from, to, ...more] = text.split(':').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (from !== undefined && to !== undefined && more.length === 0 && Number.isFinite(from) && Number.isFinite(to) && from !== to)
    return [from, to];
  throw new DataError('invalid-option', `--${name} must be two different numbers A:B, got '${text}'.`, { field: name });
}
