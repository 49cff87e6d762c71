import { describe, expect, test } from 'vitest';
import { acquisitionTime } from '../../../main/formats/davis/acquisition-time.ts';
import { pathValues } from '../../../main/formats/davis/path-values.ts';
import { formatG, parseScaleText } from '../../../main/formats/davis/scale-text.ts';
import { parseScaleLines } from '../../../shared/compute/scale-lines.ts';
import { listSetFiles } from '../../../main/formats/davis/set-files.ts';
import { parseSetText, typeOf } from '../../../main/formats/davis/set-text.ts';

const entries = (...names: readonly string[]) => names.map((name) => ({ name, kind: 'file' as const, size: 1 }));
const setText = (text: string) => parseSetText(new TextEncoder().encode(text));

describe('scale texts', () => {
  test.each([
    ['1 0\0mm\0x\0', { slope: 1, offset: 0, unit: 'mm', description: 'x' }],
    [' 0.5   -3e-2 \0mm\0d\0', { slope: 0.5, offset: -0.03, unit: 'mm', description: 'd' }],
    ['1.000000 2.000000\0[mm]\0', { slope: 1, offset: 2, unit: 'mm', description: '' }],
    ['1 2', { slope: 1, offset: 2, unit: '', description: '' }],
    ['1\n2\nmm\nx', { slope: 1, offset: 2, unit: 'mm', description: 'x' }],
    ['0 0\0\0\0', { slope: 0, offset: 0, unit: '', description: '' }],
  ])('%j', (text, scale) => expect(parseScaleText(text)).toEqual(scale));

  test.each(['1,5 0\0mm\0', 'nan 0\0mm\0', '1\0mm\0', '0x10 1\0m\0'])('%j is refused', (text) =>
    expect(parseScaleText(text)).toBeUndefined(),
  );

  test('an empty text keeps the default', () => expect(parseScaleText('\0mm\0')).toBe('empty'));
  test('lines need slope, offset and unit', () => expect(parseScaleLines('1\n2')).toBeUndefined());

  test.each([
    [1, '1'],
    [0.5, '0.5'],
    [1e-7, '1e-07'],
    [1234567, '1.23457e+06'],
    [100000, '100000'],
    [-0.1234567, '-0.123457'],
    [0.0001, '0.0001'],
    [0, '0'],
    [999999.5, '1e+06'],
  ])('%d prints as %%g: %s', (value, text) => expect(formatG(value)).toBe(text));
});

describe('acquisition time', () => {
  const time = (attributes: Record<string, string>) => acquisitionTime(new Map(Object.entries(attributes)));
  test('AcqTimeSeries comes first', () =>
    expect(time({ AcqTimeSeries: '1530749 µs', AcqTime: '7' })).toEqual({ seconds: 1.530749, source: 'AcqTimeSeries' }));
  test.each([
    ['250 ms', 0.25],
    ['2 s', 2],
    ['12', 12e-6],
    ['1e3 us', 1e-3],
    ['5 ns', 5e-9],
  ])('%s', (text, seconds) => expect(time({ AcqTimeSeries: text })?.seconds).toBe(seconds));
  test('AcqTime counts microseconds', () => expect(time({ AcqTime: '500 us' })).toEqual({ seconds: 0.0005, source: 'AcqTime' }));
  test('an array', () =>
    expect(acquisitionTime(new Map([['Acq.Time', { dtype: 'f8' as const, shape: [1, 1], values: [700] }]]))?.seconds).toBe(0.0007));
  test('nothing stored, nothing shown', () => expect(time({})).toBeUndefined());
  test('stored stand-ins are no time', () =>
    expect(time({ AcqTimeSeries: 'no acquisition time series value', 'Acq.Time': '0' })).toBeUndefined());
});

describe('set text', () => {
  test('entries, comments, escapes and duplicates', () => {
    const text = setText(
      '// a = 1;\r\n#GROUP Sets\r\nSetType = 256;\r\nSetTitle = "a \\"b\\"\\n\\\\";\r\nbad=1;\nOpen = "x\nNoEnd = 3\nSetType = 512;\n',
    );
    expect([...text]).toEqual([
      ['SetType', 512],
      ['SetTitle', 'a "b"\n\\'],
    ]);
  });
  test.each([
    [256, 'SET_TYPE_ID_IMAGE'],
    [512, 'SET_TYPE_ID_VECTOR'],
    [4352, 'SET_TYPE_ID_RECORDING'],
    [1024, 'SET_TYPE_ID_PLOT'],
    [8192, 'SET_TYPE_ID_PROPERTIES'],
    [16384, 'SET_TYPE_ID_FOLDER'],
    [131072, 'SET_TYPE_ID_CALIBRATION'],
    [134217728, 'SprayQC'],
    [0, 'SET_TYPE_ID_IMAGE'],
    [-256, 'SET_TYPE_ID_RECORDING'],
  ])('SetType %d is %s', (bits, name) => expect(typeOf(setText(`SetType = ${bits};`))).toBe(name));
  test('a quoted SetType does not count', () => expect(typeOf(setText('SetType = "512";'))).toBe('SET_TYPE_ID_IMAGE'));
});

describe('files of a set', () => {
  test('numbers with gaps', () => {
    const files = listSetFiles(entries('B00001.im7', 'B3.VC7', 'b00006.imx', 'B00002.txt', 'Bx.im7'), 'p');
    expect(files.highest).toBe(6);
    expect([...files.byNumber]).toEqual([
      [1, 'B00001.im7'],
      [3, 'B3.VC7'],
      [6, 'b00006.imx'],
    ]);
    expect(files.missing).toEqual([
      [1, 2],
      [3, 5],
    ]);
    expect(files.warnings.map(({ message }) => message)).toEqual([
      '3 of 6 buffers are missing: the folder holds 3 files, numbered up to 6. lvpyio shows a length of 3.',
    ]);
  });
  test('im7 comes before vc7, number 0 and absurd numbers are left out', () => {
    const files = listSetFiles(entries('B00000.im7', 'B00001.vc7', 'B00001.im7', 'B999999999.im7'), 'p');
    expect([...files.byNumber]).toEqual([[1, 'B00001.im7']]);
    expect(files.warnings[0]?.message).toContain('B00000.im7, B00001.vc7, B999999999.im7');
  });
});

test('parameters in folder names', () => {
  expect(pathValues('/a/Cam_Date=041014_Time=17=3/x.y_Q=/B00001.im7')).toEqual({
    ExpPathValue_Date: '041014',
    ExpPathValue_Time: '17=3',
    ExpPathValue_Q: '',
  });
});
