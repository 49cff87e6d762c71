import type { FormatDescription } from '../../shared/contract/methods.ts';
import { describeFormat } from '../host/session.ts';
import { FORMATS } from '../formats/registry.ts';
import { ARRAY_WRITERS } from '../writers/array-writers.ts';
import type { CommandSpec } from './command.ts';
import { addOutputOptions } from './reader-options.ts';

interface FormatsResult {
  readonly readers: readonly FormatDescription[];
  readonly writers: readonly FormatDescription[];
}

export const formatsCommand: CommandSpec = {
  name: 'formats',
  configure: (command) => {
    addOutputOptions(command.description('List readers and writers with their extensions and options.'));
  },
  run: async () => {
    const result: FormatsResult = {
      readers: FORMATS.map(describeFormat),
      writers: ARRAY_WRITERS.map(({ id, label, extensions }) => ({ id, label, extensions, options: [] })),
    };
    return {
      result,
      text: () => `Readers\n${result.readers.map(formatText).join('')}\nWriters\n${result.writers.map(formatText).join('')}`,
    };
  },
};

function formatText(format: FormatDescription): string {
  const options = format.options.map(({ name, type, help }) => `      -o ${`${name}=<${type}>`.padEnd(24)} ${help}\n`);
  return `  ${format.id.padEnd(14)} ${format.label} (${format.extensions.map((extension) => `.${extension}`).join(' ')})\n${options.join('')}`;
}
