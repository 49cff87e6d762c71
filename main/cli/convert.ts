import { DataError } from '../../shared/model/data-error.ts';
import type { ConversionResult } from '../host/conversion.ts';
import { convert } from '../host/convert.ts';
import { withBin } from './bin-option.ts';
import type { CommandAnswer, CommandCall, CommandSpec } from './command.ts';
import { collect, flag, missingOption, openOptions, parseIndex, parsePairs, textOption } from './given-options.ts';
import { particleChoice, withDescription } from './particle-choice.ts';
import { progressLine } from './progress-line.ts';
import { addOutputOptions } from './reader-options.ts';

export const convertCommand: CommandSpec = {
  name: 'convert',
  configure: (command) => {
    addOutputOptions(
      command.description(
        'Write datasets in another format. The last path is the target; its extension names the writer, none is a DaVis set.',
      ),
    )
      .argument('<path...>', 'files and folders to read, and the target')
      .option('--to <writer>', 'writer, whatever the extension of the target (see `streakline formats`)')
      .option('--range <A:B[:S]>', 'buffers (steps of particles) from A up to, not including, B in steps of S')
      .option('--set <NAME=expression>', 'change the raw numbers of a component, repeatable', collect)
      .option('--frames-per-buffer <N>', 'so many buffers in a row become frames of one buffer')
      .option(
        '--where <condition>',
        'of particles: tracks that meet it, such as length>=12, speed=0.5..2 or inside=0,0,0..10,10,5, repeatable',
        collect,
      )
      .option('--every <N>', 'of particles: every N-th track')
      .option('--add <names>', 'of particles: motion along tracks as scalars: u, v, w, speed, ax, ay, az, acceleration, curvature')
      .option('--fit <order,length>', 'how motion is computed: a polynomial of this order through so many points instead of differences')
      .option(
        '--bin <Z,Y,X>',
        'of particles: mean velocity in so many cells, as vectors, without tracks their number; the same as -o bin=X,Y,Z',
      )
      .option('-o <key=value>', 'reader option, repeatable (see `streakline formats`)', collect)
      .option('-w <key=value>', 'writer option, repeatable (see `streakline formats`)', collect)
      .option('--format <id>', 'force this reader instead of recognising the format')
      .option('--missing <what>', 'with `blank`, buffers that cannot be read are missing in the output instead of an error')
      .option('--force', 'replace an existing target')
      .option('--resume', 'keep finished buffers, and go on with those of an earlier run, where the output has a file a buffer');
  },
  run: runConvert,
};

async function runConvert(call: CommandCall): Promise<CommandAnswer> {
  const target = call.args.at(-1) ?? '';
  const paths = call.args.slice(0, -1);
  const quiet = flag(call, 'quiet');
  const particles = particleChoice(call);
  let progress: ReturnType<typeof progressLine> | undefined;
  try {
    const result = await convert({
      paths,
      target,
      to: textOption(call, 'to'),
      open: await withDescription(withBin(openOptions(call), call), paths[0]),
      options: parsePairs(listOption(call, 'w')),
      range: textOption(call, 'range'),
      set: listOption(call, 'set'),
      framesPerBuffer: framesOption(call),
      ...(particles ? { particles } : {}),
      missing: missingOption(call),
      force: flag(call, 'force'),
      resume: flag(call, 'resume'),
      signal: call.io.signal,
      notice: (sentence) => {
        if (!quiet) call.io.err(`streakline: ${sentence}\n`);
      },
      progress: (done, total) => {
        progress ??= progressLine(call.io, quiet, particles ? 'Writing step' : 'Writing', total);
        progress.at(done);
      },
    });
    return { result, text: () => (quiet ? '' : resultText(result)) };
  } finally {
    progress?.end();
  }
}

function listOption({ options }: CommandCall, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

function framesOption(call: CommandCall): number | undefined {
  const text = textOption(call, 'framesPerBuffer');
  const frames = text === undefined ? undefined : parseIndex(text, 'frames-per-buffer');
  if (frames === 0) throw new DataError('invalid-option', '--frames-per-buffer must be 1 or more, got 0.', { field: 'frames-per-buffer' });
  return frames;
}

function resultText({ target, buffers, losses, particles }: ConversionResult): string {
  const lines = losses.map((loss) => `  ${loss}\n`).join('');
  return `${target}: ${buffers} ${particles ? 'step' : 'buffer'}${buffers === 1 ? '' : 's'}\n${lines === '' ? '' : `Not as in the source:\n${lines}`}`;
}
