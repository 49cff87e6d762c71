import { describe, expect, it } from 'vitest';
import { sparklinePath } from '../../renderer/views/attributes/sparkline-path.ts';
import { devicesOf, deviceTable, scaledTrace } from '../../shared/compute/device-table.ts';
import type { Attributes } from '../../shared/model/attributes.ts';

const trace = (...values: readonly number[]) => ({ dtype: 'f4' as const, shape: [1, values.length], values });

describe('devices', () => {
  const attributes: Attributes = {
    DevDataSources: '3',
    DevDataName0: 'Laser',
    DevDataClass0: 'Energy',
    DevDataScaleI0: '2\n-1\n[mJ]\nPulse',
    DevDataTrace0: trace(1, 2),
    DevDataAlias1: 'p',
    DevDataScaleI1: 'broken',
    DevDataTrace1: trace(5),
    DevDataName7: 'beyond',
    Other: 'x',
  };

  it('are as many as the count says, with what is stored of each', () => {
    const devices = devicesOf(attributes);
    expect(devices.map(({ name, alias, class: kind }) => [name, alias, kind])).toEqual([
      ['Laser', '', 'Energy'],
      ['', 'p', ''],
      ['', '', ''],
    ]);
    expect(devices.map(({ scale }) => scale.unit)).toEqual(['mJ', '', '']);
    expect(devices.map(scaledTrace)).toEqual([[1, 3], [5], []]);
  });

  it.each([
    [{}],
    [{ DevDataSources: '0' }],
    [{ DevDataSources: '-1' }],
    [{ DevDataSources: 'many' }],
    [{ DevDataSources: '1e9' }],
    [{ DevDataSources: true }],
  ])('are none in %j', (none: Attributes) => {
    expect(devicesOf(none)).toEqual([]);
  });

  it('count in numbers and arrays, too', () => {
    expect(devicesOf({ DevDataSources: 2 })).toHaveLength(2);
    expect(devicesOf({ DevDataSources: trace(1) })).toHaveLength(1);
  });

  it('without any make an empty table', () => {
    expect(deviceTable({})).toMatchObject({
      rows: 0,
      columns: expect.arrayContaining([expect.objectContaining({ name: 'trace', width: 0 })]),
    });
  });
});

describe('a trace as a curve', () => {
  it('fills the box, largest on top', () => expect(sparklinePath([0, 10, 5])).toBe('M0 1L0.5 0L1 0.5'));
  it('has gaps where values are not finite', () => expect(sparklinePath([0, Number.NaN, 4, 2])).toBe('M0 1M0.6667 0L1 0.5'));
  it('lies in the middle where it is constant', () => expect(sparklinePath([3, 3])).toBe('M0 0.5L1 0.5'));
  it('is empty without values', () => expect(sparklinePath([])).toBe(''));
  it('keeps single peaks of long traces', () => {
    const values = Array.from({ length: 100_000 }, (_, index) => (index === 77_777 ? 9 : index === 200 ? -9 : 0));
    const path = sparklinePath(values);
    expect(path.length).toBeLessThan(10_000);
    expect(path).toContain('L0.7778 0L');
    expect(path).toContain('L0.002 1L');
  });
});
