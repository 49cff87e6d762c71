import type { ConvertRequest, ParticleChoice, WriterDescription } from '../../shared/contract/conversions.ts';
import type { OptionDescription } from '../../shared/contract/listing.ts';
import type { TrackFilter } from '../../shared/model/track-selection.ts';
import { givenOptions, type TypedOptions } from '../views/dialogs/open-options.ts';
import { fileName, folderOf } from './project-store.ts';

/** What the export dialog is set to. */
export interface ExportDraft {
  readonly writer: string;
  readonly buffers: 'this' | 'range' | 'all';
  /** 0-based, both included. */
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly options: TypedOptions;
  /** Absent = the proposed one. */
  readonly target?: string;
}

/** Half-open range of the draft; undefined for all buffers. */
export function draftRange({ buffers, from, to, step }: ExportDraft, current: number): string | undefined {
  if (buffers === 'all') return undefined;
  if (buffers === 'this') return `${current}:${current + 1}`;
  return `${from}:${to + 1}${step === 1 ? '' : `:${step}`}`;
}

export function draftCount({ buffers, from, to, step }: ExportDraft, count: number): number {
  if (buffers === 'all') return count;
  return buffers === 'this' ? 1 : Math.max(0, Math.floor((to - from) / step) + 1);
}

/** What is exported, as far as a name for it is concerned. */
export interface ExportSource {
  readonly title: string;
  /** Empty for bytes that were dropped on the page. */
  readonly path: string;
  readonly vectors: boolean;
  /** Number of the first buffer, as shown. */
  readonly firstNumber: number;
  /** Folder to propose where the source has none. */
  readonly folder: string;
}

/** A free-sounding name beside the source: its title, which buffers, the extension of the format. */
export function proposedTarget(draft: ExportDraft, current: number, writer: WriterDescription | undefined, source: ExportSource): string {
  const folder = source.path === '' ? source.folder : folderOf(source.path);
  const separator = folder.includes('\\') ? '\\' : '/';
  const number = (buffer: number): string => String(buffer + source.firstNumber);
  const part = { this: ` ${number(current)}`, range: ` ${number(draft.from)}-${number(draft.to)}`, all: '' }[draft.buffers];
  const extension = extensionFor(writer, source.vectors);
  const name = `${safeName(source.title)}${part}${extension}`;
  const isSource = name === fileName(source.path);
  return `${folder}${folder === '' || folder.endsWith(separator) ? '' : separator}${isSource ? `${safeName(source.title)} copy${extension}` : name}`;
}

/** With the dot; DaVis tells buffers of vectors and images by it. */
export function extensionFor(writer: WriterDescription | undefined, vectors: boolean): string {
  const extensions = writer?.extensions ?? [];
  const chosen = vectors && extensions.includes('vc7') ? 'vc7' : extensions[0];
  return chosen === undefined ? '' : `.${chosen}`;
}

/** The title without a known extension and without what file systems refuse. */
export function safeName(title: string): string {
  const plain = title
    .replace(/\.(set|im7|vc7|npy|npz|tiff?|h5|hdf5)$/i, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .trim();
  return plain.replace(/^\.+/, '') || 'export';
}

/** A typed target with the extension of another format, where it had that of the last one. */
export function withExtension(target: string, before: WriterDescription | undefined, extension: string): string {
  const old = before?.extensions.find((known) => target.toLowerCase().endsWith(`.${known}`));
  return old === undefined ? target : `${target.slice(0, -old.length - 1)}${extension}`;
}

export function exportRequest(
  draft: ExportDraft,
  current: number,
  target: string,
  options: readonly OptionDescription[],
  dataset: string,
): ConvertRequest {
  const range = draftRange(draft, current);
  const given = givenOptions(options, draft.options);
  return {
    dataset,
    writer: draft.writer,
    target,
    ...(range === undefined ? {} : { range }),
    ...(Object.keys(given).length > 0 ? { options: given } : {}),
  };
}

/** The same as a command line. */
export function exportCommand({ writer, target, range, options = {}, particles }: ConvertRequest, source: string): string {
  const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `"${word.replace(/(["\\$`])/g, '\\$1')}"`);
  return [
    'streakline',
    'convert',
    quoted(source),
    quoted(target),
    '--to',
    writer,
    ...(range === undefined ? [] : ['--range', range]),
    ...(particles ? particleFlags(particles).map(quoted) : []),
    ...Object.entries(options).flatMap(([name, value]) => ['-w', quoted(`${name}=${String(value)}`)]),
  ].join(' ');
}

/** Selection and added scalars as the command line takes them. */
function particleFlags({ selection, add, differentiation }: ParticleChoice): string[] {
  const name = (column: string): string => (/^[\w]+$/.test(column) ? column : `"${column}"`);
  const condition = ({ column, low, high }: TrackFilter): readonly string[] => {
    if (low !== undefined && high !== undefined) return [`${name(column)}=${low}..${high}`];
    if (low !== undefined) return [`${name(column)}>=${low}`];
    return high === undefined ? [] : [`${name(column)}<=${high}`];
  };
  const box = selection?.box && `${selection.box.whole ? 'inside' : 'box'}=${selection.box.low.join(',')}..${selection.box.high.join(',')}`;
  const where = [...(selection?.filters.flatMap(condition) ?? []), ...(box === undefined ? [] : [box])];
  const fits = differentiation?.method === 'fit' && (where.length > 0 || (add?.length ?? 0) > 0);
  return [
    ...where.flatMap((each) => ['--where', each]),
    ...((selection?.every ?? 1) > 1 ? ['--every', String(selection?.every)] : []),
    ...(add && add.length > 0 ? ['--add', add.join(',')] : []),
    ...(fits ? ['--fit', `${differentiation.order},${differentiation.length}`] : []),
  ];
}
