import type { FrameDatasetInfo } from '../../shared/model/dataset.ts';
import { unitScale } from '../../shared/model/scale.ts';
import { describeDataset, type DatasetDescription } from '../codecs/frame-description.ts';
import type { Losses } from './losses.ts';
import { STREAKLINE_VERSION, VERSION_ATTRIBUTE } from './version.ts';

/** The description of a dataset that we write: with the version of the program. */
export function writtenDataset(info: FrameDatasetInfo): DatasetDescription {
  const description = describeDataset(info);
  return { ...description, attributes: { ...description.attributes, [VERSION_ATTRIBUTE]: STREAKLINE_VERSION } };
}

/** The facts of a dataset for a file with a single buffer of it. */
export function oneBuffer(info: FrameDatasetInfo): FrameDatasetInfo {
  return { ...info, missing: [], nav: [{ name: 'buffer', size: 1, scale: unitScale('') }] };
}

/** What no output of frames holds: tables, and datasets inside of this one. Times and devices of DaVis are made of attributes, which are kept. */
export function tellDatasetLosses(info: FrameDatasetInfo, losses: Losses): void {
  const tables = info.format.startsWith('davis-') ? [] : info.tables;
  if (tables.length > 0) losses.add(`Tables are not written: ${tables.map(({ name }) => name).join(', ')}.`);
  if (info.children.length > 0)
    losses.add(`Datasets inside of this one are not written: ${info.children.map(({ title }) => title).join(', ')}.`);
}
