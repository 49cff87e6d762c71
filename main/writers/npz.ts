import { DataError } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer } from '../../shared/model/dataset.ts';
import { bytesOf, sampleBytes } from '../../shared/model/dtype.ts';
import type { BufferInfo, ComponentInfo, FrameInfo } from '../../shared/model/frames.ts';
import { positionAt } from '../../shared/model/scale.ts';
import { descriptionText, describeBuffer, type BufferDescription } from '../codecs/frame-description.ts';
import { npyHeaderBytes } from '../codecs/npy.ts';
import { componentFiles, frameFolder, NPZ_DESCRIPTION, type NpzLayout } from '../codecs/npz-layout.ts';
import { sampleTypeText } from '../codecs/sample-type.ts';
import { writeAtomically, type AtomicFile } from './atomic-file.ts';
import { writeTelling, writtenDataset } from './described-output.ts';
import { eachBuffer } from './each-buffer.ts';
import { FIELDS_OPTION } from './fields-option.ts';
import type { Losses } from './losses.ts';
import type { WriteJob, Writer } from './writer.ts';
import { createZipFile, type GrowingMember, type ZipFile } from './zip-file.ts';

/** NumPy archive: the stored numbers of every component, coordinates, and a description. Layout: docs/formats/npz.md. */
export const npz: Writer = {
  id: 'npz',
  label: 'NumPy archive (.npz)',
  extensions: ['npz'],
  options: {
    layout: {
      type: 'choice',
      label: 'Layout',
      choices: ['auto', 'stack', 'buffers'],
      help: 'stack: one array per component over all buffers; buffers: one per component and buffer; auto: stack where all buffers are alike.',
    },
    ...FIELDS_OPTION,
  },
  accepts: () => true,
  write: (job) => writeTelling(job, (losses) => writeWithLayout(job, losses)),
};

async function writeWithLayout(job: WriteJob, losses: Losses): Promise<number> {
  const asked = job.options.layout ?? 'auto';
  let buffers = 0;
  const attempt = (layout: NpzLayout): Promise<void> =>
    writeAtomically(job.target, job, async (file) => {
      buffers = await writeArchive(file, job, layout, losses);
    });
  try {
    await attempt(asked === 'buffers' ? 'buffers' : 'stack');
  } catch (error) {
    if (asked !== 'auto' || !(error instanceof FramesDiffer)) throw error;
    losses.add('The buffers differ in shape or components: one array per buffer instead of one over all.');
    await attempt('buffers');
  }
  return buffers;
}

/** A buffer does not fit into the arrays that the first one began. */
class FramesDiffer extends DataError {}

type Members = readonly ReadonlyMap<string, GrowingMember>[];

/** Arrays under way, and how many buffers are in them. */
interface Begun {
  readonly info: BufferInfo;
  readonly members: Members;
  full: number;
}

async function writeArchive(file: AtomicFile, job: WriteJob, layout: NpzLayout, losses: Losses): Promise<number> {
  const zip = createZipFile(file);
  const total = bufferCount(job.dataset.info);
  const descriptions: BufferDescription[] = Array.from({ length: total }, () => ({
    state: 'missing',
    name: '',
    frames: [],
    attributes: {},
  }));
  let first: Begun | undefined;
  const buffers = await eachBuffer(job, async (buffer, index) => {
    descriptions[index] = describeBuffer(buffer.info);
    if (layout === 'buffers' || !first)
      first = { info: buffer.info, members: await beginMembers(zip, buffer.info, layout, index, total), full: 0 };
    else compareFrames(first.info, buffer.info, losses);
    if (layout === 'stack') await padTo(first, index);
    await appendPlanes(buffer, first.members, job);
    first.full++;
  });
  if (layout === 'stack' && first) await padTo(first, total);
  await zip.addText(NPZ_DESCRIPTION, descriptionText({ dataset: writtenDataset(job.dataset.info), buffers: descriptions }));
  await zip.finish();
  return buffers;
}

