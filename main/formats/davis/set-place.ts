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
  /** A folder inside of the set's folder. */
  listInside(name: string, options?: ReadOptions): Promise<readonly FolderEntry[]>;
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
  throw new DataError('unknown-format', `${folder.pathOf(entry.name)} is no set.`, {
    path: folder.pathOf(entry.name),
    hint: 'A set is opened by NAME.set, its folder NAME, or a buffer file in it.',
  });
}

async function fromText(folder: Folder, textName: string): Promise<SetPlace> {
  const name = textName.slice(0, -TEXT_EXTENSION.length);
  const beside = await findNamed(folder, name, 'folder');
  const path = folder.pathOf(textName);
  if (beside === undefined) {
    throw new DataError('missing-companion', `File ${path} exists but the corresponding folder ${folder.pathOf(name)} doesn't.`, {
      path,
      hint: 'A set is a .set file and the folder of the same name beside it.',
    });
  }
  return placeIn(folder, beside, textName);
}

async function fromFolder(folder: Folder, name: string): Promise<SetPlace> {
  const textName = name === '' ? undefined : await findNamed(folder, name + TEXT_EXTENSION, 'file');
  const path = folder.pathOf(name);
  if (textName === undefined) {
    throw new DataError('missing-companion', `Folder ${path} exists but the corresponding file ${path}${TEXT_EXTENSION} doesn't.`, {
      path,
      hint: 'A set is a .set file and the folder of the same name beside it.',
    });
  }
  return placeIn(folder, name, textName);
}

/** The entry of this name, or the only one that differs in case alone: sets that were copied between systems lose their case. */
async function findNamed(folder: Folder, name: string, kind: FolderEntry['kind']): Promise<string | undefined> {
  if ((await folder.stat(name))?.kind === kind) return name;
  const wanted = name.toLowerCase();
  const alike = (await folder.list()).filter((entry) => entry.kind === kind && entry.name.toLowerCase() === wanted);
  return alike.length === 1 ? alike[0]?.name : undefined;
}

/** Pairs NAME.set + NAME of a listing, in its order, with the names as they are on disk. Links that lead back are left out and told. */
export function setPairs(entries: readonly FolderEntry[]): {
  readonly pairs: readonly { readonly text: string; readonly folder: string }[];
  readonly loops: readonly string[];
} {
  const folders = entries.filter(({ kind }) => kind === 'folder');
  const byName = new Map<string, FolderEntry>();
  for (const folder of folders) byName.set(folder.name.toLowerCase(), folder);
  for (const folder of folders) byName.set(folder.name, folder);
  const found = entries
    .filter(({ kind, name }) => kind === 'file' && isSetText(name))
    .flatMap(({ name: text }) => {
      const stem = text.slice(0, -TEXT_EXTENSION.length);
      const folder = byName.get(stem) ?? byName.get(stem.toLowerCase());
      return folder ? [{ text, folder }] : [];
    });
  return {
    pairs: found.filter(({ folder }) => !folder.loops).map(({ text, folder }) => ({ text, folder: folder.name })),
    loops: found.filter(({ folder }) => folder.loops).map(({ folder }) => folder.name),
  };
}

function placeIn(folder: Folder, name: string, textName: string): SetPlace {
  return {
    name,
    textPath: folder.pathOf(textName),
    folderPath: folder.pathOf(name),
    openText: (options) => folder.open(textName, options),
    list: (options) => folder.list(name, options),
    listInside: (inner, options) => folder.list(`${name}/${inner}`, options),
    openFile: (file, options) => folder.open(`${name}/${file}`, options),
    pathOf: (file) => folder.pathOf(`${name}/${file}`),
  };
}

/** The text of the set whose folder has this name, relative to `folder`; undefined where there is none. */
export function textBeside(folder: Folder, name: string): Promise<string | undefined> {
  return firstFile(folder, '', name);
}

/** The set whose folder holds a buffer file; undefined where there is none, or where the folder above may not be read. */
export async function setAround(folder: Folder, fileName: string): Promise<SetPlace | undefined> {
  if (bufferNumber(fileName) === undefined) return undefined;
  const name = folder.path
    .split(/[\\/]/)
    .filter((part) => part !== '')
    .at(-1);
  const textName = name === undefined ? undefined : await firstFile(folder, '../', name);
  if (name === undefined || textName === undefined) return undefined;
  return {
    name,
    textPath: folder.pathOf(textName),
    folderPath: folder.path,
    openText: (options) => folder.open(textName, options),
    list: (options) => folder.list('', options),
    listInside: (inner, options) => folder.list(inner, options),
    openFile: (file, options) => folder.open(file, options),
    pathOf: (file) => folder.pathOf(file),
  };
}

/** NAME.set in the cases that systems make of it. Probes ask for every folder and buffer file, so nothing is listed for it. */
async function firstFile(folder: Folder, above: string, name: string): Promise<string | undefined> {
  if (name === '') return undefined;
  const upper = TEXT_EXTENSION.toUpperCase();
  const names = new Set([
    name + TEXT_EXTENSION,
    name + upper,
    name.toLowerCase() + TEXT_EXTENSION,
    name.toUpperCase() + upper,
    name.toUpperCase() + TEXT_EXTENSION,
  ]);
  try {
    for (const text of names) if ((await folder.stat(above + text))?.kind === 'file') return above + text;
  } catch (error) {
    if (!isDataError(error)) throw error;
  }
  return undefined;
}
