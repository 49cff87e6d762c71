import { DEVICES_INFO } from '../../../shared/compute/device-table.ts';
import { timesInfo } from '../../../shared/compute/time-table.ts';
import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ChildRef, FrameDataset, FrameDatasetInfo, ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { unitScale } from '../../../shared/model/scale.ts';
import type { FolderEntry } from '../../sources/byte-source.ts';
import { fileContent } from './file-content.ts';
import { findChildren } from './set-children.ts';
import type { SetContent } from './set-content.ts';
import { compareContents } from './set-growth.ts';
import type { SetPlace } from './set-place.ts';
import { isForeignType, kindWord, textEntry, typeOf, type SetText } from './set-text.ts';
import { streamContent } from './stream-content.ts';

export const SET_FORMAT = 'davis-set';

/** What does not change while a set grows. */
interface SetBase {
  readonly place: SetPlace;
  readonly text: SetText;
  readonly typeId: string;
  readonly title: string;
  readonly children: readonly ChildRef[];
  readonly isMember: boolean;
  readonly warnings: readonly Warning[];
}

/** The dataset of a set: its folder is listed, no buffer is opened. */
export async function openSet(place: SetPlace, text: SetText, options: ReadOptions): Promise<FrameDataset> {
  const entries = await place.list(options);
  const { own, inner, warnings } = await findChildren(place, entries, SET_FORMAT, options);
  const typeId = typeOf(text);
  const base: SetBase = {
    place,
    text,
    typeId,
    title: textEntry(text, 'SetTitle') || place.name,
    children: [...own, ...inner],
    isMember: own.length > 0,
    warnings: [...textWarnings(place, text), ...typeWarnings(place, typeId, own.length + inner.length > 0), ...warnings],
  };
  return setDataset(base, await readContent(base, entries, options));
}

function setDataset(base: SetBase, first: SetContent): FrameDataset {
  let content = first;
  let info = setInfo(base, first);
  let closed = false;
  const contentAt = (index: number, options?: ReadOptions): SetContent => {
    if (closed) throw new DataError('closed', `The set ${base.title} is closed.`, { path: info.path });
    throwIfAborted(options?.signal);
    if (!Number.isInteger(index) || index < 0 || index >= content.count) throw noBuffer(base, content, index);
    return content;
  };
  return {
    get info() {
      return info;
    },
    buffer: async (index, options) => contentAt(index, options).buffer(index, options),
    facts: async (index, options) => contentAt(index, options).facts(index, options),
    growth: {
      path: base.place.folderPath,
      refresh: async (options) => {
        const now = await readContent(base, await base.place.list(options), options);
        const { accepted, ...change } = await compareContents(content, now, options);
        if (!closed) content = accepted;
        if (!closed && change.changed) info = setInfo(base, accepted);
        return change;
      },
    },
    [Symbol.asyncDispose]: async () => {
      closed = true;
    },
  };
}

/** Streams where the set says that it has them and they are there, else files. */
async function readContent({ place, text, typeId }: SetBase, entries: readonly FolderEntry[], options?: ReadOptions): Promise<SetContent> {
  const facts = { folderPath: place.folderPath, typeId };
  const isStream = textEntry(text, 'SetIdentifier') === 'StreamSet';
  const streams = isStream ? await streamContent(place, entries, facts, options) : undefined;
  if (streams) return streams;
  const files = fileContent(place, entries, facts);
  return isStream && files.present === 0 ? { ...files, warnings: [...files.warnings, noStreams(place)] } : files;
}

function noStreams({ name, textPath }: SetPlace): Warning {
  return {
    code: 'unsupported',
    message: `The recording ${name} says that it holds .ims streams (StreamSet), but none is there under a known name: no buffer is shown.`,
    path: textPath,
  };
}

function setInfo(base: SetBase, content: SetContent): FrameDatasetInfo {
  const { place, text, typeId, title, children } = base;
  const { count, present } = content;
  return {
    kind: 'frames',
    format: SET_FORMAT,
    title,
    path: place.textPath,
    summary: `<${kindWord(typeId)} '${title}' with ${present} buffer${present === 1 ? '' : 's'}>`,
    attributes: Object.fromEntries(text),
    warnings: [...base.warnings, ...content.warnings],
    tables: count === 0 ? [] : [DEVICES_INFO, timesInfo(count)],
    children,
    nav: [{ name: 'buffer', size: count, scale: unitScale('') }],
    uniform: false,
    rawDtype: '',
    guessed: [],
    diagnostics: [],
    typeId,
    isMultiset: present === 0 && base.isMember,
    mayGrow: true,
    firstNumber: 1,
    missing: content.missing,
  };
}

const FOLDER_TYPE = 'SET_TYPE_ID_FOLDER';

/** A text without a single entry opens, as lvpyio opens it, but nobody should take its type and title for told ones. */
function textWarnings(place: SetPlace, text: SetText): readonly Warning[] {
  if (text.size > 0) return [];
  const message = `${place.textPath} has no entry that can be read (Key = value;): the set is shown as images under the name of its folder.`;
  return [{ code: 'malformed', message, path: place.textPath }];
}

/** A folder of sets is shown as what it is. */
function typeWarnings(place: SetPlace, typeId: string, holdsSets: boolean): readonly Warning[] {
  if (!isForeignType(typeId) || (holdsSets && typeId === FOLDER_TYPE)) return [];
  return [{ code: 'unsupported', message: unsupportedType(typeId), path: place.textPath }];
}

function unsupportedType(typeId: string): string {
  return `Sets of type ${typeId} are not supported; their buffer files are shown where there are any.`;
}

/** Why there is no such buffer; a set without any says what it is instead. */
function noBuffer({ place, title, typeId, children }: SetBase, { count, warnings }: SetContent, index: number): DataError {
  const details = { path: place.folderPath, field: 'buffer' };
  const unsupported = isForeignType(typeId) ? unsupportedType(typeId) : warnings.find(({ code }) => code === 'unsupported')?.message;
  if (count === 0 && children.length > 0) {
    return new DataError(
      'out-of-range',
      `The set ${title} has no buffers of its own, it holds ${children.length} set${children.length === 1 ? '' : 's'}.`,
      {
        ...details,
        hint: `Open one of them: ${children
          .slice(0, 3)
          .map((child) => child.path)
          .join(', ')}${children.length > 3 ? ' ...' : ''}`,
      },
    );
  }
  if (count === 0 && unsupported !== undefined) return new DataError('unsupported', unsupported, details);
  return new DataError(
    'out-of-range',
    `There is no buffer ${index}: the set ${title} has ${count}${count > 0 ? ` (0 to ${count - 1})` : ''}.`,
    details,
  );
}
