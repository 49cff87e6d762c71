import { DataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteReader } from '../byte-reader.ts';
import { latin1 } from '../cursor.ts';
import { parseXml, type XmlElement } from '../xml.ts';

/** Files are read whole where arrays stand in the XML. */
const MAX_TEXT_BYTES = 2 ** 29;
const FIRST_BYTES = 64 * 1024;
const APPENDED = /<AppendedData([^>]*)>\s*_/;
/** Elements with numbers or letters; those of texts have the name Array in some versions of VTK. */
const ARRAY_NAMES: readonly string[] = ['DataArray', 'Array'];

/** A VTK XML file: its elements, and what stands in its arrays apart. */
export interface VtkFile {
  readonly source: ByteReader;
  readonly root: XmlElement;
  /** What stands in the element of an array. */
  body(element: XmlElement): string;
  /** Where the appended data begin, behind their '_'; undefined where there are none. */
  readonly appendedAt: number | undefined;
  /** Offsets of the arrays in the appended data, ascending: each ends where the next one begins. */
  readonly offsets: readonly number[];
}

/** Reads a file of one kind of VTK's data sets, without its appended data. */
export async function readVtkFile(source: ByteReader, kind: 'ImageData' | 'PolyData', options: ReadOptions): Promise<VtkFile> {
  const { text, appendedAt } = await headText(source, options);
  const { xml, bodies } = takeBodies(text, source.name);
  const root = parseXml(
    Uint8Array.from(xml, (character) => character.charCodeAt(0)),
    source.name,
  );
  const { type, compressor } = root.attributes;
  if (root.name !== 'VTKFile' || type !== kind) throw refused(`The VTK file holds ${type ?? root.name}, not ${kind}.`, source, 'type');
  if (compressor !== undefined && compressor !== 'vtkZLibDataCompressor')
    throw refused(`The VTK file is compressed by ${compressor}; vtkZLibDataCompressor or none is read.`, source, 'compressor');
  const elements = arrayElements(root);
  return {
    source,
    root,
    body: (element) => bodies[elements.indexOf(element)] ?? '',
    appendedAt,
    offsets: elements
      .filter(({ attributes }) => attributes.format === 'appended')
      .map(({ attributes }) => Number(attributes.offset))
      .sort((a, b) => a - b),
  };
}

/** Elements of arrays at any depth, in document order. */
export function arrayElements(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child) => [...(ARRAY_NAMES.includes(child.name) ? [child] : []), ...arrayElements(child)]);
}

export function refused(message: string, { name: path }: ByteReader, field: string): DataError {
  return new DataError('unsupported', message, { path, field });
}

export function numbersOf(text: string): readonly number[] {
  return text.trim() === '' ? [] : text.trim().split(/\s+/).map(Number);
}

/** Everything before the appended data, or the whole file where there are none; a character a byte. */
async function headText(source: ByteReader, options: ReadOptions): Promise<{ readonly text: string; readonly appendedAt?: number }> {
  for (let length = FIRST_BYTES; ; length *= 4) {
    const text = latin1(await source.read(0, Math.min(length, source.size), options));
    const found = APPENDED.exec(text);
    if (found) {
      const head = `${text.slice(0, found.index)}<AppendedData${found[1] ?? ''}/></VTKFile>`;
      return { text: head, appendedAt: found.index + found[0].length };
    }
    if (length >= source.size) return { text };
    if (length >= MAX_TEXT_BYTES)
      throw new DataError('too-large', `The VTK file has ${source.size} bytes of XML; at most ${MAX_TEXT_BYTES} are read.`, {
        path: source.name,
      });
  }
}

/** Takes the bodies of the arrays out of the XML, which is small without them. */
function takeBodies(text: string, path: string): { readonly xml: string; readonly bodies: readonly string[] } {
  const bodies: string[] = [];
  const parts: string[] = [];
  let at = 0;
  for (const found of text.matchAll(/<((?:Data)?Array)\b[^>]*?(\/?)>/g)) {
    const start = found.index + found[0].length;
    if (start < at) continue;
    const end = found[2] === '/' ? start : text.indexOf(`</${found[1]}`, start);
    if (end < 0) throw new DataError('truncated', 'The VTK file ends within an array.', { path, offset: start });
    parts.push(text.slice(at, start));
    bodies.push(text.slice(start, end).replace(/<InformationKey[\s\S]*?(\/>|<\/InformationKey>)/g, ''));
    at = end;
  }
  parts.push(text.slice(at));
  return { xml: parts.join(''), bodies };
}
