import { isAttributeArray, type Attributes } from '../model/attributes.ts';
import type { TableInfo } from '../model/dataset.ts';
import { applyScale, unitScale, type Scale } from '../model/scale.ts';
import type { Table } from '../model/table.ts';
import { parseScaleLines } from './scale-lines.ts';

/** A device that was recorded along with a buffer: a laser's energy, a pressure, a trigger. */
export interface Device {
  /** Its place in the attributes, from 0 on. */
  readonly number: number;
  readonly name: string;
  readonly alias: string;
  readonly class: string;
  readonly scale: Scale;
  /** As stored; `scaledTrace` gives values. */
  readonly trace: readonly number[];
}

/** More devices than this are taken for damaged attributes. */
const MAX_DEVICES = 4096;

/**
 * The devices of a buffer. DaVis stores them as DevDataSources = n and, for k below n, DevDataName<k>, DevDataAlias<k>, DevDataClass<k>,
 * DevDataScaleI<k> (slope LF offset LF unit LF description) and DevDataTrace<k> (numbers).
 */
export function devicesOf(attributes: Attributes): readonly Device[] {
  const count = Math.trunc(Number(firstNumber(attributes, 'DevDataSources')));
  if (!(count >= 1 && count <= MAX_DEVICES)) return [];
  return Array.from({ length: count }, (_, k) => ({
    number: k,
    name: textOf(attributes, `DevDataName${k}`),
    alias: textOf(attributes, `DevDataAlias${k}`),
    class: textOf(attributes, `DevDataClass${k}`),
    scale: parseScaleLines(textOf(attributes, `DevDataScaleI${k}`)) ?? unitScale(''),
    trace: numbersOf(attributes, `DevDataTrace${k}`),
  }));
}

export function scaledTrace({ trace, scale }: Device): readonly number[] {
  return trace.map((stored) => applyScale(scale, stored));
}

function firstNumber(attributes: Attributes, name: string): number | string {
  const value = attributes[name];
  if (value === undefined || typeof value === 'boolean') return Number.NaN;
  return isAttributeArray(value) ? (value.values[0] ?? Number.NaN) : value;
}

function textOf(attributes: Attributes, name: string): string {
  const value = attributes[name];
  return typeof value === 'string' ? value : '';
}

function numbersOf(attributes: Attributes, name: string): readonly number[] {
  const value = attributes[name];
  return value !== undefined && isAttributeArray(value) ? value.values : [];
}

/** What a dataset says about its devices without opening a buffer. */
export const DEVICES_INFO: TableInfo = {
  name: 'devices',
  columns: [
    { name: 'name', dtype: 'text', unit: '' },
    { name: 'alias', dtype: 'text', unit: '' },
    { name: 'class', dtype: 'text', unit: '' },
    { name: 'slope', dtype: 'f8', unit: '' },
    { name: 'offset', dtype: 'f8', unit: '' },
    { name: 'unit', dtype: 'text', unit: '' },
    { name: 'description', dtype: 'text', unit: '' },
    { name: 'samples', dtype: 'u4', unit: '' },
    { name: 'trace', dtype: 'f8', unit: '' },
  ],
};

/** A row a device; `trace` holds scaled values, with NaN behind the end of shorter ones. */
export function deviceTable(attributes: Attributes): Table {
  const devices = devicesOf(attributes);
  const texts = (name: string, of: (device: Device) => string) => ({ name, unit: '', dtype: 'text' as const, values: devices.map(of) });
  const numbers = (name: string, of: (device: Device) => number) => ({
    name,
    unit: '',
    dtype: 'f8' as const,
    width: 1,
    values: Float64Array.from(devices, of),
  });
  const width = Math.max(0, ...devices.map(({ trace }) => trace.length));
  const traces = new Float64Array(devices.length * width).fill(Number.NaN);
  for (const [row, device] of devices.entries()) traces.set(scaledTrace(device), row * width);
  return {
    name: DEVICES_INFO.name,
    rows: devices.length,
    columns: [
      texts('name', (device) => device.name),
      texts('alias', (device) => device.alias),
      texts('class', (device) => device.class),
      numbers('slope', ({ scale }) => scale.slope),
      numbers('offset', ({ scale }) => scale.offset),
      texts('unit', ({ scale }) => scale.unit),
      texts('description', ({ scale }) => scale.description),
      { name: 'samples', unit: '', dtype: 'u4', width: 1, values: Uint32Array.from(devices, ({ trace }) => trace.length) },
      { name: 'trace', unit: '', dtype: 'f8', width, values: traces },
    ],
  };
}
