import { DataError } from '../../../shared/model/data-error.ts';
import type { FrameDataset, ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteReader } from '../../codecs/byte-reader.ts';
import { describedDataset, describedInfo, type DescribedBuffer } from '../described-dataset.ts';
import type { OpenInput } from '../format.ts';
import { isGridTable, readColumnNames, type ColumnName } from './column-names.ts';
import { gridBuffer } from './grid-frame.ts';
import { isCommentLine, linesOf, rowNumbers, unicode } from './text-columns.ts';

/** Zones are found by reading the file once. */
const MAX_BYTES = 2 ** 30;
const MAX_ZONES = 100_000;
/** A line that begins with a word, and not with a number. */
const KEYWORD = /^\s*[A-Za-z"]/;
const NUMBER_WORD = /^\s*[+-]?(?:nan|inf)/i;

interface Zone {
  readonly head: string;
  /** Where its rows begin and end. */
  readonly offset: number;
  end: number;
}

interface TecplotText {
  readonly variables: readonly ColumnName[];
  readonly zones: readonly Zone[];
  readonly title: string;
}

/** Tecplot ASCII of other programs: ordered zones in POINT packing on a regular grid, a buffer each. */
export async function openTecplotZones(input: OpenInput): Promise<FrameDataset> {
  const source = await input.folder.open(input.entry.name, input);
  const path = source.name;
  try {
    if (source.size > MAX_BYTES)
      throw new DataError('too-large', `The file has ${source.size} bytes; the limit is ${MAX_BYTES}.`, { path });
    const { variables, zones, title } = await findZones(source, input);
    if (zones.length === 0 || !isGridTable(variables)) {
      throw new DataError('unsupported', 'The Tecplot file has no zone of rows with x, y and a variable.', { path, field: 'VARIABLES' });
    }
    for (const zone of zones) checkZone(zone, path);
    const info = describedInfo(
      { format: 'tecplot', kind: 'Tecplot file', path, title: title || input.entry.name, buffers: zones.length },
      undefined,
    );
    return describedDataset({
      info: { ...info, rawDtype: 'text' },
      openBuffer: (index, options) => readZone(source, zones[index] as Zone, variables, options),
      close: () => Promise.resolve(source[Symbol.asyncDispose]()),
    });
  } catch (error) {
    await source[Symbol.asyncDispose]();
    throw error;
  }
}

/** Heads are lines that begin with words; what stands before the first zone names the variables. */
async function findZones(source: ByteReader, options: ReadOptions): Promise<TecplotText> {
  const zones: Zone[] = [];
  let head = '';
  let isHead = true;
  let before = '';
  for await (const { text, offset } of linesOf(source, { offset: 0, bytes: source.size }, options)) {
    if (isCommentLine(text)) continue;
    const isWord = KEYWORD.test(text) && !NUMBER_WORD.test(text);
    if (isWord) head = `${isHead ? head : ''}${text}\n`;
    else if (isHead) {
      const at = Math.max(0, head.search(/^\s*ZONE\b/im));
      before += head.slice(0, at);
      zones.push({ head: head.slice(at), offset, end: source.size });
      if (zones.length > MAX_ZONES) throw new DataError('too-large', `The file has more than ${MAX_ZONES} zones.`, { path: source.name });
    }
    const last = zones[zones.length - 1];
    if (isWord && !isHead && last) last.end = offset;
    isHead = isWord;
  }
  const names =
    /\bVARIABLES\s*=\s*((?:"[^"]*"|[^\s",=]+(?!\s*=))(?:[\s,]+(?:"[^"]*"|[^\s",=]+(?![^\s",=]|\s*=)))*)/i.exec(before)?.[1] ?? '';
  const title = /\bTITLE\s*=\s*"([^"]*)"/i.exec(before)?.[1] ?? '';
  return { variables: readColumnNames((names.match(/"[^"]*"|[^\s",]+/g) ?? []).map(unicode)), zones, title: unicode(title) };
}

/** A value of the head of a zone: I=5, T="name". */
function zoneValue({ head }: Zone, name: string): string | undefined {
  const [, quoted, plain] = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|([^\\s,"]+))`, 'i').exec(head) ?? [];
  return quoted ?? plain;
}

/** Variables of positions are plain x, y and z for other programs; our zones say their units beside them. */
function positionUnit(zone: Zone, meaning: ColumnName['meaning']): string {
  return meaning === 'x' || meaning === 'y' || meaning === 'z' ? unicode(zoneValue(zone, `${meaning}_unit`) ?? '') : '';
}

/** Finite elements and BLOCK packing are other layouts. */
function checkZone(zone: Zone, path: string): void {
  const packing = (zoneValue(zone, 'DATAPACKING') ?? zoneValue(zone, 'F') ?? 'POINT').toUpperCase();
  const kind = (zoneValue(zone, 'ZONETYPE') ?? 'ORDERED').toUpperCase();
  if (packing === 'POINT' && kind === 'ORDERED') return;
  throw new DataError(
    'unsupported',
    `The zone '${unicode(zoneValue(zone, 'T') ?? '')}' is ${kind} in ${packing} packing; only ordered POINT zones are read.`,
    {
      path,
      offset: zone.offset,
      field: 'ZONE',
    },
  );
}

async function readZone(source: ByteReader, zone: Zone, variables: readonly ColumnName[], options: ReadOptions): Promise<DescribedBuffer> {
  const numbers: number[] = [];
  let line = 0;
  for await (const { text } of linesOf(source, { offset: zone.offset, bytes: zone.end - zone.offset }, options)) {
    if (!isCommentLine(text))
      for (const number of rowNumbers(text, text.includes(',') ? ',' : ' ', { path: source.name, line })) numbers.push(number);
    line++;
  }
  const rows = numbers.length / variables.length;
  const sizes = ['I', 'J', 'K'].map((name) => Number(zoneValue(zone, name) ?? 1));
  const promised = zoneValue(zone, 'I') === undefined ? rows : sizes.reduce((product, size) => product * size, 1);
  if (rows !== promised) {
    const message = `The zone promises ${promised} points of ${variables.length} variables and holds ${numbers.length} numbers.`;
    throw new DataError(rows < promised ? 'truncated' : 'malformed', message, { path: source.name, offset: zone.offset, field: 'ZONE' });
  }
  const columns = variables.map((variable, at) => ({
    ...variable,
    unit: variable.unit || positionUnit(zone, variable.meaning),
    values: Float64Array.from({ length: rows }, (_, row) => numbers[row * variables.length + at] as number),
  }));
  const time = Number(zoneValue(zone, 'SOLUTIONTIME') ?? Number.NaN);
  return gridBuffer(columns, source.name, {
    name: unicode(zoneValue(zone, 'T') ?? ''),
    ...(Number.isFinite(time) ? { time: { seconds: time, source: 'SOLUTIONTIME' } } : {}),
  });
}
