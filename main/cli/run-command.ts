import '../host/dispose-symbols.ts';
import '../host/node-hdf5.ts';
import '../host/node-inflate.ts';
import { join } from 'node:path';
import { setHdf5Plugins } from '../codecs/hdf5/library.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { attributesCommand } from './attributes.ts';
import { batchCommand } from './batch.ts';
import { checkCommand } from './check.ts';
import { convertCommand } from './convert.ts';
import { toJson, type CommandAnswer, type CommandIo, type CommandSpec } from './command.ts';
import { errorSentence, exitCodeOf, failureOf } from './exit-codes.ts';
import { formatsCommand } from './formats.ts';
import { infoCommand } from './info.ts';
import { parseArguments } from './parse-arguments.ts';
import { plainText } from './plain-text.ts';
import { createProcessIo } from './process-io.ts';
import { plotCommand } from './plot.ts';
import { readCommand } from './read.ts';
import { serveCommand } from './serve.ts';
import { tracksCommand } from './tracks.ts';

/** What the program around the commands can do. */
export interface CommandHost {
  /** Folder of the built program, for `serve`. */
  readonly programFolder?: string;
  /** Opens the desktop app on paths; its exit code. */
  readonly openApp?: (paths: readonly string[]) => Promise<number>;
}

/** Commands that answer once; what stands alone is added to them. */
const ANSWERING: readonly CommandSpec[] = [
  infoCommand,
  readCommand,
  plotCommand,
  tracksCommand,
  attributesCommand,
  checkCommand,
  convertCommand,
  formatsCommand,
];

function allCommands(host: CommandHost): readonly CommandSpec[] {
  return [...ANSWERING, batchCommand(runLine), serveCommand(host.programFolder)];
}

/** Runs one command line and returns its exit code; everything has been written then. Throws nothing. */
export async function runCommand(argv: readonly string[], host: CommandHost = {}): Promise<number> {
  const io = createProcessIo();
  // The library opens its plugins by their paths, which lead nowhere inside of an archive.
  if (host.programFolder) setHdf5Plugins(join(host.programFolder, 'plugins').replace('app.asar', 'app.asar.unpacked'));
  try {
    return await execute(argv, io, host);
  } catch (error) {
    // Who closed the pipe has seen enough: that is no failure.
    if (io.pipeClosed()) return 0;
    io.err(`streakline: ${plainText(errorSentence(error)).replaceAll('\n', '\ufffd')}\n`);
    if (argv.includes('--json')) io.err(`${toJson(failureOf(error))}\n`);
    return exitCodeOf(error);
  } finally {
    io.release();
  }
}

async function execute(argv: readonly string[], io: CommandIo, host: CommandHost): Promise<number> {
  const parsed = parseArguments(allCommands(host), argv);
  if (parsed.kind === 'open') {
    if (host.openApp) return host.openApp(parsed.paths);
    throw new DataError('unsupported', 'The desktop app cannot be opened from here.', { hint: 'Use streakline serve for the browser.' });
  }
  if (parsed.kind === 'help') await io.out(parsed.text);
  else {
    const { result, text, exit = 0 } = await parsed.spec.run({ args: parsed.args, options: parsed.options, io });
    const asJson = parsed.options.json === true && result !== undefined;
    await io.out(asJson ? `${toJson(result, 2)}\n` : plainText(text()));
    return exit;
  }
  return 0;
}

/** A line of a batch. */
async function runLine(argv: readonly string[], io: CommandIo): Promise<CommandAnswer> {
  const [name = ''] = argv;
  if (!ANSWERING.some((spec) => spec.name === name)) {
    throw new DataError('invalid-option', `'${name}' is not a command of a batch.`, {
      hint: `Commands of a batch: ${ANSWERING.map((spec) => spec.name).join(', ')}.`,
    });
  }
  const parsed = parseArguments(ANSWERING, argv);
  if (parsed.kind !== 'command') return { result: parsed.kind === 'help' ? parsed.text : undefined, text: () => '' };
  return parsed.spec.run({ args: parsed.args, options: parsed.options, io });
}
