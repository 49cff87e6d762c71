import type { FormatDescription } from '../../shared/contract/listing.ts';
import { FORMATS } from '../formats/registry.ts';
import { describeFormat } from '../host/format-description.ts';
import { ARRAY_WRITERS } from '../writers/array-writers.ts';
import { PARTICLE_WRITERS } from '../writers/particles/registry.ts';
import { WRITERS } from '../writers/registry.ts';
import type { CommandSpec } from './command.ts';
import { addOutputOptions } from './reader-options.ts';

interface FormatsResult {
  readonly readers: readonly FormatDescription[];
  /** Outputs of `convert`. */
  readonly writers: readonly FormatDescription[];
  /** Outputs of `convert` for particles and tracks. */
  readonly particles: readonly FormatDescription[];
  /** Outputs of `read --out`. */
  readonly arrays: readonly FormatDescription[];
}

export const formatsCommand: CommandSpec = {
  name: 'formats',
  configure: (command) => {
    addOutputOptions(command.description('List readers and writers with their extensions and options.'));
  },
  run: async () => {
    const result: FormatsResult = {
      readers: FORMATS.map(describeFormat),
      writers: WRITERS.map(describeFormat),
      particles: PARTICLE_WRITERS.map(describeFormat),
      arrays: ARRAY_WRITERS.map(({ id, label, extensions }) => ({ id, label, extensions, options: [] })),
    };
    return {
      result,
      text: () =>
        [
          'Readers\n',
          ...result.readers.map((format) => formatText(format, '-o')),
          '\nWriters of convert\n',
          ...result.writers.map((format) => formatText(format, '-w')),
          '\nWriters of convert for particles\n',
          ...result.particles.map((format) => formatText(format, '-w')),
          '\nOutputs of read\n',
          ...result.arrays.map((format) => formatText(format, '-w')),
        ].join(''),
    };
  },
};

function formatText(format: FormatDescription, flag: '-o' | '-w'): string {
  const options = format.options.map(
    ({ name, type, choices, help }) => `      ${flag} ${`${name}=<${choices?.join('|') ?? type}>`.padEnd(24)} ${help}\n`,
  );
  return `  ${format.id.padEnd(14)} ${format.label} (${format.extensions.map((extension) => `.${extension}`).join(' ')})\n${options.join('')}`;
}
