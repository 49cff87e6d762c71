import { DataError } from '../../../shared/model/data-error.ts';
import type { FrameDataset } from '../../../shared/model/dataset.ts';
import { hasTiffMagic, openTiff } from '../../codecs/tiff/read-directory.ts';
import type { FolderEntry } from '../../sources/byte-source.ts';
import type { Format, OpenInput } from '../format.ts';
import { picturesIn, probePictures } from '../picture-folder.ts';
import { describedTiff, pageDescription } from './described-tiff.ts';
import { pageStack, type PageRole } from './page-stack.ts';
import { fileSeries, seriesOf } from './series.ts';

/** TIFF and BigTIFF: ours by their description, those of others as a stack of pages; a folder of them one buffer a file. docs/formats/tiff.md. */
export const tiff: Format = {
  id: 'tiff',
  label: 'TIFF',
  extensions: ['tif', 'tiff'],
  options: {
    pages: {
      type: 'choice',
      label: 'Pages are',
      choices: ['buffers', 'planes', 'frames'],
      help: 'What the pages of a file are: buffers (default), planes of one volume, or frames of one buffer.',
    },
    series: {
      type: 'boolean',
      label: 'Series of files',
      help: 'Open all files that differ in the last number of their name, one buffer a file.',
    },
  },
  async probe(candidate) {
    if (candidate.entry.kind === 'folder') return probePictures(candidate.folder, candidate.entry.name, isTiffName, 'TIFF files');
    if (!hasTiffMagic(await candidate.head())) return { score: 0, reason: 'no TIFF header' };
    const isNamed = candidate.extension === 'tif' || candidate.extension === 'tiff';
    return isNamed ? { score: 0.9, reason: 'TIFF header and name' } : { score: 0.4, reason: 'TIFF header, but another name' };
  },
  async open(input) {
    if (input.entry.kind === 'folder') return { dataset: await openFolder(input) };
    if (input.options.series !== true) return { dataset: await openOne(input, input.entry, roleOption(input) ?? 'buffers') };
    const files = await seriesOf(input.folder, input.entry);
    const facts = { format: 'tiff', kind: 'TIFF series', path: input.folder.pathOf(input.entry.name), title: input.entry.name };
    const at = files.findIndex(({ name }) => name === input.entry.name);
    return { dataset: fileSeries(facts, files, (entry) => openOne(input, entry, roleOption(input) ?? 'frames')), at: Math.max(0, at) };
  },
};

function isTiffName(name: string): boolean {
  return /\.tiff?$/i.test(name);
}

/** One buffer a file in natural order of names, its pages as frames. */
async function openFolder(input: OpenInput): Promise<FrameDataset> {
  const { folder, entry } = input;
  const path = folder.pathOf(entry.name);
  const found = await picturesIn(folder, entry.name, isTiffName, input);
  if (found.length === 0) throw new DataError('unknown-format', `The folder ${path} holds no TIFF files.`, { path });
  const facts = { format: 'tiff', kind: 'Folder of TIFF files', path, title: entry.name || path };
  return fileSeries(facts, found, (file) => openOne(input, file, roleOption(input) ?? 'frames'));
}

function roleOption(input: OpenInput): PageRole | undefined {
  const { pages } = input.options;
  return pages === 'buffers' || pages === 'planes' || pages === 'frames' ? pages : undefined;
}

async function openOne(input: OpenInput, entry: FolderEntry, role: PageRole): Promise<FrameDataset> {
  const source = await input.folder.open(entry.name, input);
  try {
    const file = await openTiff(source, input);
    const description = await pageDescription(file, 0, input);
    const facts = { format: 'tiff', title: entry.name, role, close: () => Promise.resolve(source[Symbol.asyncDispose]()) };
    return description ? describedTiff(file, description, facts) : await pageStack(file, facts, input);
  } catch (error) {
    await source[Symbol.asyncDispose]();
    throw error;
  }
}
