import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ChildRef, FrameBuffer, FrameDataset, FrameDatasetInfo, ReadOptions, Warning } from '../../../shared/model/dataset.ts';
import { unitScale } from '../../../shared/model/scale.ts';
import type { FolderEntry } from '../../sources/byte-source.ts';
import type { Candidate, Format, OpenInput, Opened, ProbeAnswer } from '../format.ts';
import { readBuffer } from './read-buffer.ts';
import { bufferNumber, listSetFiles, type SetFiles } from './set-files.ts';
import { findSet, isSetText, setAround, type SetPlace } from './set-place.ts';
import { isForeignType, kindWord, parseSetText, textEntry, typeOf, type SetText } from './set-text.ts';

/** DaVis image and vector sets: NAME.set with the folder NAME that holds B00001.im7, B00002.vc7 ... */
export const davisSet: Format = {
  id: 'davis-set',
  label: 'DaVis set (.set)',
  extensions: ['set'],
  options: {},
  probe,
  open,
};

/** Real ones have a few hundred bytes to a few kilobytes. */
const MAX_TEXT_BYTES = 4 << 20;
/** How much of a .set file a probe looks at. */
const PROBE_TEXT_BYTES = 1024;

async function probe({ entry, folder, head }: Candidate): Promise<ProbeAnswer> {
  if (entry.kind === 'folder') {
    const text = entry.name === '' ? undefined : await folder.stat(`${entry.name}.set`);
    return text?.kind === 'file' ? { score: 0.95, reason: `${entry.name}.set lies beside the folder` } : { score: 0, reason: 'a folder without .set file beside it' };
  }
  if (isSetText(entry.name)) {
    const text = new TextDecoder('latin1').decode(await head(PROBE_TEXT_BYTES));
    return /\bSet[A-Z]\w*\s+=|#GROUP|set file </.test(text) ? { score: 0.95, reason: 'text of a set' } : { score: 0.5, reason: 'extension .set' };
  }
  const place = await setAround(folder, entry.name);
  return place ? { score: 0.95, reason: `buffer of the set ${place.name}` } : { score: 0, reason: 'neither a .set file nor a buffer of a set' };
}

/** Reads the .set text and lists the folder; no buffer is opened. */
async function open(input: OpenInput): Promise<Opened> {
  const place = await findSet(input.folder, input.entry);
  const text = await readText(place, input);
  refuse(place, text);
  const entries = await place.list(input);
  const dataset = setDataset(place, text, entries);
  const number = input.entry.kind === 'file' && !isSetText(input.entry.name) ? bufferNumber(input.entry.name) : undefined;
  return number === undefined ? { dataset } : { dataset, ...startAt(number, input, dataset.info) };
}

function startAt(number: number, { folder, entry }: OpenInput, info: FrameDatasetInfo): Pick<Opened, 'at' | 'single'> {
  const single = folder.pathOf(entry.name);
  const [axis] = info.nav;
  return number >= 1 && axis && number <= axis.size ? { at: number - 1, single } : { single };
}

async function readText(place: SetPlace, options: ReadOptions): Promise<SetText> {
  const source = await place.openText(options);
  try {
    if (source.size > MAX_TEXT_BYTES) {
      throw new DataError('malformed', `${place.textPath} has ${source.size} bytes; the text of a set has at most ${MAX_TEXT_BYTES}.`, { path: place.textPath });
    }
    return parseSetText(await source.read(0, source.size, options));
  } finally {
    await source[Symbol.asyncDispose]();
  }
}

/** Identifiers of sets that hold plain buffers, or whose lack of them is shown. */
const KNOWN_IDENTIFIER = /^(Set|StreamSet|SET_TYPE_ID_\w*|)$/;

/** Sets whose data are not the buffer files themselves. */
function refuse(place: SetPlace, text: SetText): void {
  const identifier = textEntry(text, 'SetIdentifier');
  const details = { path: place.textPath };
  if (identifier === 'ParticleField') throw new DataError('unsupported', `${place.folderPath} is a particle field, which this reader does not decode.`, { ...details, field: 'SetIdentifier' });
  if (!KNOWN_IDENTIFIER.test(identifier)) {
    throw new DataError('unsupported', `The set can't be opened: its kind '${identifier}' is not supported.`, { ...details, field: 'SetIdentifier', hint: 'Its buffer files can be opened one by one.' });
  }
  for (const key of ['SetViewCallback', 'SetLoadCallback']) {
    const callback = textEntry(text, key);
    if (callback !== '') {
      throw new DataError('unsupported', `The set can't be opened: it is shown by the DaVis macro '${callback}'.`, { ...details, field: key, hint: 'Its buffer files can be opened one by one.' });
    }
  }
}

