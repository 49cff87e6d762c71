import { describe, expect, test } from 'vitest';
import { findNpyText, npyHeaderBytes, parseNpyHeader, type NpyHeader } from '../../main/codecs/npy.ts';
import { parseNpyDictionary } from '../../main/codecs/npy-header-text.ts';
import { arrayComponents } from '../../main/formats/npy-components.ts';
import { parseSampleType, sampleTypeName, sampleTypeText } from '../../main/codecs/sample-type.ts';

const parse = (bytes: Uint8Array): NpyHeader => {
  const span = findNpyText(bytes.subarray(0, 12), { path: 'a.npy', size: bytes.length });
  return parseNpyHeader(span, bytes.subarray(span.textAt, span.textAt + span.length), 'a.npy');
};
const dictionary = (text: string) => parseNpyDictionary(text, { path: 'a.npy', offset: 10 });

describe('the NPY header', () => {
  test.each([[[]], [[7]], [[2, 3, 4]]])('of shape %j is written so that it reads back, data at a multiple of 64', (shape) => {
    const bytes = npyHeaderBytes('<f4', shape);
    expect(parse(bytes)).toMatchObject({ version: 1, descr: '<f4', fortranOrder: false, shape, dataOffset: bytes.length });
    expect(bytes.length % 64).toBe(0);
    expect(bytes.at(-1)).toBe(10);
  });

  test('of a structured type lists the fields', () => {
    const text = new TextDecoder().decode(
      npyHeaderBytes(
        [
          ['u', '<f8'],
          ['v', '<f8'],
        ],
        [3, 2],
      ).subarray(10),
    );
    expect(text.trimEnd()).toBe("{'descr': [('u', '<f8'), ('v', '<f8')], 'fortran_order': False, 'shape': (3, 2), }");
  });

  test('has the fields of a vector in any order; other fields keep their names', () => {
    const fields = (...names: readonly string[]) =>
      arrayComponents(
        parse(
          npyHeaderBytes(
            names.map((name): [string, string] => [name, '<f4']),
            [3, 2],
          ),
        ),
      ).map(({ name, role, field }) => [name, role, field.offset]);
    expect(fields('w', 'U', 'v')).toEqual([
      ['U0', 'velocity', 4],
      ['V0', 'velocity', 8],
      ['W0', 'velocity', 0],
    ]);
    expect(fields('v', 'a')).toEqual([
      ['v', 'scalar', 0],
      ['a', 'scalar', 4],
    ]);
  });

  test('may have any quotes, order of keys, blanks and old integers', () => {
    expect(dictionary('{"shape":(2L , 3,),\n "fortran_order" :True,\'descr\':"|u1"}\n')).toEqual({
      descr: '|u1',
      fortranOrder: true,
      shape: [2, 3],
    });
  });

  test('names the place of what it cannot read', () => {
    expect(() => dictionary("{'descr': '<u2', 'fortran_order': maybe}")).toThrowError(
      expect.objectContaining({ code: 'malformed', path: 'a.npy', offset: 44 }),
    );
  });

  test.each([
    '',
    '{',
    "{'descr'",
    "{'descr': '",
    "{'descr': [",
    "{'a': (1",
    '{1: 2}',
    "{'shape': ((1))}",
    `{'shape': (${'1,'.repeat(65)})}`,
  ])('%j is malformed', (text) => {
    expect(() => dictionary(text)).toThrowError(expect.objectContaining({ code: 'malformed' }));
  });
});

describe('sample types', () => {
  test.each([
    ['<u2', 'u2', true],
    ['>f8', 'f8', false],
    ['|b1', 'b1', true],
    ['=i4', 'i4', true],
    ['c16', 'c16', true],
    ['float32', 'f4', true],
    ['?', 'b1', true],
    ['|?', 'b1', true],
  ] as const)('%s', (text, dtype, littleEndian) => {
    expect(parseSampleType(text)).toEqual({ dtype, littleEndian });
  });

  test.each(['', 'u3', '<U5', '|O', '<M8[s]', 'f16', '<float32', 'constructor', '<<u2', 'U2'])('%j is none', (text) => {
    expect(parseSampleType(text)).toBeUndefined();
  });

  test('are named as NumPy names them', () => {
    expect([sampleTypeText({ dtype: 'u1', littleEndian: true }), sampleTypeText({ dtype: 'i4', littleEndian: false })]).toEqual([
      '|u1',
      '>i4',
    ]);
    expect([
      sampleTypeName({ dtype: 'c8', littleEndian: true }),
      sampleTypeName({ dtype: 'f4', littleEndian: false }),
      sampleTypeName({ dtype: 'b1', littleEndian: true }),
    ]).toEqual(['complex64', '>f4', 'bool']);
  });
});
