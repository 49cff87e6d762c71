import { describe, expect, it } from 'vitest';
import { attributesJson, attributesText } from '../../renderer/views/attributes/attribute-copy.ts';
import { attributeGroups, filterGroups } from '../../renderer/views/attributes/attribute-groups.ts';
import { arrayRows, isLongArray, isNumberText, splitUnit, valueLine } from '../../renderer/views/attributes/attribute-text.ts';
import { frameSet } from '../support/shell-facts.ts';

describe('units inside of texts', () => {
  it.each([
    ['30000 µs', '30000', 'µs'],
    ['-4.5 °C', '-4.5', '°C'],
    ['1e-3 m/s', '1e-3', 'm/s'],
    ['50 %', '50', '%'],
    ['50%', '50', '%'],
    ['0,5 mm', '0,5', 'mm'],
    ['12.40 Hz', '12.40', 'Hz'],
    ['3 1/s', '3', '1/s'],
  ])('%s is %s in %s', (text, value, unit) => {
    expect(splitUnit(text)).toEqual({ value, unit });
  });

  it.each(['Imager sCMOS', '3 of 7 frames', '12ab', '', '2026-03-12', '1 2 3', 'v1.2 beta'])('%j stays whole', (text) => {
    expect(splitUnit(text)).toEqual({ value: text, unit: '' });
  });

  it('knows what is a number', () => {
    expect(['1', '-2.5', '1e-3', '1,000'].every(isNumberText)).toBe(true);
    expect(['', 'a', '1 of 2', '[1, 2]'].some(isNumberText)).toBe(false);
  });
});

describe('arrays', () => {
  const matrix = { dtype: 'f8', shape: [2, 4], values: [1, 2, 3, 4, 5, 6, 7, 8] } as const;
  it('are short in brackets, long by type and shape, and listed row by row', () => {
    expect(valueLine({ dtype: 'i4', shape: [3], values: [1, 2, 3] })).toEqual({ value: '[1, 2, 3]', unit: '' });
    expect(valueLine(matrix).value).toBe('f8 2 × 4');
    expect(isLongArray(matrix)).toBe(true);
    expect(arrayRows(matrix)).toEqual(['1, 2, 3, 4', '5, 6, 7, 8']);
    expect(arrayRows({ dtype: 'f8', shape: [7], values: [1, 2, 3, 4, 5, 6, 7] })).toHaveLength(7);
  });
});

describe('groups of attributes', () => {
  const info = frameSet({ nav: 3, attributes: { Laser: '25.0 mJ', Camera: 'Imager' } });
  const groups = attributeGroups(
    info,
    {
      index: 1,
      state: 'present',
      name: 'B00002.im7',
      frames: [],
      attributes: { Temperature: '20.3 °C' },
      time: { seconds: 0.5, source: 'AcqTimeSeries' },
    },
    2,
  );

  it('go from the file to the buffer and its frames', () => {
    expect(groups.map(({ id }) => id)).toEqual(['file', 'set', 'buffer']);
    expect(groups[2]?.title).toBe('Buffer 2 (B00002.im7)');
    expect(groups[2]?.rows.map(({ name }) => name)).toEqual(['Acquisition time', 'Time taken from', 'Temperature']);
  });

  it('are searched by all words in name, value and unit', () => {
    expect(filterGroups(groups, 'mj').flatMap(({ rows }) => rows.map(({ name }) => name))).toEqual(['Laser']);
    expect(filterGroups(groups, 'temp 20')).toHaveLength(1);
    expect(filterGroups(groups, 'nowhere')).toEqual([]);
    expect(filterGroups(groups, ' ')).toEqual(groups);
  });

  it('are copied as text and as JSON with the stored values', () => {
    const shown = filterGroups(groups, 'laser');
    expect(attributesText(shown)).toBe('# Dataset\nLaser = 25.0 mJ');
    expect(JSON.parse(attributesJson(shown))).toEqual({ Dataset: { Laser: '25.0 mJ' } });
  });
});
