import { DataError } from '../../../shared/model/data-error.ts';
import { bufferCount, type FrameDataset } from '../../../shared/model/dataset.ts';
import type { Folder, FolderEntry } from '../../sources/byte-source.ts';
import { describedDataset, describedInfo } from '../described-dataset.ts';
import { openFiles } from '../open-files.ts';

/** Files of the folder whose names differ from the entry's in their last number only, in natural order. */
export async function seriesOf(folder: Folder, entry: FolderEntry): Promise<readonly FolderEntry[]> {
  const parts = /^(.*?)(\d+)(\D*)$/.exec(entry.name);
  if (!parts) return [entry];
  const [, before = '', , behind = ''] = parts;
  const all = await folder.list();
  return all.filter(({ kind, name }) => {
    const middle = name.slice(before.length, name.length - behind.length);
    return kind === 'file' && name.startsWith(before) && name.endsWith(behind) && /^\d+$/.test(middle);
  });
}

/** One buffer a file; a file that holds more of them is an error of its buffer, which is no reason to leave them out. */
export function fileSeries(
  facts: { readonly format: string; readonly kind: string; readonly path: string; readonly title: string },
  files: readonly FolderEntry[],
  open: (entry: FolderEntry) => Promise<FrameDataset>,
): FrameDataset {
  const opened = openFiles(async (index) => {
    const dataset = await open(files[index] as FolderEntry);
    const buffers = bufferCount(dataset.info);
    if (buffers === 1) return dataset;
    await dataset[Symbol.asyncDispose]();
    throw new DataError('unsupported', `The file holds ${buffers} buffers, where each of the series has one.`, {
      path: dataset.info.path,
      hint: 'Open the file by itself, or its pages as planes or frames.',
    });
  });
  return describedDataset({
    info: describedInfo({ ...facts, buffers: files.length }, undefined),
    openBuffer: async (index, options) => {
      const { info, warnings } = await opened.use(index, (file) => file.buffer(0, options));
      const { index: _, ...description } = info;
      return {
        description: { ...description, name: baseName(files[index]?.name ?? '') },
        warnings,
        plane: ({ frame, component, plane }, asked) =>
          opened.use(
            index,
            async (file) => (await (await file.buffer(0, asked)).plane({ frame, component: component.name, plane }, asked)).data,
          ),
      };
    },
    close: () => opened.close(),
  });
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
