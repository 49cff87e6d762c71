import { DataError } from '../../shared/model/data-error.ts';
import type { FrameDataset, ReadOptions } from '../../shared/model/dataset.ts';
import type { TypedArray } from '../../shared/model/dtype.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { unitScale } from '../../shared/model/scale.ts';
import type { ByteReader } from '../codecs/byte-reader.ts';
import { MAX_DESCRIPTION_BYTES, parseDescription, type BufferDescription, type DatasetDescription } from '../codecs/frame-description.ts';
import { decodeSamples } from '../codecs/sample-type.ts';
import { undoSign } from '../codecs/scaled-frame.ts';
import { readVtiHead, type VtiHead } from '../codecs/vtk/vti-head.ts';
import { latin1 } from '../codecs/cursor.ts';
import { collectionExtension, readVtkCollection, type CollectionEntry } from '../codecs/vtk/collection.ts';
import { readVtkImage } from '../codecs/vtk/image.ts';
import { vtkBuffer } from './plain-grid/vtk-buffer.ts';
import { flipPlane, VTI_DESCRIPTION, vtiArrays, vtiAxes, vtiPartName, vtiParts, type VtiArray } from '../codecs/vtk/vti-layout.ts';
import type { FolderEntry } from '../sources/byte-source.ts';
import { resolveParts } from '../sources/relative-path.ts';
import { describedDataset, describedInfo, missingBefore, type DescribedBuffer, type StoredPlaneRef } from './described-dataset.ts';
import type { Format, OpenInput } from './format.ts';
import { openFiles } from './open-files.ts';

/** VTK ImageData, one buffer or a collection of them; what our writer made with everything it knew. docs/formats/vti.md. */
export const vti: Format = {
  id: 'vti',
  label: 'VTK ImageData (.pvd, .vti)',
  extensions: ['pvd', 'vti'],
  options: {},
  async probe(candidate) {
    const { extension, entry } = candidate;
    if (entry.kind !== 'file' || (extension !== 'vti' && extension !== 'pvd')) return { score: 0, reason: 'not named .vti or .pvd' };
    const head = new TextDecoder('latin1').decode(await candidate.head());
    if (!head.includes('<VTKFile')) return { score: 0.1, reason: 'no VTK XML' };
    if (extension === 'pvd') {
      const named = collectionExtension(head) ?? 'vti';
      return { score: named === 'vti' ? 0.8 : 0.2, reason: `a VTK collection of .${named} files` };
    }
    return head.includes('Name="streakline"')
      ? { score: 0.9, reason: 'VTK ImageData with our description' }
      : { score: head.includes('"ImageData"') ? 0.8 : 0.2, reason: 'a VTK file of another program' };
  },
  open: async (input) => ({ dataset: /\.pvd$/i.test(input.entry.name) ? await openCollection(input) : await openOne(input) }),
};

const HEAD_BYTES = 4096;

/** One file: a buffer, its dataset's description, and how to close it. */
interface VtiFile extends AsyncDisposable {
  readonly path: string;
  readonly dataset: DatasetDescription | undefined;
  readonly buffer: DescribedBuffer;
}