function setDataset(place: SetPlace, text: SetText, entries: readonly FolderEntry[]): FrameDataset {
  const isStream = textEntry(text, 'SetIdentifier') === 'StreamSet';
  const files = listSetFiles(isStream ? [] : entries, place.folderPath);
  const info = setInfo(place, text, entries, files);
  let closed = false;
  return {
    info,
    buffer: async (index, options) => {
      if (closed) throw new DataError('closed', `The set ${info.title} is closed.`, { path: info.path });
      throwIfAborted(options?.signal);
      return openBuffer(place, files, info, index, options);
    },
    [Symbol.asyncDispose]: async () => {
      closed = true;
    },
  };
}

async function openBuffer(place: SetPlace, files: SetFiles, info: FrameDatasetInfo, index: number, options?: ReadOptions): Promise<FrameBuffer> {
  if (!Number.isInteger(index) || index < 0 || index >= files.highest) {
    throw new DataError('out-of-range', `There is no buffer ${index}: the set ${info.title} has ${files.highest}${files.highest > 0 ? ` (0 to ${files.highest - 1})` : ''}.`, { path: place.folderPath, field: 'buffer' });
  }
  const name = files.byNumber.get(index + 1);
  if (name === undefined) {
    const path = place.pathOf(`B${String(index + 1).padStart(5, '0')}`);
    throw new DataError('not-found', `Gap (=missing buffer) in the numbering of the set data files: ${index} doesn't exist in ${place.folderPath}.`, { path, hint: `The folder has no buffer file with the number ${index + 1}.` });
  }
  const source = await place.openFile(name, options);
  try {
    const attributes = { LoadFile: place.pathOf(name), LoadSet: place.folderPath, LoadSetIndex: String(index + 1), LoadSetType: info.typeId ?? '' };
    return await readBuffer(source, { index, name, attributes }, options);
  } finally {
    await source[Symbol.asyncDispose]();
  }
}

function setInfo(place: SetPlace, text: SetText, entries: readonly FolderEntry[], files: SetFiles): FrameDatasetInfo {
  const typeId = typeOf(text);
  const title = textEntry(text, 'SetTitle') || place.name;
  const count = files.byNumber.size;
  const children = childSets(place, entries);
  return {
    kind: 'frames', format: davisSet.id, title, path: place.textPath,
    summary: `<${kindWord(typeId)} '${title}' with ${count} buffer${count === 1 ? '' : 's'}>`,
    attributes: Object.fromEntries(text),
    warnings: [...typeWarnings(place, text, typeId), ...files.warnings],
    tables: [], children,
    nav: [{ name: 'buffer', size: files.highest, scale: unitScale('') }],
    uniform: false, rawDtype: '', guessed: [], diagnostics: [], typeId,
    isMultiset: count === 0 && children.length > 0,
    firstNumber: 1, missing: files.missing,
  };
}

function typeWarnings(place: SetPlace, text: SetText, typeId: string): readonly Warning[] {
  const path = place.textPath;
  if (textEntry(text, 'SetIdentifier') === 'StreamSet') {
    return [{ code: 'unsupported', message: `The recording ${place.name} holds .ims streams (StreamSet), which are not supported: no buffer is shown.`, path }];
  }
  return isForeignType(typeId) ? [{ code: 'unsupported', message: `Sets of type ${typeId} are not supported; their buffer files are shown where there are any.`, path }] : [];
}

/** Sets inside of the set's folder: members of a multi-set, sub sets of a DVC recording, results. */
function childSets(place: SetPlace, entries: readonly FolderEntry[]): readonly ChildRef[] {
  const folders = new Set(entries.filter(({ kind }) => kind === 'folder').map(({ name }) => name));
  return entries
    .filter(({ kind, name }) => kind === 'file' && isSetText(name) && folders.has(name.slice(0, -4)))
    .map(({ name }) => ({ title: name.slice(0, -4), path: place.pathOf(name), format: davisSet.id }));
}
