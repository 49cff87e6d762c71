import { takeWindow } from '../../../shared/compute/plane-window.ts';
import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { FrameBuffer, ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import type { BufferInfo, FrameInfo, Plane, PlaneRef } from '../../../shared/model/frames.ts';
import type { FolderEntry } from '../../sources/byte-source.ts';
import { parseXml, type XmlElement } from '../../codecs/xml.ts';
import { loadAttributes, type SetContent, type SetFacts } from './set-content.ts';
import type { SetPlace } from './set-place.ts';
import { openStream, type FrameStream, type StreamFolder } from './stream.ts';
import { streamFiles } from './stream-manifest.ts';

/** In this order the manifest is looked for, as lvpyio does. */
const MANIFESTS = ['StreamSet.xml', 'ReaderConfiguration.xml'];

/** The buffers of a recording with .ims streams: one frame for every stream and frame of its entries. Undefined where there are no streams. */
export async function streamContent(
  place: SetPlace,
  entries: readonly FolderEntry[],
  facts: SetFacts,
  options?: ReadOptions,
): Promise<SetContent | undefined> {
  const folder = streamFolder(place, entries);
  const manifest = await readManifest(folder, options);
  const files = streamFiles(
    manifest,
    entries.map(({ name }) => name),
    place.folderPath,
  );
  if (files.length === 0) return undefined;
  const streams: FrameStream[] = [];
  for (const each of files) streams.push(await openStream(folder, each, options));
  const lengths = streams.map(({ index }) => index.buffers);
  const count = Math.min(...lengths);
  const frames = streams.flatMap((stream) =>
    Array.from({ length: stream.index.framesPerEntry }, (_, frame) => ({ stream, frame, info: frameInfo(stream) })),
  );
  const infoOf = (index: number): BufferInfo => ({
    index,
    state: 'present',
    name: `recorded ${index + 1}`,
    frames: frames.map(({ info }) => info),
    attributes: loadAttributes(facts, place.textPath, index),
  });
  return {
    count,
    present: count,
    missing: [],
    versions: new Map(),
    warnings: [...streams.flatMap(({ warnings }) => warnings), ...lengthWarning(lengths, place.folderPath)],
    buffer: async (index) => recordedBuffer(infoOf(index), frames),
    facts: async (index) => ({ info: infoOf(index), warnings: [] }),
    isComplete: async (index, how) => {
      for (const stream of streams) if (!(await stream.isComplete(index, how))) return false;
      return true;
    },
  };
}

function streamFolder(place: SetPlace, entries: readonly FolderEntry[]): StreamFolder {
  const byName = new Map(entries.filter(({ kind }) => kind === 'file').map(({ name }) => [name.toLowerCase(), name]));
  return {
    path: place.folderPath,
    has: (name) => byName.has(name.toLowerCase()),
    open: (name, options) => place.openFile(byName.get(name.toLowerCase()) ?? name, options),
  };
}

async function readManifest(folder: StreamFolder, options?: ReadOptions): Promise<XmlElement | undefined> {
  const name = MANIFESTS.find((known) => folder.has(known));
  if (name === undefined) return undefined;
  const source = await folder.open(name, options);
  try {
    return parseXml(await source.read(0, source.size, options), source.name);
  } finally {
    await source[Symbol.asyncDispose]();
  }
}

function lengthWarning(lengths: readonly number[], path: string): readonly Warning[] {
  if (new Set(lengths).size === 1) return [];
  return [
    {
      code: 'stream-lengths',
      message: `The streams of the recording hold ${lengths.join(', ')} buffers; those that all of them have are shown.`,
      path,
    },
  ];
}

function frameInfo({ index: { width, height }, scales }: FrameStream): FrameInfo {
  return {
    kind: 'image',
    shape: [height, width],
    planes: 1,
    grid: [1, 1, 1],
    scales,
    choices: 0,
    dimensions: 0,
    attributes: {},
    components: [{ name: 'PIXEL', role: 'intensity', dtype: 'u2', planes: 1, scale: scales.i, stored: true }],
  };
}

interface RecordedFrame {
  readonly stream: FrameStream;
  readonly frame: number;
  readonly info: FrameInfo;
}

/** Frames are decoded when they are first asked for, each on its own: one that cannot be decoded leaves the others readable. */
function recordedBuffer(info: BufferInfo, frames: readonly RecordedFrame[]): FrameBuffer {
  const decoded = new Map<number, Uint16Array>();
  return {
    info,
    warnings: [],
    get bytes() {
      return [...decoded.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
    },
    plane: async (ref, options) => {
      throwIfAborted(options?.signal);
      const frame = frameAt(frames, ref);
      const pixels = decoded.get(ref.frame) ?? (await frame.stream.pixels(info.index, frame.frame, options));
      throwIfAborted(options?.signal);
      decoded.set(ref.frame, pixels);
      return windowOf(pixels, frame.info, ref);
    },
  };
}

function frameAt(frames: readonly RecordedFrame[], ref: PlaneRef): RecordedFrame {
  const frame = frames[ref.frame];
  if (!frame)
    throw new DataError('out-of-range', `There is no frame ${ref.frame}: the buffer has ${frames.length} (0 to ${frames.length - 1}).`, {
      field: 'frame',
    });
  if (ref.component !== 'PIXEL')
    throw new DataError('out-of-range', `There is no component '${ref.component}': stored is PIXEL.`, { field: 'component' });
  if (ref.plane !== 0) throw new DataError('out-of-range', `There is no plane ${ref.plane}: the frame has one (0).`, { field: 'plane' });
  return frame;
}

function windowOf(pixels: Uint16Array, info: FrameInfo, ref: PlaneRef): Plane {
  return takeWindow('u2', pixels, info.shape, ref.window);
}
