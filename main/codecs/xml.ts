import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { DataError } from '../../shared/model/data-error.ts';

/** An element of a document: its attributes as texts, its child elements in order, and its own text without blanks around it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** Manifests of recordings have a few kilobytes. */
const MAX_BYTES = 4 << 20;
const MAX_DEPTH = 64;
const ATTRIBUTES = ':@';
const TEXT = '#text';

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: true,
  maxNestedTags: MAX_DEPTH,
});

/**
 * The root element of an XML document in UTF-8 or, with a byte order mark, UTF-16. Only the five predefined entities and character
 * references are known; a document type declaration is refused, and so are documents above the limit (4 MiB) and nesting above 64.
 */
export function parseXml(bytes: Uint8Array, path: string, limit = MAX_BYTES): XmlElement {
  if (bytes.byteLength > limit)
    throw new DataError('too-large', `The XML document has ${bytes.byteLength} bytes; at most ${limit} are read.`, { path });
  const text = decode(bytes);
  if (/<!DOCTYPE/i.test(text)) throw damaged('it has a document type declaration, which is not read', path);
  const [root] = elementsOf(parse(text, path));
  if (!root) throw damaged('it has no element', path);
  return root;
}

function decode(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

function parse(text: string, path: string): unknown {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw damaged(`line ${valid.err.line}: ${valid.err.msg.replace(/\.$/, '')}`, path);
  try {
    return PARSER.parse(text);
  } catch (error) {
    throw damaged(error instanceof Error ? error.message.replace(/\.$/, '') : String(error), path);
  }
}

function damaged(why: string, path: string): DataError {
  return new DataError('malformed', `The XML document cannot be read: ${why}.`, { path });
}

/** What the parser gives: a list of `{ NAME: [...], ':@': attributes }` and `{ '#text': text }`. */
function elementsOf(list: unknown): readonly XmlElement[] {
  return nodesOf(list).flatMap((node): readonly XmlElement[] => {
    const name = Object.keys(node).find((key) => key !== ATTRIBUTES && key !== TEXT);
    if (name === undefined) return [];
    const inner = nodesOf(node[name]);
    const attributes = Object.entries((node[ATTRIBUTES] ?? {}) as Record<string, unknown>).map(
      ([key, value]) => [key, plainText(String(value))] as const,
    );
    return [{ name, attributes: Object.fromEntries(attributes), children: elementsOf(inner), text: inner.map(textOf).join('').trim() }];
  });
}

function nodesOf(list: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(list) ? (list as readonly Record<string, unknown>[]) : [];
}

function textOf(node: Record<string, unknown>): string {
  return node[TEXT] === undefined ? '' : plainText(String(node[TEXT]));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plainText(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** All elements of a name, at any depth, in document order. */
export function descendants(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...descendants(child, name)]);
}
