import { DataError, isDataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteSource, Folder, FolderEntry } from '../../sources/byte-source.ts';
import { bufferNumber } from './set-files.ts';

/** A set on disk: the text file NAME.set and the folder NAME beside it. */
export interface SetPlace {
  readonly name: string;
  /** Full paths, as shown. */
  readonly textPath: string;
  readonly folderPath: string;
  openText(options?: ReadOptions): Promise<ByteSource>;
  list(options?: ReadOptions): Promise<readonly FolderEntry[]>;
  openFile(name: string, options?: ReadOptions): Promise<ByteSource>;
  pathOf(name: string): string;
}

const TEXT_EXTENSION = '.set';

export function isSetText(name: string): boolean {
  return name.toLowerCase().endsWith(TEXT_EXTENSION) && name.length > TEXT_EXTENSION.length;
}

/** The set that an entry stands for: NAME.set, the folder NAME, or a buffer file in it. `missing-companion` where the other half is absent. */
export async function findSet(folder: Folder, entry: FolderEntry): Promise<SetPlace> {
  if (entry.kind === 'folder') return fromFolder(folder, entry.name);
  if (isSetText(entry.name)) return fromText(folder, entry.name);
  const place = await setAround(folder, entry.name);
  if (place) return place;
  throw new DataError('unknown-format', `${folder.pathOf(entry.name)} is no set.`, { path: folder.pathOf(entry.name), hint: 'A set is opened by NAME.set, its folder NAME, or a buffer file in it.' });
}

async function fromText(folder: Folder, textName: string): Promise<SetPlace> {
  const name = textName.slice(0, -TEXT_EXTENSION.length);
  const beside = await folder.stat(name);
  const path = folder.pathOf(textName);
  if (beside?.kind !== 'folder') {
    throw new DataError('missing-companion', `File ${path} exists but the corresponding folder ${folder.pathOf(name)} doesn't.`, { path, hint: 'A set is a .set file and the folder of the same name beside it.' });
  }
  return placeIn(folder, name, textName);
}

async function fromFolder(folder: Folder, name: string): Promise<SetPlace> {
  const textName = name + TEXT_EXTENSION;
  const path = folder.pathOf(name);
  if (name === '' || (await folder.stat(textName))?.kind !== 'file') {
    throw new DataError('missing-companion', `Folder ${path} exists but the corresponding file ${path}${TEXT_EXTENSION} doesn't.`, { path, hint: 'A set is a .set file and the folder of the same name beside it.' });
  }
  return placeIn(folder, name, textName);
}

function placeIn(folder: Folder, name: string, textName: string): SetPlace {
  return {
    name,
    textPath: folder.pathOf(textName),
    folderPath: folder.pathOf(name),
    openText: (options) => folder.open(textName, options),
    list: (options) => folder.list(name, options),
    openFile: (file, options) => folder.open(`${name}/${file}`, options),
    pathOf: (file) => folder.pathOf(`${name}/${file}`),
  };
}

/** The set whose folder holds a buffer file; undefined where there is none, or where the folder above may not be read. */
export async function setAround(folder: Folder, fileName: string): Promise<SetPlace | undefined> {
  if (bufferNumber(fileName) === undefined) return undefined;
  const name = folder.path.split(/[\\/]/).filter((part) => part !== '').at(-1);
  if (name === undefined) return undefined;
  const textName = `../${name}${TEXT_EXTENSION}`;
  try {
    if ((await folder.stat(textName))?.kind !== 'file') return undefined;
  } catch (error) {
    if (isDataError(error)) return undefined;
    throw error;
  }
  return {
    name,
    textPath: folder.pathOf(textName),
    folderPath: folder.path,
    openText: (options) => folder.open(textName, options),
    list: (options) => folder.list('', options),
    openFile: (file, options) => folder.open(file, options),
    pathOf: (file) => folder.pathOf(file),
  };
}
