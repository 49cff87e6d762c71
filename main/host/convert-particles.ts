import { extname } from 'node:path';
import type { ConvertResult, ParticleChoice, WriterDescription } from '../../shared/contract/conversions.ts';
import { DataError, isDataError } from '../../shared/model/data-error.ts';
import type { ParticleDataset, ParticleDatasetInfo } from '../../shared/model/dataset.ts';
import type { OptionValues } from '../../shared/model/option.ts';
import { selectionTexts } from '../../shared/compute/particles/selection-text.ts';
import { addChanges } from './chain/changes.ts';
import { ALL_TRACKS, DIFFERENCE } from '../../shared/model/track-selection.ts';
import { PARTICLE_TABLE, PARTICLE_TABLE_EXTENSIONS } from '../formats/particle-table/particle-table.ts';
import { parseOptions } from '../formats/options.ts';
import type { ParticleWriter } from '../writers/particles/particle-writer.ts';
import { PARTICLE_WRITERS } from '../writers/particles/registry.ts';
import type { WriteResult } from '../writers/writer.ts';
import { notesOf } from './chain/particles/noted-particles.ts';
import { selectSteps } from './chain/particles/select-steps.ts';
import { withStepHint } from './chain/particles/step-hint.ts';
import { selectTracks } from './chain/particles/select-tracks.ts';
import { withMotion } from './chain/particles/with-motion.ts';
import { parseRange } from './chain/selected.ts';
import type { Conversion, ConversionResult } from './conversion.ts';
import { findWriter, writerForTarget, type WriterList } from './find-writer.ts';
import { describeFormat } from './format-description.ts';
import type { OpenOptions } from './open-path.ts';
import { inTrialFolder } from './trial-folder.ts';
import type { TrialRequest, WriteRequest, WriteWork } from './write-request.ts';
import { checkTarget, refuseSources } from './write-target.ts';

const DAVIS = 'davis-particles';
const WRITERS: WriterList<ParticleWriter> = { writers: PARTICLE_WRITERS, usual: DAVIS, of: ' for particles' };
/** Writer option of `convert` that is the reader's. */
const OF_OPENING = 'coordinates';
/** Warnings of a source that are nothing of an output: names, and steps that are read for themselves. */
const NOT_TOLD: readonly string[] = ['number', 'set-identifier', 'unreadable-steps', 'mixed-units'];
/** How many steps are written of a set whose losses are asked for. */
const TRIAL_STEPS = 1;

/** How a path is opened that is to become a particle set: tables of particles as such, whoever wrote them. */
export function particleOpening({ paths, to, open, options }: Conversion): OpenOptions {
  const isTable =
    to === DAVIS &&
    PARTICLE_TABLE_EXTENSIONS.includes(
      extname(paths[0] ?? '')
        .slice(1)
        .toLowerCase(),
    );
  const format = isTable ? (open.format ?? PARTICLE_TABLE) : open.format;
  if (format !== PARTICLE_TABLE || options[OF_OPENING] !== 'scaled') return { ...open, format };
  return { ...open, format, options: { coordinates: 'scaled', ...open.options } };
}

/** Writes steps, tracks and motion of an open set as the conversion says; the dataset stays open. */
export async function convertParticles(dataset: ParticleDataset, conversion: Conversion): Promise<ConversionResult> {
  const { target, force, signal, progress, range, particles, paths } = conversion;
  if (paths.length > 1)
    throw new DataError('invalid-option', `Particle sets are converted one at a time, got ${paths.length} inputs.`, { field: 'paths' });
  refuseOfFrames(conversion);
  const writer = writerForTarget(WRITERS, target, conversion.to);
  const options = optionsFor(writer, conversion.options, dataset.info);
  await refuseSources(target, writer, paths);
  const chosen = withChanges(await arrange(dataset, { range, particles }, signal), writer, { range, particles });
  refuseUnfit(writer, chosen.info);
  const result = await writer.write({ dataset: chosen, target, options, force, signal, ...(progress ? { progress } : {}) });
  return { ...(await noted(result, chosen, signal)), writer: writer.id, particles: true };
}

/** What changes planes and buffers is nothing for particles. */
function refuseOfFrames({ set, framesPerBuffer, resume, missing }: Conversion): void {
  const given = [
    set.length > 0 && '--set',
    framesPerBuffer !== undefined && '--frames-per-buffer',
    resume && '--resume',
    missing === true && '--missing',
  ].filter((name) => name !== false);
  if (given.length > 0)
    throw new DataError(
      'invalid-option',
      `${given.join(' and ')} ${given.length > 1 ? 'are' : 'is'} for frames, the input holds particles.`,
      { field: 'set' },
    );
}

/** What opening had to say and what selecting changed stand in the losses, too. */
async function noted(result: WriteResult, dataset: ParticleDataset, signal: AbortSignal | undefined): Promise<WriteResult> {
  return { ...result, losses: await withNotes(result.losses, dataset, signal) };
}

async function withNotes(losses: readonly string[], dataset: ParticleDataset, signal: AbortSignal | undefined): Promise<readonly string[]> {
  const warnings = [...dataset.info.warnings, ...(await dataset.checkTracks({ signal }))];
  const odd = warnings.filter(({ code }) => !NOT_TOLD.includes(code)).map(({ message }) => message);
  return [...new Set([...losses, ...odd, ...notesOf(dataset)])];
}

