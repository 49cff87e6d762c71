import { DataError } from '../../../shared/model/data-error.ts';
import type { FrameDataset } from '../../../shared/model/dataset.ts';
import { allocateSamples, type DType, type TypedArray } from '../../../shared/model/dtype.ts';
import type { FrameInfo } from '../../../shared/model/frames.ts';
import type { Description } from '../../codecs/frame-description.ts';
import { variableNames } from '../../codecs/mat5/names.ts';
import type { MatVariable } from '../../codecs/mat5/read.ts';
import { readMatPlane } from '../../codecs/mat5/samples.ts';
import { describedDataset, describedInfo, type StoredPlaneRef } from '../described-dataset.ts';

interface MatFile {
  readonly path: string;
  readonly title: string;
  close(): Promise<void>;
}

/** A file of ours: the description says what the variables are. */
export function openDescribedMat(variables: readonly MatVariable[], description: Description, file: MatFile): FrameDataset {
  const { path, title, close } = file;
  const buffers = description.buffers ?? [];
  const byName = new Map(variables.map((variable) => [variable.name, variable]));
  const missing = buffers.flatMap(({ state }, index): [number, number][] => (state === 'missing' ? [[index, index + 1]] : []));
  return describedDataset({
    info: { ...describedInfo({ format: 'mat', kind: 'MATLAB file', path, title, buffers: buffers.length }, description.dataset), missing },
    openBuffer: async (index) => {
      const buffer = buffers[index];
      if (!buffer || buffer.state === 'missing') {
        throw new DataError('not-found', `Buffer ${index} was missing when ${path} was written.`, { path, field: 'buffer' });
      }
      return {
        description: buffer,
        plane: async (ref) => {
          const frame = buffer.frames[ref.frame] as FrameInfo;
          if (buffer.state !== 'present') return allocateSamples(ref.component.dtype, frame.shape[0] * frame.shape[1]);
          return readPlane(byName, { frame, ref, index, buffers: buffers.length, path });
        },
      };
    },
    close,
  });
}

interface PlanePlace {
  readonly frame: FrameInfo;
  readonly ref: StoredPlaneRef;
  readonly index: number;
  readonly buffers: number;
  readonly path: string;
}

/** In a variable of all buffers, or in one of this buffer alone. */
async function readPlane(
  variables: ReadonlyMap<string, MatVariable>,
  { frame, ref, index, buffers, path }: PlanePlace,
): Promise<TypedArray> {
  const { name, dtype } = ref.component;
  const all = variableNames(frame, { frame: ref.frame }).get(name) ?? '';
  const alone = variableNames(frame, { frame: ref.frame, buffer: index }).get(name) ?? '';
  const own = variables.get(alone);
  const variable = own ?? variables.get(all);
  if (!variable) throw new DataError('malformed', `${path} has no variable ${all}, which its description names.`, { path, field: all });
  const dims = [...frame.shape, frame.planes, own ? 1 : buffers];
  while (dims.length > 2 && dims[dims.length - 1] === 1) dims.pop();
  if (variable.dims.join() !== dims.join() || variable.dtype !== storedClass(dtype)) {
    const message = `${variable.name} in ${path} is ${variable.dtype ?? 'no array'} of ${variable.dims.join(' x ')}; its description says ${dtype} of ${dims.join(' x ')}.`;
    throw new DataError('malformed', message, { path, field: variable.name });
  }
  return readMatPlane(variable, (own ? 0 : index * frame.planes) + ref.plane, dtype);
}

/** MATLAB has no halves. */
function storedClass(dtype: DType): DType {
  return dtype === 'f2' ? 'f4' : dtype;
}
