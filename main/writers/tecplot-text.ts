import type { OptionSpec } from '../../shared/model/option.ts';
import { numberText } from '../codecs/text-table.ts';

export const INVALID_OPTION: Readonly<Record<'invalid', OptionSpec>> = {
  invalid: {
    type: 'choice',
    label: 'Invalid values',
    choices: ['nan', 'zero'],
    help: 'What stands for samples without a value: nan (default), or zero for programs that do not read it; where there is a mask column it tells them apart.',
  },
};

export function finiteText(value: number): string {
  return Number.isFinite(value) ? numberText(value) : '0';
}

/** Lines end at 32,000 characters. */
const MAX_TEXT_CHARACTERS = 8000;

export function quoted(text: string): string {
  const plain = text.replace(/[\p{Cc}]+/gu, ' ').slice(0, MAX_TEXT_CHARACTERS);
  // Not every reader knows \" within a text.
  return `"${plain.replaceAll('\\', '\\\\').replaceAll('"', "'")}"`;
}

/** Names of auxiliary data begin with a letter and have letters, digits, '_' and '.'. */
export function auxiliaryLines(keyword: string, lines: readonly (readonly [name: string, text: string])[]): readonly string[] {
  const taken = new Set<string>();
  return lines.map(([name, text]) => {
    const plain = name.replace(/[^A-Za-z0-9_.]/g, '_').replace(/^(?=[^A-Za-z])/, 'A');
    let free = plain;
    for (let n = 2; taken.has(free); n++) free = `${plain}.${n}`;
    taken.add(free);
    return `${keyword} ${free} = ${quoted(text)}`;
  });
}
