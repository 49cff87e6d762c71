import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import { fileError } from '../sources/file-error.ts';
import { toJson, type CommandAnswer, type CommandCall, type CommandSpec } from './command.ts';
import { flag } from './given-options.ts';
import { addOutputOptions } from './reader-options.ts';
import { failureOf } from './exit-codes.ts';

/** `runLine` runs the arguments of one line as the command line itself would, without printing. */
export function batchCommand(runLine: (args: readonly string[], io: CommandCall['io']) => Promise<CommandAnswer>): CommandSpec {
  return {
    name: 'batch',
    configure: (command) => {
      addOutputOptions(command)
        .description('Run commands in order in one process: a JSON array of arguments per line, a JSON line per command on stdout.')
        .argument('[file]', 'file with the commands; - or nothing reads standard input');
    },
    run: async (call) => {
      const file = call.args[0] ?? '-';
      const io = flag(call, 'quiet') ? { ...call.io, errIsTerminal: false, err: () => {} } : call.io;
      for await (const line of file === '-' ? call.io.lines() : fileLines(file)) {
        throwIfAborted(call.io.signal);
        if (line.trim() !== '') await call.io.out(`${toJson(await answerLine(line, io, runLine))}\n`);
      }
      throwIfAborted(call.io.signal);
      return { result: undefined, text: () => '' };
    },
  };
}

async function answerLine(
  line: string,
  io: CommandCall['io'],
  runLine: (args: readonly string[], io: CommandCall['io']) => Promise<CommandAnswer>,
): Promise<unknown> {
  try {
    const { result } = await runLine(parseLine(line), io);
    return { ok: true, result };
  } catch (error) {
    throwIfAborted(io.signal);
    return failureOf(error);
  }
}

function parseLine(line: string): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new DataError('invalid-option', 'The line is not JSON.', {
      hint: 'Write a JSON array of texts, such as ["info", "a.set"].',
      cause,
    });
  }
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')) return value;
  throw new DataError('invalid-option', 'The line is not a JSON array of texts.', { hint: 'Write for example ["info", "a.set"].' });
}

async function* fileLines(path: string): AsyncIterable<string> {
  const stream = createReadStream(path, 'utf8');
  try {
    yield* createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    if (stream.errored) throw stream.errored;
  } catch (error) {
    throw error instanceof Error && 'code' in error ? fileError(error, path) : error;
  } finally {
    stream.destroy();
  }
}