/** Zeros in the place of missing buffers; the description says that they are none. */
async function padTo(begun: Begun, index: number): Promise<void> {
  for (; begun.full < index; begun.full++) {
    for (const [k, frame] of begun.info.frames.entries()) {
      for (const { name, dtype } of storedComponents(frame)) {
        const zeros = new Uint8Array(frame.shape[0] * frame.shape[1] * sampleBytes(dtype));
        for (let plane = 0; plane < frame.planes; plane++) await begun.members[k]?.get(name)?.append(zeros);
      }
    }
  }
}

async function beginMembers(zip: ZipFile, info: BufferInfo, layout: NpzLayout, index: number, total: number): Promise<Members> {
  const members: ReadonlyMap<string, GrowingMember>[] = [];
  for (const [frameIndex, frame] of info.frames.entries()) {
    const folder = frameFolder(layout, index, frameIndex);
    const shape = [...(layout === 'stack' ? [total] : []), frame.planes, ...frame.shape];
    const files = componentFiles(frame);
    const started = new Map<string, GrowingMember>();
    for (const component of storedComponents(frame)) {
      const header = npyHeaderBytes(sampleTypeText({ dtype: component.dtype, littleEndian: true }), shape);
      const samples = shape.reduce((product, size) => product * size, 1);
      const member = zip.begin(`${folder}${files.get(component.name)}`, header.byteLength + samples * sampleBytes(component.dtype));
      await member.append(header);
      started.set(component.name, member);
    }
    await addCoordinates(zip, folder, frame);
    members.push(started);
  }
  return members;
}

function storedComponents(frame: FrameInfo): readonly ComponentInfo[] {
  return frame.components.filter(({ stored }) => stored);
}

/** Positions of columns, rows and planes in the units of their axes. */
async function addCoordinates(zip: ZipFile, folder: string, frame: FrameInfo): Promise<void> {
  const [height, width] = frame.shape;
  for (const [axis, size, grid] of [
    ['x', width, frame.grid[0]],
    ['y', height, frame.grid[1]],
    ['z', frame.planes, frame.grid[2]],
  ] as const) {
    const values = Float64Array.from({ length: size }, (_, i) => positionAt(frame.scales[axis], grid, i));
    const header = npyHeaderBytes('<f8', [size]);
    const member = zip.begin(`${folder}${axis}.npy`, header.byteLength + values.byteLength);
    await member.append(header);
    await member.append(bytesOf(values));
  }
}

function compareFrames(first: BufferInfo, other: BufferInfo, losses: Losses): void {
  if (JSON.stringify(other.frames.map(arrayFacts)) !== JSON.stringify(first.frames.map(arrayFacts))) {
    throw new FramesDiffer('unsupported', `Buffer ${other.index} has other frames than the first one and does not fit into one array.`, {
      field: 'layout',
      hint: 'Write with layout=buffers, or a range of equal buffers.',
    });
  }
  if (JSON.stringify(other.frames.map(placeFacts)) !== JSON.stringify(first.frames.map(placeFacts)))
    losses.add(
      'The coordinate arrays x, y, z are those of the first buffer; other buffers have other scales, which the description holds.',
    );
}

function arrayFacts(frame: FrameInfo): unknown {
  return [frame.shape, frame.planes, storedComponents(frame).map(({ name, dtype }) => [name, dtype])];
}

function placeFacts({ grid, scales: { x, y, z } }: FrameInfo): unknown {
  return [grid, x, y, z];
}

async function appendPlanes(buffer: FrameBuffer, members: Members, job: WriteJob): Promise<void> {
  for (const [frame, info] of buffer.info.frames.entries()) {
    for (const [component, member] of members[frame] ?? []) {
      for (let plane = 0; plane < info.planes; plane++)
        await member.append(bytesOf((await buffer.plane({ frame, component, plane }, { signal: job.signal })).data));
    }
  }
}
