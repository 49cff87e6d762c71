import { decodeJson } from '../../shared/contract/json.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { FrameDataset, ReadOptions } from '../../shared/model/dataset.ts';
import { MANIFEST_FILE, parseManifest, type BufferManifest } from '../codecs/buffer-manifest.ts';
import { MAX_DESCRIPTION_BYTES } from '../codecs/frame-description.ts';
import type { Folder } from '../sources/byte-source.ts';
import { subFolder } from '../sources/sub-folder.ts';
import { describedDataset, describedInfo } from './described-dataset.ts';
import type { Format, OpenInput } from './format.ts';
import { openFiles } from './open-files.ts';

/** Folders that our writers fill with one file per buffer, opened by the folder or by its streakline.json. */
export function bufferFolder(readers: readonly Format[]): Format {
  return {
    id: 'buffer-folder',
    label: 'Folder of exported buffers',
    extensions: ['json'],
    options: {},
    probe: async ({ entry, folder, head }) => {
      const isFile = entry.kind === 'file';
      if (isFile && entry.name !== MANIFEST_FILE) return { score: 0, reason: `not ${MANIFEST_FILE}` };
      if (!isFile && !(await folder.stat(joined(entry.name, MANIFEST_FILE)))) return { score: 0, reason: `no ${MANIFEST_FILE} in it` };
      if (isFile && !new TextDecoder().decode(await head(64)).includes('"streakline"')) return { score: 0, reason: 'another JSON file' };
      return { score: 0.9, reason: isFile ? 'describes a folder of exported buffers' : `has ${MANIFEST_FILE}` };
    },
    open: async (input) => {
      const folder = input.entry.kind === 'folder' ? subFolder(input.folder, input.entry.name) : input.folder;
      const manifest = await readManifest(folder, input);
      const reader = readers.find(({ id }) => id === manifest.format);
      if (!reader)
        throw new DataError('unsupported', `The folder holds ${manifest.format} files, for which there is no reader.`, {
          path: folder.path,
        });
      return { dataset: folderDataset(folder, manifest, reader, input) };
    },
  };
}

function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

async function readManifest(folder: Folder, options: ReadOptions): Promise<BufferManifest> {
  await using source = await folder.open(MANIFEST_FILE, options);
  const path = source.name;
  if (source.size > MAX_DESCRIPTION_BYTES)
    throw new DataError('too-large', `${path} has ${source.size} bytes; the limit is ${MAX_DESCRIPTION_BYTES}.`, { path });
  const bytes = await source.read(0, source.size, options);
  try {
    return parseManifest(decodeJson(new TextDecoder().decode(bytes)), path);
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError('malformed', `${path} is no JSON.`, { path, cause: error });
  }
}

function folderDataset(folder: Folder, manifest: BufferManifest, reader: Format, input: OpenInput): FrameDataset {
  const { names, dataset } = manifest;
  const files = openFiles(async (index) => {
    const name = names[index] as string;
    const entry = await folder.stat(name);
    if (entry?.kind !== 'file')
      throw new DataError('missing-companion', `The file ${name} of buffer ${index} is missing in ${folder.path}.`, {
        path: folder.pathOf(name),
      });
    return (await reader.open({ folder, entry, options: {} })).dataset;
  });
  const facts = {
    format: 'buffer-folder',
    kind: `Folder of ${reader.label} files`,
    path: folder.path,
    title: input.entry.name,
    buffers: names.length,
  };
  return describedDataset({
    info: describedInfo(facts, dataset),
    openBuffer: async (index, options) => {
      const { info, warnings } = await files.use(index, (file) => file.buffer(0, options));
      const { index: _, ...description } = info;
      return {
        description,
        warnings,
        plane: ({ frame, component, plane }, asked) =>
          files.use(
            index,
            async (file) => (await (await file.buffer(0, asked)).plane({ frame, component: component.name, plane }, asked)).data,
          ),
      };
    },
    close: () => files.close(),
  });
}
