import { describedDataset, describedInfo } from '../../main/formats/described-dataset.ts';
import type { DatasetDescription } from '../../main/codecs/frame-description.ts';
import type { Attributes } from '../../shared/model/attributes.ts';
import type { FrameDataset } from '../../shared/model/dataset.ts';
import { allocateSamples, sampleElements, type DType, type TypedArray } from '../../shared/model/dtype.ts';
import type { ComponentInfo, FrameInfo } from '../../shared/model/frames.ts';
import type { Scale } from '../../shared/model/scale.ts';

/** Attributes of every kind, with texts and numbers that formats like to lose. */
export const ATTRIBUTES: Attributes = {
  Text: 'Größe "µ" 測定, a;b\tc\nsecond line',
  '_Under_<&>': ']]> -- #',
  Number: 0.1,
  Nothing: Number.NaN,
  Flag: true,
  List: { dtype: 'f4', shape: [2, 2], values: [1, 2.5, Number.NEGATIVE_INFINITY, -0] },
};

const X: Scale = { slope: 0.02, offset: -5.5, unit: 'mm', description: 'position' };
const Y: Scale = { slope: -0.02, offset: 7.25, unit: 'mm', description: 'Höhe' };
const Z: Scale = { slope: 0.5, offset: 1, unit: 'mm', description: '' };

interface Part {
  readonly name: string;
  readonly role: ComponentInfo['role'];
  readonly dtype: DType;
  readonly scale: Scale;
  readonly stored?: boolean;
  value(buffer: number, frame: number, plane: number, i: number): number;
}

function component({ name, role, dtype, scale, stored = true }: Part, planes: number): ComponentInfo {
  return { name, role, dtype, planes, scale, stored };
}

export interface SampleShape {
  readonly buffers: number;
  readonly frames: number;
  readonly planes: number;
  readonly height: number;
  readonly width: number;
}

const MASK: Part = {
  name: 'MASK',
  role: 'mask',
  dtype: 'u1',
  scale: { slope: 1, offset: 0, unit: 'Valid', description: 'Mask' },
  value: (b, f, p, i) => ((i + b + f + p) % 4 === 1 ? 0 : 1),
};

const TEMPERATURE: Part = {
  name: 'TS:Temperature <K>',
  role: 'scalar',
  dtype: 'f4',
  scale: { slope: 0.25, offset: 273.15, unit: 'K', description: 'Température' },
  value: (b, f, p, i) => (i === 3 ? Number.NaN : 0.125 * (i + 10 * b + 100 * f + 1000 * p)),
};

function sampleDataset(parts: readonly Part[], shape: SampleShape, frameFacts: Partial<FrameInfo>): FrameDataset {
  const { buffers, frames, planes, height, width } = shape;
  const dataset: DatasetDescription = {
    title: 'Größe',
    attributes: ATTRIBUTES,
    nav: [{ name: 'time', size: buffers, scale: { slope: 0.001, offset: 2, unit: 's', description: '' } }],
    firstNumber: 1,
    typeId: 'SET_TYPE_ID_DEFAULT',
  };
  const frame = (index: number): FrameInfo => ({
    kind: 'image',
    shape: [height, width],
    planes,
    grid: [1, 1, 1],
    scales: { x: X, y: Y, z: Z, i: { slope: 0.5, offset: 3, unit: 'counts', description: 'intensity' } },
    choices: 0,
    dimensions: 0,
    components: parts.map((part) => component(part, planes)),
    attributes: { ...ATTRIBUTES, Frame: index },
    ...frameFacts,
  });
  return describedDataset({
    info: describedInfo({ format: 'memory', kind: 'Sample', path: 'sample', title: 'sample', buffers }, dataset),
    openBuffer: async (buffer) => ({
      description: {
        state: 'present',
        name: `B0000${buffer + 1}`,
        time: { seconds: 0.5 + buffer / 1000, source: 'AcqTimeSeries0' },
        frames: Array.from({ length: frames }, (_, index) => frame(index)),
        attributes: { ...ATTRIBUTES, Buffer: `number ${buffer}` },
      },
      plane: async (ref) => {
        const part = parts.find(({ name }) => name === ref.component.name) as Part;
        return samplesOf(part, height * width, (i) => part.value(buffer, ref.frame, ref.plane, i));
      },
    }),
    close: async () => undefined,
  });
}

function samplesOf(part: Part, samples: number, value: (i: number) => number): TypedArray {
  const data = allocateSamples(part.dtype, samples);
  const isBig = part.dtype === 'u8' || part.dtype === 'i8';
  for (let i = 0; i < samples * sampleElements(part.dtype); i++) data[i] = (isBig ? BigInt(Math.trunc(value(i))) : value(i)) as never;
  return data;
}

const SMALL: SampleShape = { buffers: 3, frames: 2, planes: 1, height: 3, width: 5 };

/** Pictures of one sample type with mask and a scalar field. */
export function imageSample(dtype: DType = 'u2', shape: Partial<SampleShape> = {}): FrameDataset {
  const pixel: Part = {
    name: 'PIXEL',
    role: 'intensity',
    dtype,
    scale: { slope: 0.5, offset: 3, unit: 'counts', description: 'intensity' },
    value: (b, f, p, i) => (7 * i + 11 * b + 5 * f + 3 * p) % (dtype === 'b1' ? 2 : 100),
  };
  return sampleDataset([pixel, MASK, TEMPERATURE], { ...SMALL, ...shape }, {});
}

/** Vectors with three components, two choices, disabled and masked samples, in a volume. */
export function vectorSample(shape: Partial<SampleShape> = {}): FrameDataset {
  const scale: Scale = { slope: 0.125, offset: 0.5, unit: 'm/s', description: 'velocity' };
  const velocity = ['U0', 'V0', 'U1', 'V1', 'W0', 'W1'].map(
    (name, k): Part => ({
      name,
      role: 'velocity',
      dtype: 'f4',
      scale,
      value: (b, f, p, i) => Math.fround(Math.sin(i + 10 * k + b + f + p)),
    }),
  );
  const one: Scale = { slope: 1, offset: 0, unit: 'counts', description: '' };
  const choice: Part = { name: 'ACTIVE_CHOICE', role: 'choice', dtype: 'i4', scale: one, value: (b, _f, _p, i) => (i + b) % 3 };
  const enabled: Part = { name: 'ENABLED', role: 'enabled', dtype: 'u1', scale: one, value: (_b, _f, _p, i) => (i % 5 === 2 ? 0 : 1) };
  return sampleDataset(
    [...velocity, choice, enabled, MASK, TEMPERATURE],
    { ...SMALL, frames: 1, planes: 2, ...shape },
    {
      kind: 'vector',
      grid: [16, 16, 4],
      choices: 2,
      dimensions: 3,
      scales: { x: X, y: Y, z: Z, i: scale },
    },
  );
}
