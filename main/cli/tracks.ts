import { DataError } from '../../shared/model/data-error.ts';
import { isFrameDataset, type ParticleDataset } from '../../shared/model/dataset.ts';
import { withStepHint } from '../host/chain/particles/step-hint.ts';
import { selectTracks } from '../host/chain/particles/select-tracks.ts';
import { withMotion } from '../host/chain/particles/with-motion.ts';
import { openPath } from '../host/open-path.ts';
import { writeAtomically } from '../writers/atomic-file.ts';
import { columnFileFor } from '../writers/column-outputs.ts';
import { describeColumns } from '../writers/particles/column-writers.ts';
import type { CommandAnswer, CommandCall, CommandSpec } from './command.ts';
import { collect, flag, indexOption, openOptions, textOption } from './given-options.ts';
import { particleRows, type ParticleChoice } from './particle-rows.ts';
import { particleWish, type ParticleWish } from './particle-wish.ts';
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
      addReaderOptions(
        command.description(
          'Write particles and tracks to a file: .npz, .csv or .parquet by extension. One row a particle: position, intensity, track, step, pulse, scalars.',
        ),
      ),
    )
      .requiredOption('--out <file>', 'file to write')
      .option('--step <I>', 'the particles of this step')
      .option('--pulse <P>', 'with --step, only this pulse')
      .option('--track <ID>', 'the particles of this track; with --step only the one of that step')
      .option('--all', 'the particles of all steps; the same without --step and --track')
      .option('--where <condition>', 'only tracks that it holds for, repeatable: length>=12, speed=0.5..2, box=X,Y,Z..X,Y,Z', collect)
      .option('--every <N>', 'only every n-th track')
      .option('--add <names>', 'motion along tracks as further columns: u,v,w,speed,ax,ay,az,acceleration,curvature')
      .option('--fit <order,length>', 'motion by a polynomial through so many points instead of central differences')
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
  if (!MODES.includes(mode))
    throw new DataError('invalid-option', `--mode must be one of ${MODES.join(', ')}, got '${mode}'.`, { field: 'mode' });
  const { dataset } = await openPath(call.args[0] ?? '', openOptions(call));
  await using _ = dataset;
  if (isFrameDataset(dataset)) {
    throw new DataError('unsupported', `${dataset.info.title} holds frames, not particles.`, {
      path: dataset.info.path,
      hint: 'streakline read reads frames.',
    });
  }
  const wish = particleWish(call);
  if (choice.track !== undefined && wish.selection)
    throw new DataError('invalid-option', '--track names one track: it goes neither with --where nor with --every.', { field: 'track' });
  const { chosen, original } = await wishedParticles(dataset, wish, call.io.signal);
  // A description of the whole set beside a part of it would be none.
  const isWhole = choice.step === undefined && choice.track === undefined;
  const { columns, rows, pieces } = await particleRows(chosen, choice, mode === 'scaled', { signal: call.io.signal, original });
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
    await table.finish(
      isWhole && out.toLowerCase().endsWith('.parquet')
        ? await describeColumns(
            { dataset: chosen, signal: call.io.signal, options: { mode } },
            columns.map(({ name }) => name),
          )
        : undefined,
    );
  });
  const result: TracksResult = { path: out, rows, columns };
  return {
    result,
    text: () =>
      flag(call, 'quiet') ? '' : `${out}: ${rows} row${rows === 1 ? '' : 's'} of ${columns.map(({ name }) => name).join(', ')}\n`,
  };
}

/** The dataset with what is added and without what is not wanted; `original` where tracks got other numbers. */
async function wishedParticles(
  dataset: ParticleDataset,
  { add, selection, differentiation }: ParticleWish,
  signal: AbortSignal,
): Promise<{ readonly chosen: ParticleDataset; readonly original?: Uint32Array }> {
  const telling = withStepHint(dataset, 'convert --range');
  const moving = add.length === 0 ? telling : withMotion(telling, add, differentiation);
  if (!selection) return { chosen: moving };
  const chosen = await selectTracks(moving, selection, differentiation, { signal });
  return { chosen, original: chosen.original };
}

function choiceOf(call: CommandCall): ParticleChoice {
  const choice = { step: indexOption(call, 'step'), pulse: indexOption(call, 'pulse'), track: indexOption(call, 'track') };
  if (flag(call, 'all') && (choice.step !== undefined || choice.track !== undefined)) {
    throw new DataError('invalid-option', '--all goes neither with --step nor with --track.', { field: 'all' });
  }
  if (choice.pulse !== undefined && choice.step === undefined)
    throw new DataError('invalid-option', '--pulse needs --step.', { field: 'pulse' });
  return choice;
}
