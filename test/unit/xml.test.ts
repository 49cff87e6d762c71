import { expect, test } from 'vitest';
import { descendants, parseXml } from '../../main/codecs/xml.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (text: string) => parseXml(bytes(text), 'a.xml');

test('elements in order, attributes as texts, text without blanks around', () => {
  const root = parse('<?xml version="1.0"?>\n<!-- note --><A x="01" y=""><B> 12 </B><C/><B k=\'v\'>t<D/>u</B></A>');
  expect(root).toMatchObject({ name: 'A', attributes: { x: '01', y: '' }, text: '' });
  expect(root.children.map(({ name, text }) => [name, text])).toEqual([
    ['B', '12'],
    ['C', ''],
    ['B', 'tu'],
  ]);
  expect(descendants(root, 'D')).toHaveLength(1);
});

test('predefined entities and character references only', () => {
  expect(parse('<A x="&lt;&quot;&#65;&#x42;&amp;lt;&other;">&apos;&#xfffffff;</A>')).toMatchObject({
    attributes: { x: '<"AB&lt;&other;' },
    text: "'&#xfffffff;",
  });
});

test('byte order marks of UTF-8 and UTF-16', () => {
  expect(parse('\ufeff<A>ä</A>').text).toBe('ä');
  const wide = Uint8Array.from([...'\ufeff<A>ä</A>'].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]));
  expect(parseXml(wide, 'a.xml').text).toBe('ä');
});

test.each([
  ['nothing', ''],
  ['an open element', '<A><B></A>'],
  ['a document type', '<!DOCTYPE A [<!ENTITY e "x">]><A>&e;</A>'],
  ['deep nesting', '<A>'.repeat(100) + '</A>'.repeat(100)],
  ['a name that objects use themselves', '<A><constructor/></A>'],
  ['bytes', '\0\u0001\u0002'],
])('%s is malformed', (_what, text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ name: 'DataError', code: 'malformed', path: 'a.xml' }));
});

test('a huge document is refused unread', () => {
  expect(() => parseXml(new Uint8Array((4 << 20) + 1), 'a.xml')).toThrow(expect.objectContaining({ code: 'too-large' }));
});
