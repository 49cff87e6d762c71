import { Command, CommanderError } from 'commander';
import { DataError } from '../../shared/model/data-error.ts';
import { version } from '../../package.json';
import type { CommandSpec } from './command.ts';

export type ParsedArguments =
  | {
      readonly kind: 'command';
      readonly spec: CommandSpec;
      readonly args: readonly string[];
      readonly options: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'open'; readonly paths: readonly string[] }
  | { readonly kind: 'help'; readonly text: string };

const EXIT_CODE_HELP = `
Indices count from 0. Exit codes: 0 ok, 1 internal, 2 usage or range, 3 not found or unknown, 4 damaged data,
5 unsupported or too large, 6 exists or io, 130 cancelled.`;

/** What the arguments ask for; a DataError `invalid-option` where they make no sense. */
export function parseArguments(specs: readonly CommandSpec[], argv: readonly string[]): ParsedArguments {
  let parsed: ParsedArguments = { kind: 'open', paths: [] };
  let printed = '';
  const program = new Command('streakline');
  const settle = (command: Command): Command =>
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        printed += text;
      },
      writeErr: () => {},
    });
  settle(program)
    .description('Viewer for scientific frame data. Without a command: open the paths in the desktop app.')
    .version(version)
    .argument('[path...]', 'files and folders to open')
    .addHelpText('after', EXIT_CODE_HELP)
    .action((paths: string[]) => {
      parsed = { kind: 'open', paths };
    });
  for (const spec of specs) {
    const command = settle(program.command(spec.name));
    spec.configure(command);
    command.action(() => {
      parsed = { kind: 'command', spec, args: command.args, options: command.opts() };
    });
  }
  try {
    program.parse([...argv], { from: 'user' });
    return parsed;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'help', text: printed };
    throw usageError(error);
  }
}

function usageError(error: CommanderError): DataError {
  const text = error.message.replace(/^error: /, '').replace(/\n/g, ' ');
  return new DataError('invalid-option', `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?)]$/.test(text) ? '' : '.'}`, {
    hint: 'See streakline --help.',
    cause: error,
  });
}
