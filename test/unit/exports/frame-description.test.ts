import { describe, expect, it } from 'vitest';
import { descriptionText, parseDescription, type Description } from '../../../main/codecs/frame-description.ts';
import { isDataError } from '../../../shared/model/data-error.ts';

const scale = { slope: -0.5, offset: Number.NaN, unit: 'µm', description: 'Größe 測定' };
const description: Description = {
  dataset: {
    title: 'é',
    attributes: { a: 'x', n: Number.POSITIVE_INFINITY, b: true, z: -0, list: { dtype: 'f4', shape: [2], values: [1, Number.NaN] } },
    nav: [{ name: 'time', size: 1, scale, values: [0.25] }],
    firstNumber: 1,
    typeId: 'T',
  },
  buffers: [
    {
      state: 'present',
      name: 'B00001.vc7',
      time: { seconds: 0.5, source: 'Acq.Time' },
      attributes: { $: 'kept' },
      frames: [
        {
          kind: 'vector',
          shape: [3, 4],
          planes: 2,
          grid: [16, 16, 1],
          scales: { x: scale, y: scale, z: scale, i: scale },
          choices: 4,
          dimensions: 2,
          components: [{ name: 'U0', role: 'velocity', dtype: 'f4', planes: 2, scale, stored: true }],
          attributes: {},
        },
      ],
    },
  ],
};

const place = { path: 'a.npz' };

function outcome(text: string): string {
  try {
    return parseDescription(text, place) ? 'read' : 'foreign';
  } catch (error) {
    return isDataError(error) ? `${error.code} ${error.field}` : String(error);
  }
}

describe('frame description', () => {
  it('keeps every value, also those that JSON has no words for', () => {
    expect(parseDescription(descriptionText(description), place)).toEqual(description);
  });

  it('is ASCII where asked', () => {
    const text = descriptionText(description, 'ascii');
    expect(text).toMatch(/^[\x20-\x7e]*$/);
    expect(parseDescription(text, place)).toEqual(description);
  });

  it('is told from texts of other programs', () => {
    for (const text of ['', 'ImageJ=1.53', '{"shape": [3, 4]}', '{not json', '[1]', 'null']) expect(outcome(text)).toBe('foreign');
  });

  it('names what is damaged', () => {
    const text = descriptionText(description);
    expect(outcome(text.slice(0, -1))).toBe('malformed description');
    expect(outcome(text.replace('"streakline":1', '"streakline":2'))).toBe('unsupported streakline');
    expect(outcome(text.replace('"shape":[3,4]', '"shape":[3,0]'))).toBe('malformed buffers.0.frames.0.shape.1');
    expect(outcome(text.replace('"shape":[3,4]', '"shape":[9007199254740991,4]'))).toBe('malformed frames.0.components');
    expect(outcome(text.replace('"dtype":"f4","planes":2', '"dtype":"f3","planes":2'))).toBe(
      'malformed buffers.0.frames.0.components.0.dtype',
    );
    expect(outcome(text.replace('"dtype":"f4","planes":2', '"dtype":"f4","planes":1'))).toBe('malformed frames.0.components');
  });
});
