import { DataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import { MAX_METADATA_BYTES, parseVersionThree, parseVersionTwo, type ZarrMetadata } from '../../codecs/zarr/metadata.ts';
import { readZarrFile } from '../../codecs/zarr/store.ts';
import type { Folder } from '../../sources/byte-source.ts';

/** A folder that is a group or an array. */
export type ZarrNode =
  | { readonly kind: 'group'; readonly attributes: Readonly<Record<string, unknown>> }
  | { readonly kind: 'array'; readonly metadata: ZarrMetadata };

export interface ListedArray {
  /** '' for the root itself. */
  readonly path: string;
  readonly metadata: ZarrMetadata;
}

const MAX_NODES = 5000;
const MAX_DEPTH = 32;
const LIMIT_MS = 3000;

/** What lies at a place; undefined where there is neither zarr.json nor .zarray nor .zgroup. */
export async function readNode(folder: Folder, relative: string, options: ReadOptions): Promise<ZarrNode | undefined> {
  const at = (name: string): string => (relative === '' ? name : `${relative}/${name}`);
  const path = relative === '' ? folder.path : folder.pathOf(relative);
  const three = await readJson(folder, at('zarr.json'), options);
  if (three) {
    if (three.node_type === 'group') return { kind: 'group', attributes: recordOf(three.attributes) };
    return { kind: 'array', metadata: parseVersionThree(three, path) };
  }
  const two = await readJson(folder, at('.zarray'), options);
  const attributes =
    two || (await readJson(folder, at('.zgroup'), options)) ? recordOf(await readJson(folder, at('.zattrs'), options)) : undefined;
  if (!attributes) return undefined;
  return two ? { kind: 'array', metadata: parseVersionTwo(two, attributes, path) } : { kind: 'group', attributes };
}

/** Arrays below a folder, within limits of time and number. Damaged ones are left out, and named. */
export async function listArrays(
  folder: Folder,
  options: ReadOptions,
): Promise<{ readonly arrays: readonly ListedArray[]; readonly damaged: readonly string[]; readonly complete: boolean }> {
  const arrays: ListedArray[] = [];
  const damaged: string[] = [];
  const deadline = Date.now() + LIMIT_MS;
  let places = [''];
  let nodes = 0;
  for (let depth = 0; places.length > 0; depth++) {
    const next: string[] = [];
    for (const place of places) {
      if (depth > MAX_DEPTH || nodes++ >= MAX_NODES || Date.now() > deadline) return { arrays, damaged, complete: false };
      const node = await readNode(folder, place, options).catch((error: unknown) => {
        if (!(error instanceof DataError)) throw error;
        damaged.push(place);
        return undefined;
      });
      if (node?.kind === 'array') arrays.push({ path: place, metadata: node.metadata });
      if (node?.kind !== 'group') continue;
      const entries = await folder.list(place, options);
      next.push(...entries.filter(({ kind }) => kind === 'folder').map(({ name }) => (place === '' ? name : `${place}/${name}`)));
    }
    places = next;
  }
  return { arrays, damaged, complete: true };
}

async function readJson(folder: Folder, name: string, options: ReadOptions): Promise<Record<string, unknown> | undefined> {
  const bytes = await readZarrFile(folder, name, MAX_METADATA_BYTES, options);
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    throw new DataError('malformed', `${name} in ${folder.path} is no JSON.`, { path: folder.pathOf(name), cause: error });
  }
  throw new DataError('malformed', `${name} in ${folder.path} holds no JSON object.`, { path: folder.pathOf(name) });
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
