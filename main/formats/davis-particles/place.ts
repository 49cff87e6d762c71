import { DataError, isDataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteSource, Folder, FolderEntry } from '../../sources/byte-source.ts';
import { findSet, isSetText, textBeside, type SetPlace } from '../davis/set-place.ts';
import { FILES } from './layout.ts';

/** A particle set on disk. */
export interface ParticlePlace {
  readonly name: string;
  readonly textPath: string;
  readonly folderPath: string;
  /** Undefined where the .set file is not there, or may not be read. */
  readonly openText: ((options?: ReadOptions) => Promise<ByteSource>) | undefined;
  openFile(name: string, options?: ReadOptions): Promise<ByteSource>;
  pathOf(name: string): string;
}

const OWN_FILES: ReadonlySet<string> = new Set(Object.values(FILES));
const NUMBERED_FILE = /^(snapshots(_\d+)?|scalars_\d+)\.bin$/i;

/** True for the names that files in the folder of a particle set have. */
export function isParticleFile(name: string): boolean {
  return OWN_FILES.has(name.toLowerCase()) || NUMBERED_FILE.test(name);
}

/** The set that an entry stands for: NAME.set, the folder NAME, or a file in it. */
export async function findParticles(folder: Folder, entry: FolderEntry): Promise<ParticlePlace> {
  if (entry.kind === 'file' && isSetText(entry.name)) return fromSet(await findSet(folder, entry));
  if (entry.kind === 'folder') {
    return (await textBeside(folder, entry.name)) ? fromSet(await findSet(folder, entry)) : inFolder(folder, entry.name);
  }
  if (isParticleFile(entry.name)) return inFolder(folder, '');
  throw new DataError('unknown-format', `${folder.pathOf(entry.name)} is no particle set.`, {
    path: folder.pathOf(entry.name),
    hint: 'A particle set is opened by NAME.set, its folder NAME, or a file in it.',
  });
}

function fromSet(place: SetPlace): ParticlePlace {
  const { name, textPath, folderPath, openText, openFile, pathOf } = place;
  return { name, textPath, folderPath, openText, openFile, pathOf };
}

/** The files of the folder `inner` ('' = `folder` itself), with the .set text above it where there is one. */
async function inFolder(folder: Folder, inner: string): Promise<ParticlePlace> {
  const folderPath = folder.pathOf(inner);
  const name =
    folderPath
      .split(/[\\/]/)
      .filter((part) => part !== '')
      .at(-1) ?? '';
  const text = inner === '' ? await textAbove(folder, name) : undefined;
  const inside = (file: string): string => (inner === '' ? file : `${inner}/${file}`);
  return {
    name,
    textPath: text === undefined ? folderPath : folder.pathOf(text),
    folderPath,
    openText: text === undefined ? undefined : (options) => folder.open(text, options),
    openFile: (file, options) => folder.open(inside(file), options),
    pathOf: (file) => folder.pathOf(inside(file)),
  };
}

/** The .set text beside the folder itself, which may lie above what may be read. */
export async function textAbove(folder: Folder, name: string): Promise<string | undefined> {
  if (name === '') return undefined;
  for (const text of [`../${name}.set`, `../${name}.SET`]) {
    try {
      if ((await folder.stat(text))?.kind === 'file') return text;
    } catch (error) {
      if (!isDataError(error)) throw error;
    }
  }
  return undefined;
}
