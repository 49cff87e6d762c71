import { promises as fs } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { DataError } from '../../../shared/model/data-error.ts';
import { bufferCount, type ChildRef, type FrameDatasetInfo } from '../../../shared/model/dataset.ts';
import { isKeptTable } from '../../codecs/frame-description.ts';
import { Losses } from '../losses.ts';
import type { WriteJob, Writer, WriteResult } from '../writer.ts';
import { writeMembers } from './members.ts';
import { BUFFER_OPTIONS, storageOf } from './options.ts';
import { beginSet, setPaths } from './set-place.ts';
import { SET_TYPE, setText } from './set-text.ts';

/** DaVis image and vector sets: NAME.set and the folder NAME with one .im7 or .vc7 a buffer; sets inside of a multi-set in its folder. */
export const davisSetWriter: Writer = {
  id: 'davis-set',
  label: 'DaVis set (.set)',
  extensions: ['set'],
  options: {
    ...BUFFER_OPTIONS,
    children: {
      type: 'boolean',
      label: 'Sets inside',
      help: 'Also write the datasets inside of this one; always done of sets that only hold others.',
    },
  },
  resumes: () => true,
  accepts: (info) => bufferCount(info) > 0 || info.children.length > 0 || 'the set is empty',
  write,
};

/** Sets in sets beyond this depth are taken for a cycle of links. */
const MAX_DEPTH = 16;

async function write(job: WriteJob): Promise<WriteResult> {
  const { info } = job.dataset;
  storageOf(job.options);
  const { text, folder, name } = setPaths(job.target);
  refuseSource(info, [text, folder]);
  const pending = await beginSet(job.target, { ...job, identity: JSON.stringify([job.origin, info.path, bufferCount(info), job.options]) });
  const losses = new Losses();
  try {
    const buffers = await fill({ folder: pending.folder, textPath: pending.textPath, name }, job, losses, 0);
    await pending.commit();
    return { target: pending.target, buffers, losses: losses.list() };
  } finally {
    await pending.discard();
  }
}

/** Nothing is ever written into the set that is being read. */
function refuseSource(info: FrameDatasetInfo, targets: readonly string[]): void {
  const source = resolve(info.path);
  const sourceFolder = source.replace(/\.set$/i, '');
  for (const target of targets) {
    const isInside =
      target === source || target === sourceFolder || target.startsWith(`${sourceFolder}/`) || target.startsWith(`${sourceFolder}\\`);
    if (isInside)
      throw new DataError('exists', `${target} is the source itself or lies in it.`, { path: target, hint: 'Choose another target.' });
  }
}

interface Place {
  readonly folder: string;
  readonly textPath: string;
  readonly name: string;
}

/** Writes the files of a set and of the sets inside of it; the number of buffers. */
async function fill(place: Place, job: WriteJob, losses: Losses, depth: number): Promise<number> {
  const { info } = job.dataset;
  const { written, kind } = await writeMembers(place.folder, job, losses);
  const inside = await fillChildren(place, job, losses, depth);
  tellLosses(info, losses);
  const telling = written + inside === 0 ? ['loop', 'unsupported'] : ['loop'];
  for (const { code, message } of info.warnings) if (telling.includes(code)) losses.add(`${info.title}: ${message}`);
  const wasStream = info.attributes.SetIdentifier === 'StreamSet';
  const type = kind === undefined ? SET_TYPE.folder : SET_TYPE[kind];
  await fs.writeFile(place.textPath, setText({ name: place.name, attributes: info.attributes, type, wasStream }, losses));
  return written + inside;
}

async function fillChildren(place: Place, job: WriteJob, losses: Losses, depth: number): Promise<number> {
  const { children, isMultiset, title } = job.dataset.info;
  if (children.length === 0) return 0;
  const isHolder = isMultiset || bufferCount(job.dataset.info) === 0;
  if (!job.openChild || !(isHolder || job.options.children === true)) {
    const are = children.length === 1 ? 'dataset inside of it is' : 'datasets inside of it are';
    losses.add(`${title}: ${children.length} ${are} not written (${named(children)}); -w children=true adds them.`);
    return 0;
  }
  if (depth >= MAX_DEPTH)
    throw new DataError('too-large', `There are sets in sets more than ${MAX_DEPTH} levels deep.`, { path: job.dataset.info.path });
  const names = new Set<string>();
  let buffers = 0;
  const titles = children.map((child) => child.title);
  for (const child of children)
    buffers += await fillChild(place, child, uniqueName(plainPath(child.title, titles), names), job, losses, depth);
  return buffers;
}

const MOST_NAMED = 5;

function named(children: readonly ChildRef[]): string {
  const first = children.slice(0, MOST_NAMED).map(({ title }) => title);
  return `${first.join(', ')}${children.length > MOST_NAMED ? ` and ${children.length - MOST_NAMED} more` : ''}`;
}

async function fillChild(place: Place, child: ChildRef, name: string, job: WriteJob, losses: Losses, depth: number): Promise<number> {
  const folder = join(place.folder, name);
  await fs.mkdir(folder, { recursive: true });
  const dataset = await (job.openChild as NonNullable<WriteJob['openChild']>)(child);
  try {
    return await fill({ folder, textPath: `${folder}.set`, name: basename(folder) }, { ...job, dataset }, losses, depth + 1);
  } finally {
    await dataset[Symbol.asyncDispose]();
  }
}

/** Names that every file system takes; one folder above a set stays, as DVC recordings have it (Data/S00001), where it is no set itself. */
function plainPath(title: string, titles: readonly string[]): string {
  const [folder, set, ...deeper] = title.split('/');
  if (folder && set && deeper.length === 0 && !titles.some((other) => other.toLowerCase() === folder.toLowerCase()))
    return `${plainName(folder)}/${plainName(set)}`;
  return plainName(title);
}

function plainName(title: string): string {
  return (
    title
      .replace(/\.set$/i, '')
      .replace(/[\\/:*?"<>|\0]/g, '_')
      .replace(/^\.+/, '_') || 'set'
  );
}

function uniqueName(plain: string, names: Set<string>): string {
  let name = plain;
  for (let number = 2; names.has(name.toLowerCase()); number++) name = `${plain} ${number}`;
  names.add(name.toLowerCase());
  return name;
}

function tellLosses(info: FrameDatasetInfo, losses: Losses): void {
  if (info.attributes.SetIdentifier === 'StreamSet')
    losses.add('The streams of the recording became plain buffers: their identifier and set type are not kept.');
  for (const { name } of info.tables.filter((table) => !isKeptTable(table.name))) losses.add(`Table ${name}: DaVis sets have no tables.`);
  if (info.nav.length > 1)
    losses.add(`The ${info.nav.length} navigation axes (${info.nav.map(({ name }) => name).join(', ')}) became one row of buffers.`);
}
