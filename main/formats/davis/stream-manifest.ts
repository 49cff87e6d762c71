import { descendants, type XmlElement } from '../../codecs/xml.ts';
import { DataError } from '../../../shared/model/data-error.ts';

/** Files of one frame stream of a recording, by name without the ending: PREFIX-0.ims, PREFIX-1.ims, PREFIX-decoder.xml, SCALES.scales. */
export interface StreamFiles {
  readonly prefix: string;
  readonly scales: string | undefined;
  /** True where the manifest names the scales: a missing file is then a fault. */
  readonly declared: boolean;
  readonly transformers: readonly Transformer[];
}

/** A correction that is applied when a stream is read. */
export interface Transformer {
  readonly id: string;
  readonly prefix: string;
}

const FRAME_READER = 'Core.Set.Recording.FrameReader';
const SCALE_READER = 'Core.Set.Recording.ScaleReader';
const DEFAULT_STREAM = /^(Frame(\d+))-1\.ims$/i;
const ANY_STREAM = /^(.+)-1\.ims$/i;

/**
 * The streams of a recording, one a frame: those that the manifest (StreamSet.xml, else ReaderConfiguration.xml) names, else Frame0, Frame1 ...
 * of the folder. Sources: the public readers PIVTOOLS (set_reader.py) and readim7 (ims.py); where ReaderInfo and Transformer stand in the
 * document does not matter.
 */
export function streamFiles(manifest: XmlElement | undefined, names: readonly string[], path: string): readonly StreamFiles[] {
  const transformers = transformersOf(manifest, path);
  const declared = manifest ? declaredStreams(manifest, path) : [];
  const found = declared.length > 0 ? declared : defaultStreams(names);
  return found.map((stream, index) => ({ ...stream, transformers: transformers.get(index) ?? [] }));
}

type FoundStream = Omit<StreamFiles, 'transformers'>;

/** Without a manifest the order of the streams is known for Frame<k> only; a single stream of another name needs none. */
function defaultStreams(names: readonly string[]): readonly FoundStream[] {
  const numbered = names.flatMap((name) => {
    const [, prefix, digits] = DEFAULT_STREAM.exec(name) ?? [];
    return prefix === undefined || digits === undefined ? [] : [{ prefix, number: Number(digits), digits }];
  });
  if (numbered.length > 0) {
    return numbered
      .sort((a, b) => a.number - b.number)
      .map(({ prefix, digits }) => ({ prefix, scales: `FrameScales${digits}`, declared: false }));
  }
  const others = names.flatMap((name) => ANY_STREAM.exec(name)?.[1] ?? []);
  return others.length === 1 ? others.map((prefix) => ({ prefix, scales: undefined, declared: false })) : [];
}

function declaredStreams(manifest: XmlElement, path: string): readonly FoundStream[] {
  const readers = descendants(manifest, 'ReaderInfo');
  const frames = byStream(
    readers.filter(({ attributes }) => attributes['Type'] === FRAME_READER),
    'FrameReader',
    path,
  );
  const scales = byStream(
    readers.filter(({ attributes }) => attributes['Type'] === SCALE_READER),
    'ScaleReader',
    path,
  );
  return Array.from({ length: frames.size }, (_, index) => {
    const prefix = single(frames, index, 'FrameReader', path);
    if (prefix === undefined)
      throw wrong(
        `it names the frame streams ${[...frames.keys()].sort((a, b) => a - b).join(', ')}, but none with the number ${index}`,
        path,
      );
    return { prefix, scales: single(scales, index, 'ScaleReader', path), declared: true };
  });
}

function single(known: ReadonlyMap<number, readonly XmlElement[]>, index: number, what: string, path: string): string | undefined {
  const elements = known.get(index) ?? [];
  if (elements.length > 1) throw wrong(`it names ${elements.length} elements ${what} for frame stream ${index}`, path);
  return elements[0] && prefixOf(elements[0], what, path);
}

function transformersOf(manifest: XmlElement | undefined, path: string): ReadonlyMap<number, readonly Transformer[]> {
  const elements = manifest ? descendants(manifest, 'Transformer') : [];
  const found = byStream(elements, 'Transformer', path);
  return new Map(
    [...found].map(([index, of]) => [
      index,
      of.map((element) => ({ id: element.attributes['ID'] ?? '', prefix: prefixOf(element, 'Transformer', path) })),
    ]),
  );
}

/** ContentPurpose StartFrame = EndFrame = number of the stream. */
function byStream(elements: readonly XmlElement[], what: string, path: string): ReadonlyMap<number, readonly XmlElement[]> {
  const found = new Map<number, XmlElement[]>();
  for (const element of elements) {
    const purpose = element.children.find(({ name }) => name === 'ContentPurpose')?.attributes ?? {};
    const { StartFrame: start = '', EndFrame: end = start } = purpose;
    if (!/^\d{1,6}$/.test(start) || start !== end)
      throw wrong(`${what} is for the frames '${start}' to '${end}', not for a single one`, path);
    found.set(Number(start), [...(found.get(Number(start)) ?? []), element]);
  }
  return found;
}

/** Names with a path in them would lead out of the recording's folder. */
function prefixOf({ attributes }: XmlElement, what: string, path: string): string {
  const prefix = (attributes['FilePrefix'] ?? '').trim();
  if (prefix === '') throw wrong(`${what} has no FilePrefix`, path);
  if (/[/\\\0]/.test(prefix) || prefix === '..') {
    throw new DataError('access-denied', `The file name '${prefix}' in the manifest of the recording leads out of its folder.`, {
      path,
      field: 'FilePrefix',
    });
  }
  return prefix;
}

function wrong(why: string, path: string): DataError {
  return new DataError('malformed', `The manifest of the recording contradicts itself: ${why}.`, { path });
}
