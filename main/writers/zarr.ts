import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { encodeJson } from '../../shared/contract/json.ts';
import { isAttributeArray, type Attributes } from '../../shared/model/attributes.ts';
import { throwIfAborted } from '../../shared/model/data-error.ts';
import { bytesOf, type TypedArray } from '../../shared/model/dtype.ts';
import { arrayMetadata, groupMetadata, type ZarrArraySpec } from '../codecs/zarr/metadata-text.ts';
import { writeFolderAtomically, type AtomicFolder } from './atomic-folder.ts';
import { writeTelling } from './described-output.ts';
import { FIELDS_OPTION } from './fields-option.ts';
import { levelOption } from './level-option.ts';
import type { PlanesSpec, TreeSink } from './tree/tree-sink.ts';
import { writeTree } from './tree/write-tree.ts';
import type { WriteJob, Writer } from './writer.ts';

const DEFAULT_LEVEL = 1;
const compress = promisify(gzip);
/** Output comes in pieces; few large ones cost less. */
const PIECE_BYTES = 1 << 18;

/** Zarr v3: a folder with a file per plane, in the layout of docs/formats/zarr.md. */
export const zarrWriter: Writer = {
  id: 'zarr',
  label: 'Zarr',
  extensions: ['zarr'],
  options: {
    level: { type: 'integer', label: 'Compression', help: 'gzip level 0 (none) to 9; 1 where nothing is given.' },
    derived: { type: 'boolean', label: 'Values in effect', help: 'Also write u, v, w scaled and valid; true where nothing is given.' },
    ...FIELDS_OPTION,
  },
  resumes: () => true,
  accepts: () => true,
  write: async (job) => {
    const level = levelOption(job.options.level ?? DEFAULT_LEVEL);
    const { path, format, nav } = job.dataset.info;
    const identity = JSON.stringify([job.origin, path, format, nav.map(({ size }) => size), job.options]);
    return writeTelling(job, () =>
      writeFolderAtomically(job.target, { ...job, identity, ownFile: 'zarr.json' }, (folder) =>
        writeTree(job, zarrSink(folder, level, job), job.options.derived !== false),
      ),
    );
  },
};

function zarrSink(folder: AtomicFolder, level: number, job: WriteJob): TreeSink {
  const groups = new Set<string>();
  const write = (name: string, bytes: Uint8Array): Promise<void> => folder.write(name, (file) => file.write(bytes));
  const writeJson = (path: string, json: string): Promise<void> => write(fileName(path, 'zarr.json'), new TextEncoder().encode(json));
  const group = async (path: string, json: string): Promise<void> => {
    await parents(path);
    groups.add(path);
    await writeJson(path, json);
  };
  /** Every folder on the way to an array is a group. */
  const parents = async (path: string): Promise<void> => {
    const parts = path.split('/').filter(Boolean);
    for (let depth = 0; depth < parts.length; depth++) {
      const above = `/${parts.slice(0, depth).join('/')}`;
      if (!groups.has(above)) await group(above, encodeJson(groupMetadata({})));
    }
  };
  const encode = async (data: TypedArray): Promise<Uint8Array> =>
    level === 0 ? bytesOf(data) : compress(bytesOf(data), { level, chunkSize: PIECE_BYTES });
  const array = async (path: string, spec: ZarrArraySpec): Promise<void> => {
    await parents(path);
    await writeJson(path, encodeJson(arrayMetadata(spec, level)));
  };
  return {
    bufferGroups: false,
    group: (path, attributes) => group(path, encodeJson(groupMetadata(plainAttributes(attributes)))),
    planes: async (path, spec) => {
      await array(path, planesArray(spec));
      return {
        put: async (buffer, plane, data) => {
          const name = fileName(path, `c/${buffer}/${plane}/0/0`);
          throwIfAborted(job.signal);
          if (job.resume && (await folder.has(name))) return;
          await write(name, await encode(data));
        },
      };
    },
    values: async (path, { dtype, axes, data, attributes }) => {
      const shape = [data.length];
      await array(path, { dtype, shape, chunk: shape, fill: 0, names: axes, attributes: plainAttributes(attributes) });
      if (data.length > 0) await write(fileName(path, 'c/0'), await encode(data));
    },
    // The text is JSON that holds its unusual numbers already.
    text: (path, text) => group(path, JSON.stringify(groupMetadata({ json: JSON.parse(text) as unknown }))),
    seal: async () => {},
  };
}

function fileName(path: string, name: string): string {
  return `${path}/${name}`.replace(/^\/+/, '');
}

/** Lists instead of typed arrays: JSON has no types. */
function plainAttributes(attributes: Attributes): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, isAttributeArray(value) ? value.values : value]));
}

/** Axes and the steps between samples in the words of OME-Zarr. */
function planesArray({ dtype, shape, fill, axes, attributes }: PlanesSpec): ZarrArraySpec {
  const spaces = axes.map(({ name, unit }) => ({ name, type: 'space', unit }));
  const transformations = [
    { type: 'scale', scale: [1, ...axes.map(({ step }) => step)] },
    { type: 'translation', translation: [0, ...axes.map(({ start }) => start)] },
  ];
  return {
    dtype,
    shape,
    chunk: [1, 1, shape[2], shape[3]],
    fill: fill ?? 0,
    names: ['buffer', ...axes.map(({ name }) => name)],
    attributes: { ...plainAttributes(attributes), axes: [{ name: 'buffer' }, ...spaces], coordinateTransformations: transformations },
  };
}
