import { DataError } from '../../../shared/model/data-error.ts';
import type { Attributes } from '../../../shared/model/attributes.ts';
import type { TreeArray, TreeSource } from '../../codecs/frame-tree.ts';
import { openZarrArray } from '../../codecs/zarr/array.ts';
import type { Folder } from '../../sources/byte-source.ts';
import { shownAttributes } from './attributes.ts';
import { readNode, type ZarrNode } from './nodes.ts';

/** A folder of ours as a tree; texts stand as JSON in the attribute `json` of a group. */
export function zarrTree(folder: Folder): TreeSource {
  const arrays = new Map<string, Promise<TreeArray>>();
  return {
    attributes: async (path): Promise<Attributes> => {
      const node = await nodeAt(folder, path);
      return shownAttributes(node.kind === 'group' ? node.attributes : node.metadata.attributes);
    },
    text: async (path) => {
      const node = await nodeAt(folder, path);
      if (node.kind === 'group' && node.attributes.json !== undefined) return JSON.stringify(node.attributes.json);
      throw new DataError('malformed', `${path} in ${folder.path} holds no text.`, { path: folder.path, field: path });
    },
    array: (path) => {
      const known = arrays.get(path);
      if (known) return known;
      const opening = openArray(folder, path);
      arrays.set(path, opening);
      opening.catch(() => arrays.delete(path));
      return opening;
    },
    close: async () => undefined,
  };
}

async function nodeAt(folder: Folder, path: string): Promise<ZarrNode> {
  const node = await readNode(folder, path.slice(1), {});
  if (node) return node;
  throw new DataError('malformed', `${path} is missing in ${folder.path}.`, { path: folder.path, field: path });
}

async function openArray(folder: Folder, path: string): Promise<TreeArray> {
  const node = await nodeAt(folder, path);
  const shape = node.kind === 'array' ? node.metadata.shape : [];
  const [, , height = 0, width = 0] = shape;
  if (node.kind !== 'array' || shape.length !== 4) {
    throw new DataError('malformed', `${path} in ${folder.path} is no array of planes.`, { path: folder.path, field: path });
  }
  const array = await openZarrArray(folder, path.slice(1), node.metadata);
  return {
    dtype: node.metadata.dtype,
    shape,
    plane: (buffer, plane, options) => array.read([buffer, plane, 0, 0], [1, 1, height, width], options),
  };
}
