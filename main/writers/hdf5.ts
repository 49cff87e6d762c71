import { promisify } from 'node:util';
import { constants, deflate } from 'node:zlib';
import { bytesOf, sampleBytes } from '../../shared/model/dtype.ts';
import { shuffleBytes } from '../codecs/shuffle.ts';
import { buildHdf5, type ChunkedSpec, type Hdf5Builder } from '../codecs/hdf5/file-builder.ts';
import { writeAtomically } from './atomic-file.ts';
import { writeTelling } from './described-output.ts';
import { FIELDS_OPTION } from './fields-option.ts';
import { levelOption } from './level-option.ts';
import type { PlanesSpec, TreeSink } from './tree/tree-sink.ts';
import { writeTree } from './tree/write-tree.ts';
import type { Writer } from './writer.ts';

/** Level of the filter that stands in the file where runs are packed; readers do not need it. */
const RUNS_LEVEL = 1;
const DEFLATE = 1;
const SHUFFLE = 2;
const compress = promisify(deflate);
/** Output comes in pieces; few large ones cost less. */
const MAX_PIECE_BYTES = 1 << 20;
const LEAST_PIECE_BYTES = 1024;

/** HDF5: everything that a dataset knows, in groups and arrays that h5py, MATLAB and others read. Layout: docs/formats/hdf5.md. */
export const hdf5Writer: Writer = {
  id: 'hdf5',
  label: 'HDF5',
  extensions: ['h5', 'hdf5'],
  options: {
    level: {
      type: 'integer',
      label: 'Compression',
      help: 'gzip level 0 (none) to 9; where nothing is given only runs are packed, which is three times faster and mostly as small.',
    },
    derived: { type: 'boolean', label: 'Values in effect', help: 'Also write u, v, w scaled and valid; true where nothing is given.' },
    ...FIELDS_OPTION,
  },
  accepts: () => true,
  write: async (job) => {
    const level = job.options.level === undefined ? undefined : levelOption(job.options.level);
    return writeTelling(job, async () => {
      let buffers = 0;
      await writeAtomically(job.target, { force: job.force }, async (file) => {
        const builder = await buildHdf5(file);
        buffers = await writeTree(job, hdf5Sink(builder, level), job.options.derived !== false);
        await builder.finish();
      });
      return buffers;
    });
  },
};

/** After shuffling, noise stands beside noise and equal bytes stand in runs: searching for repeated strings finds little more than runs. */
function pack(bytes: Uint8Array, level: number | undefined): Promise<Uint8Array> {
  const chunkSize = Math.min(MAX_PIECE_BYTES, bytes.length + LEAST_PIECE_BYTES);
  return compress(bytes, level === undefined ? { strategy: constants.Z_RLE, chunkSize } : { level, chunkSize });
}

function hdf5Sink(builder: Hdf5Builder, level: number | undefined): TreeSink {
  return {
    bufferGroups: true,
    group: async (path, attributes) => builder.group(path, attributes),
    planes: async (path, spec) => {
      const array = builder.chunked(path, chunkedSpec(spec, level));
      const unit = sampleBytes(spec.dtype);
      return {
        put: async (buffer, plane, data) => {
          const bytes = bytesOf(data);
          await array.writeChunk([buffer, plane, 0, 0], level === 0 ? bytes : await pack(shuffleBytes(bytes, unit), level));
        },
      };
    },
    values: (path, { dtype, axes: _axes, data, attributes }) => builder.values(path, dtype, [data.length], data, attributes),
    text: async (path, text) => builder.text(path, text),
    seal: (path) => builder.seal(path),
  };
}

function chunkedSpec({ dtype, shape, attributes, fill }: PlanesSpec, level: number | undefined): ChunkedSpec {
  const unit = sampleBytes(dtype);
  const shuffle = unit > 1 ? [[SHUFFLE, [unit]] as const] : [];
  return {
    dtype,
    shape,
    attributes,
    chunk: [1, 1, shape[2], shape[3]],
    filters: level === 0 ? [] : [...shuffle, [DEFLATE, [level ?? RUNS_LEVEL]]],
    ...(fill === undefined ? {} : { fill }),
  };
}
