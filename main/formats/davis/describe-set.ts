import type { Candidate, EntryContent } from '../format.ts';
import { bufferNumber } from './set-files.ts';
import { isSetText } from './set-place.ts';
import { isForeignType, parseSetText, typeOf } from './set-text.ts';

/** The type stands within the first kilobytes. */
const TEXT_BYTES = 16 * 1024;

/** Kind and number of buffers, from the text and the names in the folder; a folder is told with its text. */
export async function describeSet({ entry, folder, head }: Candidate): Promise<EntryContent | undefined> {
  if (entry.kind === 'folder' || !isSetText(entry.name)) return undefined;
  const typeId = typeOf(parseSetText(await head(TEXT_BYTES)));
  if (isForeignType(typeId)) return { detail: `Set of type ${typeId.replace('SET_TYPE_ID_', '').toLowerCase()}` };
  const names = await folder.names(entry.name.slice(0, entry.name.lastIndexOf('.'))).catch(() => []);
  const buffers = new Set(names.map(bufferNumber).filter((number) => number !== undefined)).size;
  const members = names.filter(isSetText).length;
  const content = typeId === 'SET_TYPE_ID_VECTOR' ? 'vectors' : 'images';
  const what = content === 'vectors' ? 'Vectors' : 'Images';
  if (buffers > 0) return { detail: `${what}, ${counted(buffers, 'buffer')}`, content };
  return members > 0 ? { detail: counted(members, 'set') } : { detail: what, content };
}

function counted(count: number, one: string): string {
  return `${String(count).replace(/\B(?=(\d{3})+$)/g, ',')} ${one}${count === 1 ? '' : 's'}`;
}
