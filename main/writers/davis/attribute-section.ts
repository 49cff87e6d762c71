import { ByteWriter } from '../../codecs/byte-writer.ts';
import { latin1Bytes } from '../../codecs/latin1-text.ts';
import { ITEM } from '../../formats/davis/layout.ts';
import { isAttributeArray, type AttributeValue } from '../../../shared/model/attributes.ts';
import type { BufferInfo, FrameInfo } from '../../../shared/model/frames.ts';
import type { Scale } from '../../../shared/model/scale.ts';
import type { Losses } from '../losses.ts';
import { STREAKLINE_VERSION, VERSION_ATTRIBUTE } from '../version.ts';
import { putAttribute, putItem, putText } from './attribute-bytes.ts';
import { bufferAttributeName, frameAttributeName, isSetOnLoad } from './attribute-names.ts';
import type { BufferPlan } from './buffer-plan.ts';
import { scaleLines, scaleText } from './scale-text.ts';

/** What DaVis readers list where no acquisition time is stored: nothing to store. */
const NO_TIME_SERIES = 'no acquisition time series value';
const MICROSECONDS = 1e6;

/** Attributes with an item of their own. */
const TEXT_ITEMS: Readonly<Record<string, number>> = { _Comment: ITEM.comment, _Time: ITEM.time, _Date: ITEM.date };

/** The attribute block: scales of frame 0 for readers of old, buffer attributes, then attributes and scales of every frame. */
export function attributeSection(info: BufferInfo, plan: BufferPlan, losses: Losses): Uint8Array {
  const out = new ByteWriter(4096);
  const scales = info.frames.map((frame) => fileScales(frame, plan.main));
  const [first] = scales;
  const items = [ITEM.scaleX, ITEM.scaleY, ITEM.scaleZ, ITEM.scaleI];
  if (first)
    for (const [at, item] of items.entries())
      putItem(out, item, latin1Bytes(scaleText(first[at]?.[1] as Scale, `${first[at]?.[0]}`, losses)));
  putBufferAttributes(out, info, losses);
  for (const [frame, { attributes }] of info.frames.entries()) {
    for (const [name, value] of frameAttributes(info, attributes)) {
      const stored = frameAttributeName(name, frame, losses);
      if (stored !== undefined) putAttribute(out, stored, value, losses);
    }
    for (const [axis, scale] of scales[frame] ?? [])
      putText(out, ITEM.text, `FrameScale${axis.toUpperCase()}${frame}=${scaleLines(scale, axis, losses)}`);
  }
  putItem(out, ITEM.end, new Uint8Array(0));
  return out.done();
}

/** x, y, z, and i: the scale of the values is that of the component that holds them. */
function fileScales(frame: FrameInfo, main: string): readonly (readonly [axis: string, scale: Scale])[] {
  const { x, y, z, i } = frame.scales;
  const values = frame.components.find(({ name }) => name === main)?.scale ?? i;
  return [
    ['x', x],
    ['y', y],
    ['z', z],
    ['i', values],
  ];
}

function putBufferAttributes(out: ByteWriter, info: BufferInfo, losses: Losses): void {
  for (const [name, value] of Object.entries({ ...info.attributes, [VERSION_ATTRIBUTE]: STREAKLINE_VERSION })) {
    if (isSetOnLoad(name)) continue;
    const item = TEXT_ITEMS[name];
    const frameScale = name === '_FrameScale' && typeof value === 'string' ? /^(\S+)\n(\S+)\n([^\n]*)\n?([^\n]*)$/.exec(value) : null;
    // An empty comment of its own kind would count as absent.
    if (item !== undefined && typeof value === 'string' && value !== '') putText(out, item, value);
    else if (frameScale) putText(out, ITEM.frameScale, `${frameScale[1]} ${frameScale[2]}\0${frameScale[3]}\0${frameScale[4]}\0`);
    else {
      const stored = bufferAttributeName(name, value, info.frames.length, losses);
      if (stored !== undefined) putAttribute(out, stored, value, losses);
    }
  }
}

/** Stand-ins of readers for times that are not stored are left out; a time that another format knows becomes Acq.Time in microseconds. */
function frameAttributes(info: BufferInfo, attributes: FrameInfo['attributes']): readonly (readonly [string, AttributeValue])[] {
  const hasOwnTime = ['Acq.Time', 'AcqTime', 'AcqTimeSeries'].some((name) => attributes[name] !== undefined);
  const listed = Object.entries(attributes).filter(([name, value]) => {
    if (name === 'AcqTimeSeries') return value !== NO_TIME_SERIES;
    return !(name === 'Acq.Time' && info.time === undefined && isZero(value));
  });
  if (hasOwnTime || info.time === undefined) return listed;
  return [...listed, ['Acq.Time', { dtype: 'f8', shape: [1, 1], values: [info.time.seconds * MICROSECONDS] }]];
}

function isZero(value: AttributeValue): boolean {
  return isAttributeArray(value) && value.values.length === 1 && value.values[0] === 0;
}
