import type { Command } from 'commander';
import { collect } from './given-options.ts';

/** The options of every command that opens a path. */
export function addReaderOptions(command: Command): Command {
  return command
    .argument('<path>', 'file or folder to open')
    .option('-o <key=value>', 'reader option, repeatable (see `streakline formats`)', collect)
    .option('--format <id>', 'force this reader instead of recognising the format');
}

export function addOutputOptions(command: Command): Command {
  return command.option('--json', 'answer and errors as JSON').option('--quiet', 'no progress and no notes');
}
