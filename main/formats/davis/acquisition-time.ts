import type { AttributeValue } from '../../../shared/model/attributes.ts';
import { isAttributeArray } from '../../../shared/model/attributes.ts';
import type { BufferInfo } from '../../../shared/model/frames.ts';

/** What lvpyio lists (and writes) where a frame has no acquisition time. */
const NO_TIME_SERIES = 'no acquisition time series value';

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  '': 1e-6,
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  min: 60,
  h: 3600,
};
const LEADING_NUMBER = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(\S*)/;

type FrameAttributes = ReadonlyMap<string, AttributeValue>;

/**
 * The acquisition time of a buffer by its first frame: AcqTimeSeries (`1530749 µs`), else Acq.Time or AcqTime in microseconds. Absent where
 * nothing is stored, also where a program stored lvpyio's stand-ins (the text above together with a zero).
 */
export function acquisitionTime(frame: FrameAttributes): BufferInfo['time'] | undefined {
  const series = frame.get('AcqTimeSeries');
  const seconds = typeof series === 'string' ? parseSeconds(series) : undefined;
  if (seconds !== undefined) return { seconds, source: 'AcqTimeSeries' };
  const source = frame.has('Acq.Time') ? 'Acq.Time' : 'AcqTime';
  const value = frame.get(source);
  const micros = value === undefined ? undefined : leadingNumber(value);
  if (micros === undefined || (micros === 0 && series === NO_TIME_SERIES)) return undefined;
  return { seconds: micros / 1e6, source };
}

/** `1530749 µs` in seconds; a number without unit counts microseconds. */
function parseSeconds(text: string): number | undefined {
  const [, number, unit = ''] = LEADING_NUMBER.exec(text) ?? [];
  const factor = UNIT_SECONDS[unit];
  if (number === undefined || factor === undefined) return undefined;
  return factor < 1 ? Number(number) / Math.round(1 / factor) : Number(number) * factor;
}

function leadingNumber(value: AttributeValue): number | undefined {
  if (typeof value === 'string') {
    const number = LEADING_NUMBER.exec(value)?.[1];
    return number === undefined ? undefined : Number(number);
  }
  return isAttributeArray(value) ? value.values[0] : undefined;
}

/** Frame attributes as lvpyio lists them: Acq.Time as [[number]] in place of the text AcqTime, stand-ins where nothing is stored. */
export function withTimeAttributes(frame: FrameAttributes): Map<string, AttributeValue> {
  const listed = new Map(frame);
  const stored = frame.get('Acq.Time');
  const source = stored ?? frame.get('AcqTime');
  listed.delete('AcqTime');
  const micros = typeof source === 'string' ? leadingNumber(source) : undefined;
  if (!(typeof stored === 'object')) listed.set('Acq.Time', { dtype: 'f8', shape: [1, 1], values: [micros ?? 0] });
  if (!frame.get('AcqTimeSeries')) listed.set('AcqTimeSeries', NO_TIME_SERIES);
  return listed;
}
