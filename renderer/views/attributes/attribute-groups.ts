import type { Attributes, AttributeValue } from '../../../shared/model/attributes.ts';
import type { DatasetInfo, ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { bufferCount } from '../../../shared/model/dataset.ts';
import type { Scale } from '../../../shared/model/scale.ts';
import type { BufferInfo, FrameInfo } from '../../../shared/model/frames.ts';
import type { StepFacts } from '../../stores/step-facts.ts';
import { text } from '../../strings/en.ts';
import { particleText } from '../../strings/particle-text.ts';
import { MINUS, storedText, valueText } from '../../../shared/draw/number-text.ts';
import { valueLine } from './attribute-text.ts';

export interface AttributeRow {
  readonly id: string;
  readonly name: string;
  readonly value: AttributeValue;
}

/** Attributes of one thing: the file, the set, the buffer, a frame. */
export interface AttributeGroup {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly AttributeRow[];
}

/** Everything that is known about a dataset and the buffer on the screen, in the order of the files. `number` is the buffer's shown number. */
export function attributeGroups(info: DatasetInfo, buffer: BufferInfo | undefined, number: number, step?: StepFacts): AttributeGroup[] {
  const groups = [group('file', text.attributes.file, fileFacts(info)), group('set', text.attributes.set, info.attributes)];
  if (buffer) {
    const time = buffer.time
      ? { [text.attributes.time]: `${buffer.time.seconds} s`, [text.attributes.timeSource]: buffer.time.source }
      : {};
    groups.push(group('buffer', text.attributes.buffer(number, buffer.name), { ...time, ...buffer.attributes }));
    buffer.frames.forEach((frame, index) =>
      groups.push(group(`frame-${index}`, text.attributes.frame(index + 1), { ...frameFacts(frame), ...frame.attributes })),
    );
  }
  if (step)
    groups.push(
      group('step', particleText.facts.step(step.step + info.firstNumber), { [particleText.facts.here]: step.count, ...step.attributes }),
    );
  return groups.filter(({ rows }) => rows.length > 0);
}

/** Rows whose name or value contains all words of the filter; groups without such rows are left out. */
export function filterGroups(groups: readonly AttributeGroup[], filter: string): AttributeGroup[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...groups];
  const matches = (row: AttributeRow): boolean => {
    const { value, unit } = valueLine(row.value);
    const searched = `${row.name} ${value} ${unit}`.toLowerCase();
    return words.every((word) => searched.includes(word));
  };
  return groups.map((candidate) => ({ ...candidate, rows: candidate.rows.filter(matches) })).filter(({ rows }) => rows.length > 0);
}

function group(id: string, title: string, attributes: Attributes): AttributeGroup {
  return { id, title, rows: Object.entries(attributes).map(([name, value]) => ({ id: `${id}/${name}`, name, value })) };
}

function fileFacts(info: DatasetInfo): Attributes {
  const { facts } = text.attributes;
  const frames =
    info.kind === 'frames'
      ? {
          [facts.buffers]: bufferCount(info),
          ...(info.nav.length > 1 ? { [facts.navigation]: info.nav.map(({ name, size }) => `${name} ${size}`).join(', ') } : {}),
          ...(info.rawDtype ? { [facts.sampleType]: info.rawDtype } : {}),
          ...(info.typeId ? { [facts.typeId]: info.typeId } : {}),
          ...(info.guessed.length > 0 ? { [facts.guessed]: info.guessed.join(', ') } : {}),
          ...Object.fromEntries(info.diagnostics.map(({ name, value }) => [name, value])),
        }
      : particleFacts(info);
  return { [facts.path]: info.path, [facts.format]: info.format, [facts.summary]: info.summary, ...frames };
}

function particleFacts({ steps, pulses, particles, tracks, startTime, bounds, scales, scalars }: ParticleDatasetInfo): Attributes {
  const { facts } = particleText;
  const axes = ['x', 'y', 'z'] as const;
  return {
    [facts.steps]: steps,
    [facts.pulses]: pulses,
    [facts.particles]: particles,
    [facts.tracks]: tracks,
    [facts.startTime]: `${startTime} s`,
    ...Object.fromEntries(
      axes.map((axis, i) => [facts.bounds(axis), scaledBounds(scales[axis], bounds[i] ?? Number.NaN, bounds[i + 3] ?? Number.NaN)]),
    ),
    ...Object.fromEntries(
      axes.map((axis, i) => [facts.storedBounds(axis), `${storedText(String(bounds[i]))} ... ${storedText(String(bounds[i + 3]))}`]),
    ),
    ...Object.fromEntries([...axes, 'i' as const].map((axis) => [facts.scale(axis), scaleText(scales[axis])])),
    ...Object.fromEntries(scalars.map(({ name, scale }, k) => [facts.scalar(name || String(k)), scaleText(scale)])),
  };
}

function scaledBounds({ slope, offset, unit }: Scale, low: number, high: number): string {
  const ends = [low, high]
    .map((stored) => slope * stored + offset)
    .sort((a, b) => a - b)
    .map((end) => valueText(end, 7));
  return `${ends.join(' ... ')}${unit ? ` ${unit}` : ''}`;
}

function scaleText({ slope, offset, unit }: Scale): string {
  const sign = offset < 0 ? MINUS : '+';
  return `${storedText(String(slope))} · n ${sign} ${storedText(String(Math.abs(offset)))}${unit ? ` ${unit}` : ''}`;
}

function frameFacts(frame: FrameInfo): Attributes {
  const { facts } = text.attributes;
  const [height, width] = frame.shape;
  const scale = (axis: 'x' | 'y' | 'z' | 'i'): string => scaleText(frame.scales[axis]);
  return {
    [facts.size]: `${width} × ${height}${frame.planes > 1 ? ` × ${frame.planes}` : ''}`,
    ...(frame.kind === 'vector' ? { [facts.grid]: frame.grid.slice(0, frame.planes > 1 ? 3 : 2).join(' × ') } : {}),
    [facts.components]: frame.components.map(({ name }) => name).join(', '),
    [facts.scaleX]: scale('x'),
    [facts.scaleY]: scale('y'),
    ...(frame.planes > 1 ? { [facts.scaleZ]: scale('z') } : {}),
    [facts.scaleI]: scale('i'),
  };
}