async function openFile(input: OpenInput, entry: Pick<FolderEntry, 'name'>, options: ReadOptions): Promise<VtiFile> {
  const source = await input.folder.open(entry.name, options);
  try {
    if (!(await isOwn(source, options))) {
      const buffer = vtkBuffer(await readVtkImage(source, options), entry.name.slice(entry.name.lastIndexOf('/') + 1));
      return { path: source.name, dataset: undefined, buffer, [Symbol.asyncDispose]: () => source[Symbol.asyncDispose]() };
    }
    const head = await readVtiHead(source, options);
    const { dataset, description } = await readDescription(source, head, options);
    const parts = vtiParts(description.frames);
    const files = openFiles((part) => openFile(input, { name: vtiPartName(entry.name, part) }, {}));
    return {
      path: source.name,
      dataset,
      buffer: {
        description,
        plane: async (ref, asked) => {
          const part = parts.findIndex((frames) => frames.includes(ref.frame));
          if (part < 0)
            throw new DataError('malformed', `${source.name} has no frame ${ref.frame}.`, { path: source.name, field: 'frame' });
          const own = { ...ref, frame: parts[part]?.indexOf(ref.frame) ?? 0 };
          if (part > 0) return files.use(part, ({ buffer }) => buffer.plane(own, asked));
          const frames = (parts[0] ?? []).map((frame) => description.frames[frame] as FrameInfo);
          return readPlane(source, head, frames, own, asked);
        },
      },
      [Symbol.asyncDispose]: async () => {
        await files.close();
        await source[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await source[Symbol.asyncDispose]();
    throw error;
  }
}

/** True for files of our writer: the description is the second array that they name. */
async function isOwn(source: ByteReader, options: ReadOptions): Promise<boolean> {
  return latin1(await source.read(0, Math.min(HEAD_BYTES, source.size), options)).includes(`Name="${VTI_DESCRIPTION}"`);
}

async function readDescription(
  source: ByteReader,
  head: VtiHead,
  options: ReadOptions,
): Promise<{ readonly dataset: DatasetDescription | undefined; readonly description: BufferDescription }> {
  const place = { path: source.name, offset: head.description?.offset ?? 0 };
  const field = 'streakline';
  if (!head.description)
    throw new DataError('unsupported', 'Only VTK files with the description of this program are read.', { ...place, field });
  const { offset, bytes } = head.description;
  if (bytes > MAX_DESCRIPTION_BYTES)
    throw new DataError('too-large', `The description has ${bytes} bytes; the limit is ${MAX_DESCRIPTION_BYTES}.`, place);
  const text = new TextDecoder().decode(await source.read(offset, bytes, options)).replace(/\0$/, '');
  const parsed = parseDescription(text, place);
  const [buffer] = parsed?.buffers ?? [];
  if (!parsed || !buffer) throw new DataError('malformed', 'The description of the VTK file names no buffer.', { ...place, field });
  return { dataset: parsed.dataset, description: buffer };
}

async function openOne(input: OpenInput): Promise<FrameDataset> {
  const file = await openFile(input, input.entry, input);
  const dataset = file.dataset && { ...file.dataset, missing: [], nav: [{ name: 'buffer', size: 1, scale: unitScale('') }] };
  return describedDataset({
    info: describedInfo({ format: 'vti', kind: 'VTK file', path: file.path, title: input.entry.name, buffers: 1 }, dataset),
    openBuffer: async () => file.buffer,
    close: () => Promise.resolve(file[Symbol.asyncDispose]()),
  });
}

/** The files of a .pvd collection, one buffer each; further parts of a buffer are found by its first one. */
async function openCollection(input: OpenInput): Promise<FrameDataset> {
  const entries = await collectionEntries(input);
  const files = openFiles((index) => openFile(input, { name: entries[index]?.file ?? '' }, {}));
  try {
    const dataset = await files.use(0, async (file) => file.dataset);
    const missing = dataset?.missing ?? [];
    const buffers = entries.length + missingBefore(missing, Number.POSITIVE_INFINITY);
    const facts = { format: 'vti', kind: 'VTK collection', path: input.folder.pathOf(input.entry.name), title: input.entry.name, buffers };
    const fileOf = (index: number): number => index - missingBefore(missing, index);
    return describedDataset({
      info: describedInfo(facts, dataset),
      openBuffer: async (index) => ({
        description: timed(await files.use(fileOf(index), async (file) => file.buffer.description), entries[fileOf(index)], dataset),
        plane: (ref, options) => files.use(fileOf(index), (file) => file.buffer.plane(ref, options)),
      }),
      close: () => files.close(),
    });
  } catch (error) {
    await files.close();
    throw error;
  }
}

/** Collections of other programs name the times of their files; ours only where the files do so, too. */
function timed(
  description: BufferDescription,
  entry: CollectionEntry | undefined,
  ours: DatasetDescription | undefined,
): BufferDescription {
  if (ours || description.time || !entry || !Number.isFinite(entry.time)) return description;
  return { ...description, time: { seconds: entry.time, source: 'timestep' } };
}

async function collectionEntries(input: OpenInput): Promise<readonly CollectionEntry[]> {
  await using source = await input.folder.open(input.entry.name, input);
  const entries = await readVtkCollection(source, 'vti', input);
  for (const { file } of entries) resolveParts([], file, input.folder.path);
  return entries.filter(({ part }) => part === 0);
}

async function readPlane(
  source: ByteReader,
  head: VtiHead,
  frames: readonly FrameInfo[],
  ref: StoredPlaneRef,
  options: ReadOptions,
): Promise<TypedArray> {
  const frame = frames[ref.frame] as FrameInfo;
  const isMask = ref.component.role === 'mask';
  const array = vtiArrays(frames).find(
    (one) => one.frame === ref.frame && (isMask ? one.kind === 'mask' : one.components.includes(ref.component.name)),
  );
  const data = array && head.arrays.get(array.name);
  const place = { path: source.name, field: ref.component.name };
  if (!array || !data) throw new DataError('malformed', `The VTK file has no array of ${ref.component.name}.`, place);
  const step = array.kind === 'vector' ? 3 : 1;
  const size = data.type === 'Float64' ? 8 : data.type === 'Float32' ? 4 : data.type === 'UInt8' ? 1 : 0;
  const axes = vtiAxes(frame);
  const points = frame.shape[0] * frame.shape[1];
  if (data.step !== step || size === 0 || (size === 1) !== isMask || data.bytes !== points * frame.planes * step * size) {
    const message = `The array ${array.name} has ${data.bytes} bytes of ${data.type}, ${points * frame.planes} points of ${step} numbers are described.`;
    throw new DataError('malformed', message, { ...place, offset: data.offset });
  }
  const index = axes[2].flipped ? frame.planes - 1 - ref.plane : ref.plane;
  const planeBytes = points * step * size;
  const bytes = await source.read(data.offset + index * planeBytes, planeBytes, options);
  if (isMask) return flipPlane(bytes, axes, 1).map((flag) => (flag === 0 ? 0 : 1));
  const numbers = decodeSamples({ dtype: size === 8 ? 'f8' : 'f4', littleEndian: true }, bytes, points * step) as
    | Float64Array
    | Float32Array;
  return undoSign(takeComponent(flipPlane(numbers, axes, step), array, ref.component.name, step), frame, ref.component.name);
}

function takeComponent(numbers: Float64Array | Float32Array, array: VtiArray, component: string, step: number): Float64Array {
  if (step === 1) return Float64Array.from(numbers);
  const k = array.components.indexOf(component);
  return Float64Array.from({ length: numbers.length / step }, (_, i) => numbers[i * step + k] as number);
}
