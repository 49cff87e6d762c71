import { DataError } from '../../shared/model/data-error.ts';
import { isFrameDataset } from '../../shared/model/dataset.ts';
import { openPath } from '../host/open-path.ts';
import { writeAtomically } from '../writers/atomic-file.ts';
import { columnFileFor } from '../writers/column-file.ts';
import type { CommandAnswer, CommandCall, CommandSpec } from './command.ts';
import { flag, indexOption, openOptions, textOption } from './given-options.ts';
import { particleRows, type ParticleChoice } from './particle-rows.ts';
import { progressLine } from './progress-line.ts';
import { addOutputOptions, addReaderOptions } from './reader-options.ts';

const MODES: readonly string[] = ['raw', 'scaled'];

interface TracksResult {
  readonly path: string;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly dtype: string }[];
}

export const tracksCommand: CommandSpec = {
  name: 'tracks',
  configure: (command) => {
    addOutputOptions(
      addReaderOptions(command.description('Write particles and tracks to a file: .npz or .csv by extension. One row a particle: position, intensity, track, step, pulse, scalars.')),
    )
      .requiredOption('--out <file>', 'file to write')
      .option('--step <I>', 'the particles of this step')
      .option('--pulse <P>', 'with --step, only this pulse')
      .option('--track <ID>', 'the particles of this track; with --step only the one of that step')
      .option('--all', 'the particles of all steps; the same without --step and --track')
      .option('--mode <mode>', `one of ${MODES.join(', ')} (default: raw)`)
      .option('--force', 'replace an existing file');
  },
  run: runTracks,
};

async function runTracks(call: CommandCall): Promise<CommandAnswer> {
  const out = textOption(call, 'out') ?? '';
  const begin = columnFileFor(out);
  const choice = choiceOf(call);
  const mode = textOption(call, 'mode') ?? 'raw';
  if (!MODES.includes(mode)) throw new DataError('invalid-option', `--mode must be one of ${MODES.join(', ')}, got '${mode}'.`, { field: 'mode' });
  const { dataset } = await openPath(call.args[0] ?? '', openOptions(call));
  await using _ = dataset;
  if (isFrameDataset(dataset)) {
    throw new DataError('unsupported', `${dataset.info.title} holds frames, not particles.`, { path: dataset.info.path, hint: 'streakline read reads frames.' });
  }
  const { columns, rows, pieces } = await particleRows(dataset, choice, mode === 'scaled', { signal: call.io.signal });
  await writeAtomically(out, { force: flag(call, 'force') }, async (file) => {
    const table = await begin(file, columns, rows);
    const progress = progressLine(call.io, flag(call, 'quiet'), 'Writing particle', rows);
    let done = 0;
    try {
      for await (const piece of pieces) {
        await table.append(piece);
        done += piece[0]?.length ?? 0;
        progress.at(done);
      }
    } finally {
      progress.end();
    }
    await table.finish();
  });
  const result: TracksResult = { path: out, rows, columns };
  return { result, text: () => (flag(call, 'quiet') ? '' : `${out}: ${rows} rows of ${columns.map(({ name }) => name).join(', ')}\n`) };
}

function choiceOf(call: CommandCall): ParticleChoice {
  const choice = { step: indexOption(call, 'step'), pulse: indexOption(call, 'pulse'), track: indexOption(call, 'track') };
  if (flag(call, 'all') && (choice.step !== undefined || choice.track !== undefined)) {
    throw new DataError('invalid-option', '--all goes neither with --step nor with --track.', { field: 'all' });
  }
  if (choice.pulse !== undefined && choice.step === undefined) throw new DataError('invalid-option', '--pulse needs --step.', { field: 'pulse' });
  return choice;
}
