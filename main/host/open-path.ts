import type { ProbeCandidate } from '../../shared/contract/listing.ts';
import { DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import { isFrameDataset, type Dataset, type FrameDataset, type ReadOptions } from '../../shared/model/dataset.ts';
import type { Format, Opened } from '../formats/format.ts';
import { bufferNumber } from '../formats/davis/set-files.ts';
import { namesParticles } from '../formats/particle-table/csv-table.ts';
import { parseOptions } from '../formats/options.ts';
import { FORMATS } from '../formats/registry.ts';
import type { Folder, FolderEntry } from '../sources/byte-source.ts';
import { createCandidate } from './candidate.ts';
import { locatePath } from './locate.ts';
import { probeCandidate } from './probe.ts';

/** How to open: a forced reader, its options as given, and the folder that must not be left. */
export interface OpenOptions extends ReadOptions {
  readonly format?: string | undefined;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  readonly root?: string | undefined;
}

export interface OpenedPath<D extends Dataset = Dataset> extends Opened<D> {
  /** Id of the format that opened it. */
  readonly format: string;
}

/** Opens what lies at a path with the surest format, or with the one that is named. */
export async function openPath(path: string, options: OpenOptions = {}): Promise<OpenedPath> {
  const { folder, entry } = await locatePath(path, options.root);
  return openEntry(folder, entry, options);
}

/** `openPath` for what only frames can be used for; particles are `unsupported`. */
export async function openFrames(path: string, options: OpenOptions = {}): Promise<OpenedPath<FrameDataset>> {
  const opened = await openPath(path, options);
  const { dataset } = opened;
  if (isFrameDataset(dataset)) return { ...opened, dataset };
  await dataset[Symbol.asyncDispose]();
  throw noFrames(dataset);
}

/** What is said where frames are asked of a set of particles. */
export function noFrames({ info }: Dataset): DataError {
  return new DataError('unsupported', `${info.title} holds particles, not frames.`, {
    path: info.path,
    hint: 'streakline tracks reads and exports particles and tracks.',
  });
}

/** All formats with score and reason, surest first. */
export async function probePath(path: string, options: Pick<OpenOptions, 'root'> = {}): Promise<readonly ProbeCandidate[]> {
  const { folder, entry } = await locatePath(path, options.root);
  return probeCandidate(createCandidate(folder, entry));
}

/** `openPath` for an entry of any folder. */
export async function openEntry(folder: Folder, entry: FolderEntry, options: OpenOptions): Promise<OpenedPath> {
  const format = options.format === undefined ? await chooseFormat(folder, entry) : formatById(options.format);
  const values = parseOptions(format.options, options.options ?? {});
  throwIfAborted(options.signal);
  const opened = await format.open({ folder, entry, options: values, signal: options.signal });
  return { ...opened, format: format.id };
}

async function chooseFormat(folder: Folder, entry: FolderEntry): Promise<Format<Dataset>> {
  const candidates = await probeCandidate(createCandidate(folder, entry));
  const [best] = candidates;
  if (!best || best.score <= 0) {
    await checkReadable(folder, entry);
    throw (
      (await withoutSetText(folder, entry)) ?? (await particlesOfOthers(folder, entry)) ?? unknownFormat(folder.pathOf(entry.name), entry)
    );
  }
  return formatById(best.format);
}

/** No reader recognises what may not be read: then that is the reason to tell. */
async function checkReadable(folder: Folder, entry: FolderEntry): Promise<void> {
  if (entry.kind === 'folder') await folder.list(entry.name);
  else await (await folder.open(entry.name))[Symbol.asyncDispose]();
}

/** The folder of a set whose text is gone. */
async function withoutSetText(folder: Folder, entry: FolderEntry): Promise<DataError | undefined> {
  if (entry.kind !== 'folder' || !(await folder.names(entry.name)).some((name) => bufferNumber(name) !== undefined)) return undefined;
  const path = folder.pathOf(entry.name);
  return new DataError(
    'missing-companion',
    `The folder ${path} exists and holds buffers of DaVis, but the corresponding file ${path}.set does not.`,
    {
      path: `${path}.set`,
      hint: 'Its buffers can be opened one by one, or collected: streakline convert FOLDER/B*.* NEW.set.',
    },
  );
}

const HEADING_BYTES = 64 * 1024;

/** A table of particles opens where somebody asks for it: it could be one of anything else. */
async function particlesOfOthers(folder: Folder, entry: FolderEntry): Promise<DataError | undefined> {
  if (!/\.(csv|txt|dat)$/i.test(entry.name)) return undefined;
  await using source = await folder.open(entry.name);
  if (!namesParticles(new TextDecoder().decode(await source.read(0, Math.min(HEADING_BYTES, source.size))))) return undefined;
  const path = folder.pathOf(entry.name);
  return new DataError('unknown-format', `${path} is in no known format, but has columns of particles.`, {
    path,
    hint: '--format particle-table opens it, convert TABLE NEW.set --to davis-particles makes a set of it; a JSON file beside it gives the times of its steps.',
  });
}

function unknownFormat(path: string, entry: FolderEntry): DataError {
  const what = entry.kind === 'folder' ? `The folder ${path} is not itself a dataset of a known format.` : `${path} is in no known format.`;
  const hint = `None of the ${FORMATS.length} readers recognises it by name or content; 'streakline info --probe' lists their reasons.`;
  return new DataError('unknown-format', what, { path, hint });
}

export function formatById(id: string): Format<Dataset> {
  const format = FORMATS.find((known) => known.id === id);
  if (!format)
    throw new DataError('invalid-option', `There is no format '${id}'.`, {
      field: 'format',
      hint: `Known formats: ${FORMATS.map((known) => known.id).join(', ')}.`,
    });
  return format;
}
