import { DataError } from '../../../shared/model/data-error.ts';
import type { FrameDatasetInfo, ReadOptions } from '../../../shared/model/dataset.ts';
import type { Candidate, Format, OpenInput, Opened, ProbeAnswer } from '../format.ts';
import { describeSet } from './describe-set.ts';
import { openSet, SET_FORMAT } from './set-dataset.ts';
import { bufferNumber } from './set-files.ts';
import { findSet, isSetText, setAround, textBeside, type SetPlace } from './set-place.ts';
import { parseSetText, textEntry, type SetText } from './set-text.ts';

/** DaVis image and vector sets: NAME.set with the folder NAME that holds B00001.im7, B00002.vc7 ... */
export const davisSet: Format = {
  id: SET_FORMAT,
  label: 'DaVis set (.set)',
  extensions: ['set'],
  options: {},
  probe,
  describe: describeSet,
  open,
};

/** Real ones have a few hundred bytes to a few kilobytes. */
const MAX_TEXT_BYTES = 4 << 20;
/** How much of a .set file a probe looks at. */
const PROBE_TEXT_BYTES = 1024;

async function probe({ entry, folder, head }: Candidate): Promise<ProbeAnswer> {
  if (entry.kind === 'folder') {
    const text = await textBeside(folder, entry.name);
    return text ? { score: 0.95, reason: `${text} lies beside the folder` } : { score: 0, reason: 'a folder without .set file beside it' };
  }
  if (isSetText(entry.name)) {
    const text = new TextDecoder('latin1').decode(await head(PROBE_TEXT_BYTES));
    return /\bSet[A-Z]\w*\s+=|#GROUP|set file </.test(text)
      ? { score: 0.95, reason: 'text of a set' }
      : { score: 0.5, reason: 'extension .set' };
  }
  const place = await setAround(folder, entry.name);
  return place
    ? { score: 0.95, reason: `buffer of the set ${place.name}` }
    : { score: 0, reason: 'neither a .set file nor a buffer of a set' };
}

/** Reads the .set text and lists the folder; no buffer is opened. */
async function open(input: OpenInput): Promise<Opened> {
  const place = await findSet(input.folder, input.entry);
  const text = await readText(place, input);
  refuse(place, text);
  const dataset = await openSet(place, text, input);
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
      throw new DataError('malformed', `${place.textPath} has ${source.size} bytes; the text of a set has at most ${MAX_TEXT_BYTES}.`, {
        path: place.textPath,
      });
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
  if (identifier === 'ParticleField') {
    throw new DataError('unsupported', `${place.folderPath} is a particle field, not a set of buffers.`, {
      ...details,
      field: 'SetIdentifier',
      hint: 'The reader davis-particles opens it.',
    });
  }
  if (!KNOWN_IDENTIFIER.test(identifier)) {
    throw new DataError('unsupported', `The set can't be opened: its kind '${identifier}' is not supported.`, {
      ...details,
      field: 'SetIdentifier',
      hint: 'Its buffer files can be opened one by one.',
    });
  }
  for (const key of ['SetViewCallback', 'SetLoadCallback']) {
    const callback = textEntry(text, key);
    if (callback !== '') {
      throw new DataError('unsupported', `The set can't be opened: it is shown by the DaVis macro '${callback}'.`, {
        ...details,
        field: key,
        hint: 'Its buffer files can be opened one by one.',
      });
    }
  }
}
