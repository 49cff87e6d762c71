import type { Warning } from '../../../shared/model/warning.ts';
import type { FolderEntry } from '../../sources/byte-source.ts';

/** The buffer files of a set's folder by their number, which counts from 1. */
export interface SetFiles {
  readonly byNumber: ReadonlyMap<number, string>;
  /** Size and time of those files by 0-based index. */
  readonly versions: ReadonlyMap<number, string>;
  /** Highest number: so many buffers the navigation has. */
  readonly highest: number;
  /** Half-open ranges of 0-based indices whose file is missing. */
  readonly missing: readonly (readonly [from: number, to: number])[];
  readonly warnings: readonly Warning[];
}

/** In this order a file is preferred where several have the same number. */
const EXTENSIONS = ['im7', 'vc7', 'imx', 'img', 'vec'];
const BUFFER_NAME = /^b(\d+)\.(im7|vc7|imx|img|vec)$/i;

/** The highest number that is believed grows with the number of files: a stray B999999999.im7 must not make a billion buffers. */
const MAX_NUMBER = 100_000;
const MAX_NUMBER_PER_FILE = 1000;

/** Number of a buffer file such as B00012.im7; undefined for other names. */
export function bufferNumber(name: string): number | undefined {
  const digits = BUFFER_NAME.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function listSetFiles(entries: readonly FolderEntry[], path: string): SetFiles {
  const byNumber = new Map<number, string>();
  const left: string[] = [];
  const files = entries.filter(({ kind, name }) => kind === 'file' && bufferNumber(name) !== undefined);
  for (const { name } of files) {
    const number = bufferNumber(name) ?? 0;
    if (number < 1 || number > MAX_NUMBER + MAX_NUMBER_PER_FILE * files.length) {
      left.push(name);
      continue;
    }
    const known = byNumber.get(number);
    if (known === undefined || rank(name) < rank(known)) byNumber.set(number, name);
    if (known !== undefined) left.push(rank(name) < rank(known) ? known : name);
  }
  const numbers = [...byNumber.keys()].sort((a, b) => a - b);
  const highest = numbers.at(-1) ?? 0;
  const missing = gaps(numbers);
  const states = new Map(files.map(({ name, size, modified = 0 }) => [name, `${size} ${modified}`]));
  const versions = new Map([...byNumber].map(([number, name]) => [number - 1, states.get(name) ?? '']));
  return { byNumber, versions, highest, missing, warnings: [...gapWarning(byNumber.size, highest, path), ...leftWarning(left, path)] };
}

function rank(name: string): number {
  return EXTENSIONS.indexOf(name.slice(name.lastIndexOf('.') + 1).toLowerCase());
}

function gaps(numbers: readonly number[]): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  let next = 1;
  for (const number of numbers) {
    if (number > next) ranges.push([next - 1, number - 1]);
    next = number + 1;
  }
  return ranges;
}

/** lvpyio counts files, so that those with a number beyond the count cannot be reached there; here all can. */
function gapWarning(count: number, highest: number, path: string): readonly Warning[] {
  if (count === highest) return [];
  return [
    {
      code: 'missing-buffers',
      message: `${highest - count} of ${highest} buffers are missing: the folder holds ${count} files, numbered up to ${highest}. lvpyio shows a length of ${count}.`,
      path,
    },
  ];
}

function leftWarning(left: readonly string[], path: string): readonly Warning[] {
  if (left.length === 0) return [];
  const names = left.length > 3 ? `${left.slice(0, 3).join(', ')} and ${left.length - 3} more` : left.join(', ');
  return [{ code: 'unused-files', message: `Not in the set, since the number is taken, zero or far too high: ${names}.`, path }];
}