/** As `writeDataset` for an open particle set. */
export async function writeParticles(
  dataset: ParticleDataset,
  request: WriteRequest,
  { root, signal, progress }: WriteWork,
): Promise<ConvertResult> {
  const writer = findWriter(WRITERS, request.writer);
  const options = optionsFor(writer, request.options ?? {});
  const { force = false } = request;
  const target = await checkTarget(request.target, { writer, source: dataset.info.path, root, force });
  const chosen = withChanges(await arrange(dataset, request, signal), writer, request);
  refuseUnfit(writer, chosen.info);
  return noted(await writer.write({ dataset: chosen, target, options, force, signal, progress }), chosen, signal);
}

/** What the output would not hold, judged by the first step. */
export async function tryParticles(dataset: ParticleDataset, request: TrialRequest, signal: AbortSignal): Promise<readonly string[]> {
  const writer = findWriter(WRITERS, request.writer);
  const options = optionsFor(writer, request.options ?? {});
  const [first = 0] = stepsOf(request.range, dataset.info);
  const moving = await arrange(
    dataset,
    { range: `${first}:${first + TRIAL_STEPS}`, particles: request.particles && { ...request.particles, selection: ALL_TRACKS } },
    signal,
  );
  return inTrialFolder(request.target, async (target) =>
    withNotes((await writer.write({ dataset: moving, target, options, force: true, signal })).losses, dataset, signal),
  );
}

interface Wanted {
  readonly range?: string | undefined;
  readonly particles?: ParticleChoice | undefined;
}

/** What was chosen, in an attribute of the output; sets of DaVis keep the attributes that they had. What was computed stands in one of its own. */
function withChanges(dataset: ParticleDataset, { id }: ParticleWriter, { range, particles }: Wanted): ParticleDataset {
  const { selection } = particles ?? {};
  const changes = [...(range === undefined ? [] : [`range ${range}`]), ...(selection ? selectionTexts(selection) : [])];
  if (changes.length === 0 || id === DAVIS) return dataset;
  return { ...dataset, info: { ...dataset.info, attributes: addChanges(dataset.info.attributes, changes) } };
}

/** Motion first, with all neighbours in time; then the tracks that are wanted, then the steps. */
async function arrange(dataset: ParticleDataset, { range, particles = {} }: Wanted, signal?: AbortSignal): Promise<ParticleDataset> {
  const { selection, add = [], differentiation = DIFFERENCE } = particles;
  const telling = withStepHint(dataset);
  const moving = add.length === 0 ? telling : withMotion(telling, add, differentiation);
  const chosen = selection ? await selectTracks(moving, selection, differentiation, { signal }) : moving;
  if (range === undefined) return chosen;
  const steps = stepsOf(range, dataset.info);
  const [from = 0, second = from + 1] = steps;
  return selectSteps(chosen, { from, to: (steps[steps.length - 1] ?? from) + 1, step: second - from }, { signal });
}

function stepsOf(range: string | undefined, { steps }: ParticleDatasetInfo): readonly number[] {
  const chosen = stepIndices(range ?? ':', steps);
  if ((chosen[1] ?? Number.POSITIVE_INFINITY) > (chosen[0] as number)) return chosen;
  throw new DataError('invalid-option', `The range '${range}' goes backwards; the steps of particles stay in their order.`, {
    field: 'range',
  });
}

function stepIndices(range: string, steps: number): readonly number[] {
  try {
    return parseRange(range, steps);
  } catch (error) {
    if (!isDataError(error, 'out-of-range')) throw error;
    throw new DataError('out-of-range', `The range '${range}' holds none of the ${steps} steps.`, { field: 'range' });
  }
}

/** Everything about a conversion that can be wrong before it begins; the number of steps to write. */
export async function checkParticleConversion(info: ParticleDatasetInfo, request: WriteRequest, root: string | undefined): Promise<number> {
  const writer = findWriter(WRITERS, request.writer);
  optionsFor(writer, request.options ?? {});
  const steps = stepsOf(request.range, info).length;
  refuseUnfit(writer, { ...info, steps });
  await checkTarget(request.target, { writer, source: info.path, root, force: request.force ?? false });
  return steps;
}

export function describeParticleWriters(info: ParticleDatasetInfo, range: string | undefined): readonly WriterDescription[] {
  const steps = range === undefined ? info.steps : stepsOf(range, info).length;
  return PARTICLE_WRITERS.map((writer) => {
    const accepted = writer.accepts({ ...info, steps });
    const { [OF_OPENING]: _, ...options } = writer.options;
    return { ...describeFormat({ ...writer, options }), ...(accepted === true ? {} : { refused: accepted }) };
  });
}

/** Units are undone where a table is read: with all its digits, before they are cut to those of the set. So only who opens it can ask for that. */
function optionsFor(writer: ParticleWriter, given: Readonly<Record<string, unknown>>, opened?: ParticleDatasetInfo): OptionValues {
  const options = parseOptions(writer.options, given);
  if (options[OF_OPENING] !== 'scaled' || opened?.format === PARTICLE_TABLE) return options;
  throw new DataError(
    'invalid-option',
    'coordinates=scaled is for tables, at the time they are opened: particle sets hold stored numbers already.',
    {
      field: OF_OPENING,
      hint: 'Open the table with -o coordinates=scaled.',
    },
  );
}

function refuseUnfit(writer: ParticleWriter, info: ParticleDatasetInfo): void {
  const accepted = writer.accepts(info);
  if (accepted !== true) throw new DataError('unsupported', `${writer.label} cannot hold this: ${accepted}.`, { field: 'writer' });
}
