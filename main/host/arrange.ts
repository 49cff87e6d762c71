import { promises as fs } from 'node:fs';
import { resolve } from 'node:path';
import { bufferCount, type FrameDataset } from '../../shared/model/dataset.ts';
import type { OptionValues } from '../../shared/model/option.ts';
import type { WriteJob, WriteResult, Writer } from '../writers/writer.ts';
import { addChanges } from './chain/changes.ts';
import { collectDatasets } from './chain/collected.ts';
import { greyColors } from './chain/grey-colors.ts';
import { layoutOf, withLayout } from './chain/layout.ts';
import type { NotedDataset } from './chain/noted.ts';
import { withRangeHint } from './chain/range-hint.ts';
import { parseRange, selectBuffers } from './chain/selected.ts';
import { tellingWarnings } from './chain/told-warnings.ts';
import { withExpressions } from './chain/with-expressions.ts';
import { fieldNames, withFields } from './chain/with-fields.ts';
import { openFrames, type OpenOptions } from './open-path.ts';
import { refuseUnfit } from './writer-fit.ts';

/** What is written of datasets. */
export interface Arrangement {
  /** Where the datasets lie. */
  readonly paths: readonly string[];
  readonly writer: Writer;
  readonly options: OptionValues;
  /** For errors. */
  readonly target: string;
  /** `A:B[:S]`, half-open, over the buffers of all datasets. */
  readonly range?: string | undefined;
  readonly framesPerBuffer?: number | undefined;
  /** 'NAME=expression', applied in order. */
  readonly set?: readonly string[] | undefined;
}

/** Options that change the numbers of an output. */
const VALUE_KEYS = ['values', 'dtype', 'low', 'high'] as const;
const DAVIS = 'davis-';
/** Writers of outputs without colours. */
const GREY: readonly string[] = ['davis-set', 'davis-buffer', 'npy'];

/**
 * The one place that arranges a conversion: axes of arrays as the option `layout` says, a range over the buffers of all, groups of them as
 * frames, colours as grey where the writer has none, and expressions. `unsupported` where the writer does not take the result. Closing it
 * closes the datasets.
 */
export function arrange(datasets: readonly FrameDataset[], arrangement: Arrangement): NotedDataset {
  const { writer, options, target, range, framesPerBuffer } = arrangement;
  const layout = layoutOf(options['layout']);
  const told = datasets.map((dataset) => tellingWarnings(dataset, datasets.length > 1));
  const all = withRangeHint(collectDatasets(layout === undefined ? told : told.map((dataset) => withLayout(dataset, layout))));
  const chosen = range === undefined ? all : selectBuffers(all, parseRange(range, bufferCount(all.info)));
  const grouped = framesPerBuffer === undefined ? chosen : collectDatasets([chosen], framesPerBuffer);
  const computed = withChanges(compute(grouped, arrangement), arrangement, layout);
  refuseUnfit(writer, computed.info, target);
  return {
    ...computed,
    notes: () => [...beyondEnd(range, bufferCount(all.info)), ...shortened(told.flatMap(({ notes }) => notes())), ...computed.notes()],
  };
}

/** Ranges end where the buffers end, as they do in Python; here that is told. */
function beyondEnd(range: string | undefined, total: number): readonly string[] {
  const [, end] = /^\s*[-+]?\d*\s*:\s*(\d+)/.exec(range ?? '') ?? [];
  return Number(end) > total ? [`The range ${range} ends behind the last buffer, ${total - 1}.`] : [];
}

/** Notes of sources are read by people. */
const MOST_NOTES = 20;

function shortened(notes: readonly string[]): readonly string[] {
  if (notes.length <= MOST_NOTES) return notes;
  return [...notes.slice(0, MOST_NOTES), `${notes.length - MOST_NOTES} more notes of this kind about other sources.`];
}

/** What was chosen and computed, in an attribute of the output; sets of DaVis keep the attributes that they had, and no others. */
function withChanges(
  dataset: NotedDataset,
  { writer, options, range, framesPerBuffer, set = [] }: Arrangement,
  layout?: string,
): NotedDataset {
  const fields = fieldNames(options['fields']);
  const changes = [
    ...(layout === undefined ? [] : [`layout ${layout}`]),
    ...(range === undefined ? [] : [`range ${range}`]),
    ...(framesPerBuffer === undefined ? [] : [`${framesPerBuffer} frames per buffer`]),
    ...set,
    ...(fields.length === 0 ? [] : [`fields ${fields.join(', ')}`]),
    ...VALUE_KEYS.filter((key) => options[key] !== undefined).map((key) => `${key} ${String(options[key])}`),
  ];
  if (changes.length === 0 || writer.id.startsWith(DAVIS)) return dataset;
  return { ...dataset, info: { ...dataset.info, attributes: addChanges(dataset.info.attributes, changes) } };
}

/** What is done to the buffers of datasets, also of those inside of others. Fields are computed of what expressions made. */
function compute(dataset: FrameDataset, arrangement: Arrangement): NotedDataset {
  const computed = computeStored(dataset, arrangement);
  return { ...withFields(computed, fieldNames(arrangement.options['fields'])), notes: computed.notes };
}

function computeStored(dataset: FrameDataset, { writer, options, set = [] }: Arrangement): NotedDataset {
  // One that writes a component keeps colours where the user names it.
  if (!hasNoColors(writer, options) || options.component !== undefined) return withExpressions(dataset, set);
  const grey = greyColors(dataset);
  const computed = withExpressions(grey, set);
  return { ...computed, notes: () => [...grey.notes(), ...computed.notes()] };
}

/** PNG has colours, unless levels or those of a map are asked for. */
function hasNoColors(writer: Writer, { style, low, high }: OptionValues): boolean {
  return GREY.includes(writer.id) || (writer.id === 'png' && [style, low, high].some((value) => value !== undefined));
}

/** Writes what was arranged; datasets inside of it are opened with `open` and computed alike. What the computing changed stands in the losses. */
export async function writeArranged(
  dataset: NotedDataset,
  arrangement: Arrangement,
  job: Omit<WriteJob, 'dataset' | 'options' | 'openChild'>,
  open: OpenOptions,
): Promise<WriteResult> {
  const noted = new Set<Pick<NotedDataset, 'notes'>>([dataset]);
  const { writer, options } = arrangement;
  const origin = job.resume ? await originOf(arrangement, open) : undefined;
  const result = await writer.write({
    ...job,
    dataset,
    options,
    origin,
    openChild: async (child) => {
      const { dataset: inner } = await openFrames(child.path, { ...open, format: child.format, options: child.options });
      const told = tellingWarnings(inner);
      const computed = compute(told, arrangement);
      noted.add(told).add(computed);
      return computed;
    },
  });
  return { ...result, losses: [...new Set([...result.losses, ...[...noted].flatMap(({ notes }) => notes())])] };
}

/** Sources that were written anew since, too, are other ones. */
async function originOf({ paths, range, framesPerBuffer, set }: Arrangement, { format, options }: OpenOptions): Promise<string> {
  const places = [];
  for (const path of paths) {
    const stats = await fs.stat(path).catch(() => undefined);
    places.push([resolve(path), stats?.isFile() ? [stats.size, stats.mtimeMs] : undefined]);
  }
  return JSON.stringify([places, range, framesPerBuffer, set, format, options]);
}
