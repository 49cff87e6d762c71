import type { Candidate, FolderEntry, Folder } from '../formats/format.ts';
import { limitedFolder, type ReadBudget } from '../sources/limited-folder.ts';

/** What all probes of one candidate may read together, their opened companions included. */
export const PROBE_BYTES = 64 * 1024;
const HEAD_BYTES = 4096;

/** What a probe sees of an entry. Reads beyond the budget fail with `too-large`; the head is read once. */
export function createCandidate(folder: Folder, entry: FolderEntry, budget: ReadBudget = { left: PROBE_BYTES, used: 0 }): Candidate {
  const limited = limitedFolder(folder, budget);
  let head: Promise<Uint8Array> = Promise.resolve(new Uint8Array(0));
  let siblings: Promise<readonly FolderEntry[]> | undefined;
  return {
    folder: limited,
    entry,
    extension: extensionOf(entry.name),
    head: (length = HEAD_BYTES) => {
      head = head.then((known) => (entry.kind === 'folder' ? known : extendHead(limited, entry, known, Math.min(length, entry.size))));
      return head.then((bytes) => bytes.subarray(0, length));
    },
    siblings: () => {
      siblings ??= limited.list();
      return siblings;
    },
  };
}

async function extendHead(folder: Folder, entry: FolderEntry, known: Uint8Array, length: number): Promise<Uint8Array> {
  if (length <= known.byteLength) return known;
  await using source = await folder.open(entry.name);
  const more = await source.read(known.byteLength, length - known.byteLength);
  const head = new Uint8Array(length);
  head.set(known);
  head.set(more, known.byteLength);
  return head;
}

/** Lower case without the dot; '' where there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}
