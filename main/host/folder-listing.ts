import { dirname, join, resolve } from 'node:path';
import type { FolderListing, ListedEntry, ProbeCandidate } from '../../shared/contract/listing.ts';
import { DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import type { Candidate } from '../formats/format.ts';
import { FORMATS } from '../formats/registry.ts';
import type { Folder, FolderEntry } from '../sources/byte-source.ts';
import { isInside } from '../sources/disk-folder.ts';
import { subFolder } from '../sources/sub-folder.ts';
import { createCandidate, extensionOf } from './candidate.ts';
import { locatePath } from './locate.ts';
import { probeCandidate } from './probe.ts';

/** More entries than this are not told: nobody scrolls through them, and each one costs the page memory. */
const MAX_ENTRIES = 5000;
/** Entries whose content is looked at; beyond, the extension decides. */
const MAX_PROBES = 500;

/**
 * A folder as the project tree shows it, in natural order: datasets (a set and its folder are one), folders and other files. Hidden entries
 * are left out. `root` is the folder above which nothing is told.
 */
export async function listFolder(path: string, root: string | undefined, signal: AbortSignal): Promise<FolderListing> {
  const located = await locatePath(path, root);
  if (located.entry.kind !== 'folder') throw new DataError('malformed', `${located.path} is a file, not a folder.`, { path: located.path });
  const folder = subFolder(located.folder, located.entry.name);
  const all = await shownEntries(folder, signal);
  const parent = dirname(located.path);
  const hasParent = parent !== located.path && (root === undefined || isInside(parent, resolve(root)));
  return {
    path: located.path,
    ...(hasParent ? { parent } : {}),
    entries: await entriesOf(folder, all, signal),
    ...(all.length > MAX_ENTRIES ? { leftOut: all.length - MAX_ENTRIES } : {}),
  };
}

/** The same of any folder, also of one that is not on a disk. */
export async function listEntries(folder: Folder, signal: AbortSignal | undefined): Promise<readonly ListedEntry[]> {
  return entriesOf(folder, await shownEntries(folder, signal), signal);
}

async function shownEntries(folder: Folder, signal: AbortSignal | undefined): Promise<readonly FolderEntry[]> {
  return (await folder.list('', { signal })).filter((entry) => !entry.name.startsWith('.'));
}

async function entriesOf(folder: Folder, all: readonly FolderEntry[], signal: AbortSignal | undefined): Promise<readonly ListedEntry[]> {
  return withoutCompanions(await classifyEntries(folder, all.slice(0, MAX_ENTRIES), signal));
}

async function classifyEntries(
  folder: Folder,
  entries: readonly FolderEntry[],
  signal: AbortSignal | undefined,
): Promise<readonly ListedEntry[]> {
  const listed = [];
  let probes = 0;
  for (const entry of entries) {
    throwIfAborted(signal);
    const known = entry.kind === 'folder' || KNOWN_EXTENSIONS.has(extensionOf(entry.name));
    const probing = known && probes < MAX_PROBES;
    if (probing) probes += 1;
    listed.push(await classifyEntry(folder, entry, probing));
  }
  return listed;
}

const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set(FORMATS.flatMap((format) => format.extensions));

async function classifyEntry(folder: Folder, entry: FolderEntry, probing: boolean): Promise<ListedEntry> {
  const { name, size } = entry;
  const place = { name, path: join(folder.path, name), size };
  const candidate = createCandidate(folder, entry);
  const format = probing ? await formatByContent(candidate) : formatByExtension(entry);
  if (format)
    return {
      ...place,
      kind: 'dataset',
      format: format.id,
      ...(probing ? await describeEntry(candidate, format) : { detail: format.label }),
    };
  return { ...place, kind: entry.kind };
}

interface Recognised {
  readonly id: string;
  readonly label: string;
}

/** What the entry holds, in the words of its format; the format's own name where that cannot be told. */
async function describeEntry(candidate: Candidate, { id, label }: Recognised): Promise<Pick<ListedEntry, 'detail' | 'content'>> {
  const format = FORMATS.find((known) => known.id === id);
  return (await format?.describe?.(candidate).catch(() => undefined)) ?? { detail: label };
}

async function formatByContent(candidate: Candidate): Promise<Recognised | undefined> {
  const [best]: readonly ProbeCandidate[] = await probeCandidate(candidate);
  return best && best.score > 0 ? { id: best.format, label: best.label } : undefined;
}

function formatByExtension(entry: FolderEntry): Recognised | undefined {
  return entry.kind === 'folder' ? undefined : FORMATS.find((format) => format.extensions.includes(extensionOf(entry.name)));
}

/** Without the folder of a dataset that also has a file of the same name, whatever the case: both are one dataset. */
function withoutCompanions(entries: readonly ListedEntry[]): readonly ListedEntry[] {
  const stems = new Set(
    entries
      .filter((entry) => entry.kind === 'dataset' && entry.name.includes('.'))
      .map((entry) => `${entry.format} ${stemOf(entry.name).toLowerCase()}`),
  );
  return entries.filter((entry) => !(entry.kind === 'dataset' && stems.has(`${entry.format} ${entry.name.toLowerCase()}`)));
}

function stemOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
}
