import { resolve } from 'node:path';

export interface ProgramArguments {
  /** What the user typed after the program's name. */
  readonly own: readonly string[];
  /** A subcommand of the command line with its arguments: no window then. */
  readonly command?: readonly string[];
  /** Absolute paths to open in the window. */
  readonly paths: readonly string[];
  readonly smoke: boolean;
}

/**
 * Tells paths, commands and switches apart. Switches before the first word belong to Electron and Chromium.
 * From a clone (`defaultApp`) that first word is the program's own folder.
 */
export function readArguments(
  argv: readonly string[],
  defaultApp: boolean,
  folder: string,
  isCommand: (word: string) => boolean,
): ProgramArguments {
  const afterProgram = argv.slice(1);
  const appAt = defaultApp ? afterProgram.findIndex((argument) => !argument.startsWith('-')) : -1;
  const own = afterProgram.slice(appAt + 1);
  const smoke = own.includes('--smoke');
  const first = own.findIndex((argument) => !argument.startsWith('-'));
  const word = own[first];
  if (word !== undefined && isCommand(word)) return { own, command: own.slice(first), paths: [], smoke };
  return { own, paths: own.filter((argument) => argument !== '' && !argument.startsWith('-')).map((path) => resolve(folder, path)), smoke };
}
