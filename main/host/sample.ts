import { fieldPlane, derivedComponents } from '../../shared/compute/derived-plane.ts';
import { SAMPLE_STATE } from '../../shared/compute/sample-state.ts';
import type { Methods } from '../../shared/contract/methods.ts';
import type { SampleReply } from '../../shared/contract/planes.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { FrameBuffer } from '../../shared/model/dataset.ts';
import { halfToNumber, sampleAt } from '../../shared/model/dtype.ts';
import type { FrameInfo, Plane } from '../../shared/model/frames.ts';

const STATES: readonly SampleReply['state'][] = stateNames();

function stateNames(): SampleReply['state'][] {
  const names: SampleReply['state'][] = [];
  names[SAMPLE_STATE.valid] = 'valid';
  names[SAMPLE_STATE.masked] = 'masked';
  names[SAMPLE_STATE.disabled] = 'disabled';
  names[SAMPLE_STATE.outsideChoices] = 'outside-choices';
  names[SAMPLE_STATE.blank] = 'blank';
  return names;
}

/** Computed values that a read-out shows before the stored ones. */
const SHOWN_DERIVED: ReadonlySet<string> = new Set(['u', 'v', 'w', 'speed']);

/** All components at one sample: those in effect first (raw is empty for them), then the stored ones in the order of the file. */
export async function readSample(buffer: FrameBuffer, at: Methods['sample']['params'], signal: AbortSignal): Promise<SampleReply> {
  const frame = buffer.info.frames[at.frame];
  if (!frame)
    throw new DataError('out-of-range', `There is no frame ${at.frame}: the buffer has ${buffer.info.frames.length}.`, { field: 'frame' });
  const where = { frame: at.frame, plane: at.plane, window: { x: at.x, y: at.y, width: 1, height: 1, step: 1 } };
  const read = (component: string, mode: 'raw' | 'scaled'): Promise<Plane> => fieldPlane(buffer, where, component, mode, { signal });
  const state = STATES[sampleAt('u1', (await read('state', 'raw')).data, 0)] ?? 'valid';
  const values = [];
  for (const component of derivedComponents(frame)) {
    if (!SHOWN_DERIVED.has(component)) continue;
    values.push({ component, raw: '', scaled: first(await read(component, 'scaled')), unit: frame.scales.i.unit });
  }
  for (const info of storedComponents(frame)) {
    values.push({
      component: info.name,
      raw: rawText(await read(info.name, 'raw')),
      scaled: first(await read(info.name, 'scaled')),
      unit: info.scale.unit,
    });
  }
  return { x: at.x, y: at.y, state, values };
}

function storedComponents(frame: FrameInfo): FrameInfo['components'] {
  return frame.components.filter((component) => component.stored);
}

function first({ dtype, data }: Plane): number {
  return sampleAt(dtype, data, 0);
}

/** The stored sample as text without loss: 8-byte integers in full, complex as both parts. */
function rawText({ dtype, data }: Plane): string {
  if (dtype === 'c8' || dtype === 'c16') return `${data[0]} + ${data[1]}i`;
  if (dtype === 'f4') return singleText(Number(data[0]));
  return String(dtype === 'f2' ? halfToNumber(Number(data[0])) : data[0]);
}

/** The shortest number that is this one among those of 32 bits: 0.1, not 0.10000000149011612. */
function singleText(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
