import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode12, packed12Bytes } from '../../main/formats/davis/bits12.ts';
import { readItems } from '../../main/formats/davis/attribute-items.ts';
import { decodeImx } from '../../main/formats/davis/imx-delta.ts';
import { BUFFER_FORMATS } from '../../main/formats/davis/layout.ts';
import { formatG, parseScaleText } from '../../main/formats/davis/scale-text.ts';
import { integers, item, joined, latin1Bytes } from '../support/davis-file.ts';

const PLACE = { path: 'test', offset: 0 };

/** Pixels with many small steps, as cameras give them, and some wild ones. */
const pixels = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: -7, max: 7 }) },
      fc.integer({ min: -126, max: 126 }),
      fc.integer({ min: -65535, max: 65535 }),
    ),
    { maxLength: 400 },
  )
  .map((steps) =>
    Uint16Array.from(
      steps.map(
        (
          (sum) => (step: number) =>
            (sum += step)
        )(1000),
      ),
    ),
  );

/** IMX codes; `choose` decides where several codes are possible, so that every mode is met. */
function encodeImx(samples: Uint16Array, choose: () => boolean): Uint8Array {
  const out = [2, 1, 9, 9];
  const step = (at: number): number => (((samples[at] as number) - (samples[at - 1] ?? 0) + 0x18000) & 0xffff) - 0x8000;
  const isSmall = (at: number): boolean => at < samples.length && Math.abs(step(at)) <= 7;
  const word = (at: number): number[] => [(samples[at] as number) & 255, (samples[at] as number) >> 8];
  for (let at = 0; at < samples.length; ) {
    let run = 0;
    while (isSmall(at + run)) run++;
    if (run >= 3 && choose()) {
      const codes = Array.from({ length: run - ((run + 1) % 2) }, (_, i) => step(at + i) & 15);
      at += codes.length;
      codes.push(8);
      out.push(0x81);
      for (let i = 0; i < codes.length; i += 2) out.push(((codes[i] as number) << 4) | (codes[i + 1] as number));
    } else if (Math.abs(step(at)) <= 126 && choose()) {
      out.push(step(at++) & 255);
    } else if (choose()) {
      out.push(0x80, ...word(at++));
    } else {
      const count = Math.min(samples.length - at, 3);
      out.push(127, count);
      for (let i = 0; i < count; i++) out.push(...word(at++));
    }
  }
  return Uint8Array.from(out);
}

test('IMX: what is packed comes back, and the end is known', () => {
  fc.assert(
    fc.property(pixels, fc.infiniteStream(fc.boolean()), fc.uint8Array({ maxLength: 5 }), (samples, choices, rest) => {
      const codes = encodeImx(samples, () => choices.next().value as boolean);
      const decoded = decodeImx(joined([codes, rest]), samples.length, PLACE);
      expect(decoded.pixels).toEqual(samples);
      expect(decoded.used).toBe(codes.length);
    }),
  );
});

test('IMX: codes that end too early are an error', () => {
  fc.assert(
    fc.property(
      pixels.filter((samples) => samples.length > 0),
      fc.nat(),
      (samples, cut) => {
        const codes = encodeImx(samples, () => cut % 2 === 0);
        expect(() => decodeImx(codes.subarray(0, cut % codes.length), samples.length, PLACE)).toThrow(
          expect.objectContaining({ code: 'truncated' }),
        );
      },
    ),
  );
});

test('12 bit: rows of any width come back', () => {
  const format = BUFFER_FORMATS.get(-4);
  if (!format) throw new Error('no format -4');
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 6 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 4095 })),
      (width, height, stream) => {
        const samples = Uint16Array.from({ length: width * height }, () => stream.next().value as number);
        const packed: number[] = [];
        for (let row = 0; row < height; row++) packed.push(...packRow([...samples.subarray(row * width, (row + 1) * width)]));
        const geometry = { format, width, height, planes: 1, frames: 1, grid: [1, 1, 1] as const };
        expect(packed.length * 2).toBe(packed12Bytes(geometry));
        expect(decode12(new Uint8Array(Uint16Array.from(packed).buffer), geometry)).toEqual(samples);
      },
    ),
  );
});

function packRow(row: readonly number[]): number[] {
  const out: number[] = [];
  let at = 0;
  for (; at + 4 <= row.length; at += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = row.slice(at, at + 4);
    out.push(a | ((b & 15) << 12), (b >> 4) | ((c & 255) << 8), (c >> 8) | (d << 4));
  }
  return [...out, ...row.slice(at)];
}

const text = fc.string({ unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 12 });
const plainText = text.map((value) => value.replace(/[[\]\r\n]/g, ''));

test('scale texts come back with every digit', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  fc.assert(
    fc.property(number, number, plainText, plainText, (slope, offset, unit, description) => {
      expect(parseScaleText(`${slope} ${offset}\0${unit}\0${description}\0`)).toEqual({ slope, offset, unit, description });
    }),
  );
});

test('%g keeps six digits', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
      (value) => {
        expect(Number(formatG(value))).toBe(Number(value.toPrecision(6)));
      },
    ),
  );
});

const NAMES = text.map((value) => value.replaceAll('=', '')).filter((value) => value !== '');

test('attribute items come back in their order', () => {
  const values = fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 9 });
  const one = fc.oneof(
    fc.record({ name: NAMES, value: text }),
    fc.record({ name: NAMES, value: values.map((list) => ({ dtype: 'i4' as const, shape: [1, list.length], values: list })) }),
  );
  fc.assert(
    fc.property(fc.array(one), (attributes) => {
      const block = joined([
        ...attributes.map(({ name, value }) =>
          typeof value === 'string' ? item(6, latin1Bytes(`${name}=${value}`)) : arrayItem(name, value.values),
        ),
        item(0, new Uint8Array(0)),
      ]);
      const { items, warnings } = readItems(block, PLACE);
      expect(warnings).toEqual([]);
      expect(items).toEqual(attributes.map((attribute) => ({ kind: 'named', ...attribute })));
    }),
  );
});

function arrayItem(name: string, values: readonly number[]): Uint8Array {
  const start = Math.ceil((name.length + 2) / 4) * 4;
  const padding = new Uint8Array(start - name.length).fill(0x55, 1);
  return item(9, joined([latin1Bytes(name), padding, integers(...values)]));
}
