import { luma } from '../../../shared/compute/luma.ts';
import type { FrameBuffer, FrameDataset, ReadOptions } from '../../../shared/model/dataset.ts';
import type { ComponentInfo, FrameInfo, Plane, PlaneRef } from '../../../shared/model/frames.ts';
import { mappedFacts } from './mapped-facts.ts';
import type { NotedDataset } from './noted.ts';

const COLORS: readonly string[] = ['R', 'G', 'B'];
const ALPHA = 'A';
const GREY = 'PIXEL';

/** Frames of colours (R, G, B) as grey ones: PIXEL is 0.299 R + 0.587 G + 0.114 B as float32. Other frames pass. Closing it closes the dataset. */
export function greyColors(dataset: FrameDataset): NotedDataset {
  const notes = new Set<string>();
  return {
    info: dataset.info,
    notes: () => [...notes],
    buffer: async (index, options) => {
      const buffer = await dataset.buffer(index, options);
      return buffer.info.frames.some(hasColors) ? greyBuffer(buffer, notes) : buffer;
    },
    ...mappedFacts(dataset, ({ info, warnings }) => ({ info: { ...info, frames: greyFrames(info.frames, notes) }, warnings })),
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}

function greyFrames(frames: readonly FrameInfo[], notes: Set<string>): readonly FrameInfo[] {
  return frames.map((frame) => (hasColors(frame) ? greyFrame(frame, notes) : frame));
}

function hasColors({ components }: FrameInfo): boolean {
  const names = components.map(({ name }) => name);
  return COLORS.every((color) => names.includes(color)) && !names.includes(GREY);
}

function greyBuffer(buffer: FrameBuffer, notes: Set<string>): FrameBuffer {
  notes.add('R, G and B: colours became grey, 0.299 R + 0.587 G + 0.114 B as float32.');
  const frames = greyFrames(buffer.info.frames, notes);
  return {
    info: { ...buffer.info, frames },
    warnings: buffer.warnings,
    get bytes() {
      return buffer.bytes;
    },
    plane: (ref, options) =>
      ref.component === GREY && frames[ref.frame] !== buffer.info.frames[ref.frame]
        ? greyPlane(buffer, ref, options)
        : buffer.plane(ref, options),
  };
}

function greyFrame(frame: FrameInfo, notes: Set<string>): FrameInfo {
  if (frame.components.some(({ name }) => name === ALPHA)) notes.add('A: the transparency is left out.');
  const left = frame.components.filter(({ name }) => name !== ALPHA && !COLORS.includes(name));
  const pattern = frame.components.find(({ name }) => name === COLORS[0]) as ComponentInfo;
  return { ...frame, components: [{ ...pattern, name: GREY, dtype: 'f4' }, ...left] };
}

async function greyPlane(buffer: FrameBuffer, ref: PlaneRef, options?: ReadOptions): Promise<Plane> {
  const [red, green, blue] = (await Promise.all(COLORS.map((component) => buffer.plane({ ...ref, component }, options)))) as [
    Plane,
    Plane,
    Plane,
  ];
  const { width, height } = red;
  const data = new Float32Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = luma(Number(red.data[i]), Number(green.data[i]), Number(blue.data[i]));
  return { dtype: 'f4', width, height, data };
}
