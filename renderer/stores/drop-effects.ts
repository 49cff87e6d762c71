import type { WireArray } from '../../shared/contract/payload.ts';
import { DataError, toErrorRecord } from '../../shared/model/data-error.ts';
import { connection } from '../client/connection.ts';
import { desktop } from '../client/desktop.ts';
import { text } from '../strings/en.ts';
import { addDataset, openPaths } from './open-effects.ts';
import { toast } from './toast-store.ts';
import { useUi } from './ui-store.ts';

/** A page without paths sends the bytes of dropped files through the browser: more than this is refused. */
const MAX_DROPPED_MIB = 512;
const MAX_DROPPED_FILES = 5000;
/** More tabs than these nobody meant to have. */
const MAX_OTHERS = 19;
const BYTES_PER_MIB = 1024 * 1024;

interface NamedFile {
  /** Relative to what was dropped, with '/'. */
  readonly name: string;
  readonly file: File;
}

/** Opens what was dropped on the window: by path on the desktop, by its bytes in a browser. */
export async function openDropped(data: DataTransfer): Promise<void> {
  if (desktop) {
    const paths = [...data.files].map((file) => desktop?.pathForFile(file) ?? '').filter(Boolean);
    return openPaths(paths);
  }
  // The entries must be taken before the first await: a drop's data are gone after its event. A file without a place has no entry.
  const items = [...data.items].map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  try {
    const files = await Promise.all(
      items.map(async ({ entry, file }) => (entry ? filesOf(entry) : file ? [{ name: file.name, file }] : [])),
    );
    await openFiles(files.flat());
  } catch (error) {
    useUi.getState().show({ kind: 'error', title: text.errors.cannotOpenDrop, error: toErrorRecord(error) });
  }
}

async function openFiles(files: readonly NamedFile[]): Promise<void> {
  checkSize(files);
  const arrays: WireArray[] = [];
  for (const { file } of files) arrays.push({ dtype: 'u1', data: new Uint8Array(await file.arrayBuffer()) });
  const transport = await connection();
  const { meta } = await transport.call('openBytes', { names: files.map(({ name }) => name) }, { arrays });
  addDataset(meta, {});
  const others = meta.others ?? [];
  if (others.length > MAX_OTHERS) toast(text.errors.dropMany(MAX_OTHERS + 1, others.length + 1), 'warn');
  // As on the desktop: one after the other, and none is stopped by the failure of another.
  for (const name of others.slice(0, MAX_OTHERS)) {
    try {
      addDataset((await transport.call('openBeside', { dataset: meta.id, name })).meta, {});
    } catch (error) {
      useUi.getState().show({ kind: 'error', title: text.errors.cannotOpen(name), error: toErrorRecord(error) });
    }
  }
}

function checkSize(files: readonly NamedFile[]): void {
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  if (files.length === 0) throw new DataError('not-found', text.errors.dropEmpty);
  if (files.length > MAX_DROPPED_FILES || bytes > MAX_DROPPED_MIB * BYTES_PER_MIB) {
    throw new DataError(
      'too-large',
      text.errors.dropTooLarge(files.length, Math.ceil(bytes / BYTES_PER_MIB), MAX_DROPPED_FILES, MAX_DROPPED_MIB),
      { hint: text.errors.dropHint },
    );
  }
}

async function filesOf(entry: FileSystemEntry): Promise<NamedFile[]> {
  if (isFile(entry))
    return [{ name: entry.fullPath.replace(/^\//, ''), file: await new Promise((resolve, reject) => entry.file(resolve, reject)) }];
  if (!isFolder(entry)) return [];
  const reader = entry.createReader();
  const found: NamedFile[] = [];
  // A reader gives at most 100 entries a call and an empty list at the end.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0 || found.length > MAX_DROPPED_FILES) return found;
    for (const child of batch) found.push(...(await filesOf(child)));
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
