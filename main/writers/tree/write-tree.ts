import { createHash } from 'node:crypto';
import { encodeJson } from '../../../shared/contract/json.ts';
import { devicesOf, scaledTrace } from '../../../shared/compute/device-table.ts';
import { throwIfAborted } from '../../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer, type FrameDatasetInfo } from '../../../shared/model/dataset.ts';
import { describeBuffer, descriptionText } from '../../codecs/frame-description.ts';
import { frameSignature, STATE_NUMBERS, TREE_FORMAT, TREE_LAYOUT, type TreeBuffer } from '../../codecs/frame-tree.ts';
import { writtenDataset } from '../described-output.ts';
import { eachBuffer } from '../each-buffer.ts';
import { STREAKLINE_VERSION, VERSION_ATTRIBUTE } from '../version.ts';
import { missingBuffers } from '../missing-buffers.ts';
import type { WriteJob } from '../writer.ts';
import { addFrame, writeFrame, type FrameArrays } from './frame-arrays.ts';
import { pendingWrites } from './pending-writes.ts';
import type { TreeSink } from './tree-sink.ts';

/** Writes every buffer of a job into a tree (codecs/frame-tree); one buffer and a few encoded planes are in memory. */
export async function writeTree(job: WriteJob, sink: TreeSink, derived: boolean): Promise<number> {
  const { info } = job.dataset;
  const total = bufferCount(info);
  const missing = missingBuffers(info);
  const shared = new Map<number, { readonly signature: string; readonly arrays: FrameArrays }>();
  const list: TreeBuffer[] = Array.from({ length: total }, () => ({ name: '', state: 'missing' }));
  const describe = descriptions(sink);
  const pending = pendingWrites();
  await writeHead(info, sink);
  const writeBuffer = async (buffer: FrameBuffer, index: number): Promise<void> => {
    const { state, name, time, frames } = buffer.info;
    const apart: number[] = [];
    for (const [k, frame] of frames.entries()) {
      const signature = frameSignature(frame);
      const known = shared.get(k);
      const fits = !known || known.signature === signature;
      const arrays =
        known && fits
          ? known.arrays
          : await addFrame(sink, fits ? `/frame${k}` : `/apart/${index}/frame${k}`, frame, fits ? total : 1, derived);
      if (!known) shared.set(k, { signature, arrays });
      if (!fits) apart.push(k);
      if (state === 'present') await writeFrame(buffer, k, arrays, fits ? index : 0, pending, job.signal);
    }
    const description = await describe(buffer);
    list[index] = { name, state, ...(time ? { time } : {}), description, ...(apart.length > 0 ? { apart } : {}) };
    if (sink.bufferGroups) {
      await writeAttributes(buffer, index, sink);
      await writeDevices(buffer, index, sink);
    }
  };
  try {
    await eachBuffer(job, writeBuffer, async (index) => missing.has(index));
  } finally {
    await pending.settled();
  }
  pending.check();
  throwIfAborted(job.signal);
  await writeList(list, sink);
  return total - missing.size;
}

async function writeHead(info: FrameDatasetInfo, sink: TreeSink): Promise<void> {
  const shape = info.nav.map(({ size }) => size);
  const description = writtenDataset(info);
  await sink.group('/', {
    format: TREE_FORMAT,
    layout: TREE_LAYOUT,
    [VERSION_ATTRIBUTE]: STREAKLINE_VERSION,
    title: info.title,
    source_format: info.format,
    nav_shape: { dtype: 'i8', shape: [shape.length], values: shape },
  });
  await sink.group('/set', description.attributes);
  await sink.text('/description', descriptionText({ dataset: description }));
}

/** Names, states and times of all buffers, once as a text for us and once as arrays for everybody. */
async function writeList(list: readonly TreeBuffer[], sink: TreeSink): Promise<void> {
  const states = Uint8Array.from(list, ({ state }) => STATE_NUMBERS[state]);
  const times = Float64Array.from(list, ({ time }) => time?.seconds ?? Number.NaN);
  const source = list.find(({ time }) => time)?.time?.source ?? '';
  await sink.text('/buffers/list', encodeJson(list));
  await sink.values('/buffers/state', {
    dtype: 'u1',
    axes: ['buffer'],
    data: states,
    attributes: { description: '0 present, 1 blank, 2 missing' },
  });
  await sink.values('/buffers/time', { dtype: 'f8', axes: ['buffer'], data: times, attributes: { unit: 's', source } });
}

/** What was recorded along with a buffer, for other programs: ours makes the table of the attributes. */
async function writeDevices({ info }: FrameBuffer, index: number, sink: TreeSink): Promise<void> {
  const path = `/tables/devices/${index}`;
  const devices = devicesOf(info.attributes);
  if (devices.length === 0) return;
  for (const device of devices) {
    const { name, alias, class: kind, scale } = device;
    await sink.group(`${path}/${device.number}`, { name, alias, class: kind, description: scale.description });
    const data = Float64Array.from(scaledTrace(device));
    await sink.values(`${path}/${device.number}/trace`, { dtype: 'f8', axes: ['sample'], data, attributes: { unit: scale.unit } });
  }
  await sink.seal(path);
}

async function writeAttributes({ info }: FrameBuffer, index: number, sink: TreeSink): Promise<void> {
  const levels = [info.attributes, ...info.frames.map(({ attributes }) => attributes)];
  if (levels.every((attributes) => Object.keys(attributes).length === 0)) return;
  const path = `/buffers/${index}`;
  await sink.group(path, { ...info.attributes });
  for (const [k, frame] of info.frames.entries()) await sink.group(`${path}/frame${k}`, frame.attributes);
  await sink.seal(path);
}

/** Writes the description of a buffer, or finds the equal one that is there already; its number. */
function descriptions(sink: TreeSink): (buffer: FrameBuffer) => Promise<number> {
  const known = new Map<string, number>();
  return async ({ info }) => {
    const { time: _time, ...lasting } = describeBuffer(info);
    const text = descriptionText({ buffers: [{ ...lasting, name: '' }] });
    const key = createHash('sha256').update(text).digest('base64');
    const found = known.get(key);
    if (found !== undefined) return found;
    const number = known.size;
    known.set(key, number);
    await sink.text(`/descriptions/${number}`, text);
    await sink.seal(`/descriptions/${number}`);
    return number;
  };
}
