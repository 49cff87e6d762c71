import type { FrameDatasetInfo } from '../../shared/model/dataset.ts';
import { unitScale } from '../../shared/model/scale.ts';
import { describeDataset, isKeptTable, type DatasetDescription } from '../codecs/frame-description.ts';
import { Losses } from './losses.ts';
import { STREAKLINE_VERSION, VERSION_ATTRIBUTE } from './version.ts';
import type { WriteJob, WriteResult } from './writer.ts';

/** Runs the work of a writer, which returns how many buffers it wrote, and tells what the output cannot hold. */
export async function writeTelling(job: WriteJob, work: (losses: Losses) => Promise<number>): Promise<WriteResult> {
  const losses = new Losses();
  tellDatasetLosses(job.dataset.info, losses);
  const buffers = await work(losses);
  return { target: job.target, buffers, losses: losses.list() };
}

/** The description of a dataset that we write: with the version of the program. */
export function writtenDataset(info: FrameDatasetInfo): DatasetDescription {
  const description = describeDataset(info);
  return { ...description, attributes: { ...description.attributes, [VERSION_ATTRIBUTE]: STREAKLINE_VERSION } };
}

/** The facts of a dataset for a file with a single buffer of it. */
export function oneBuffer(info: FrameDatasetInfo): FrameDatasetInfo {
  return { ...info, missing: [], nav: [{ name: 'buffer', size: 1, scale: unitScale('') }] };
}

const NAMED_CHILDREN = 5;

/** What no output of frames holds: tables that are not made of what the buffers say, and datasets inside of this one. */
function tellDatasetLosses(info: FrameDatasetInfo, losses: Losses): void {
  const tables = info.tables.filter(({ name }) => !isKeptTable(name));
  if (tables.length > 0) losses.add(`Tables are not written: ${tables.map(({ name }) => name).join(', ')}.`);
  if (info.children.length === 0) return;
  const named = info.children.slice(0, NAMED_CHILDREN).map(({ title }) => title);
  const more = info.children.length > NAMED_CHILDREN ? ` and ${info.children.length - NAMED_CHILDREN} more` : '';
  losses.add(`Datasets inside of this one are not written: ${named.join(', ')}${more}.`);
}
