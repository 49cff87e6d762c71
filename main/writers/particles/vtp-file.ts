import { bytesOf, type TypedArray } from '../../../shared/model/dtype.ts';
import { PARTICLE_DESCRIPTION_KEY } from '../../codecs/particle-description.ts';
import type { AtomicFile } from '../atomic-file.ts';
import { SOFTWARE } from '../version.ts';
import { escapeXml } from '../vti-file.ts';

/*
 * VTK XML PolyData, appended raw binary: a head of XML with the offsets of all arrays, then each array behind its length (u64). A file may
 * have several pieces, whose sizes are known only once they are written: the head has room for any numbers and is put in its place at last.
 */
const LENGTH_BYTES = 8;
/** Stands in the first head for numbers that are not known yet; none is longer. */
const WIDEST = Number.MAX_SAFE_INTEGER;
const TAIL = '\n  </AppendedData>\n</VTKFile>\n';

export interface VtpArray {
  readonly name: string;
  readonly data: Float32Array | Float64Array | BigInt64Array;
  readonly components: 1 | 3;
}

/** Points with values, as single vertices and as lines through them. */
export interface VtpPiece {
  readonly points: VtpArray;
  readonly pointData: readonly VtpArray[];
  /** Of the lines. */
  readonly cellData: readonly VtpArray[];
  /** All points as one cell of vertices. */
  readonly vertices: boolean;
  /** Where each line ends in the points; lines follow one another. */
  readonly lineEnds: BigInt64Array;
}

/** Writes pieces that come one after the other; `count` is how many there will be, of the same arrays. */
export async function writeVtpFile(
  file: AtomicFile,
  o: { readonly time: number | undefined; readonly description?: string; readonly count: number; readonly like: VtpPiece },
  pieces: AsyncIterable<VtpPiece>,
): Promise<void> {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  // Texts end with a zero.
  const description = o.description === undefined ? undefined : encode(`${o.description}\0`);
  const field: FieldData = { time: o.time, descriptionBytes: description?.byteLength };
  const room = encode(
    headText(
      Array.from({ length: o.count }, () => shapeOf(o.like, true)),
      field,
    ),
  ).byteLength;
  await file.write(new Uint8Array(room));
  if (description) {
    await file.write(bytesOf(BigUint64Array.of(BigInt(description.byteLength))));
    await file.write(description);
  }
  const shapes: PieceShape[] = [];
  for await (const piece of pieces) {
    shapes.push(shapeOf(piece, false));
    for (const data of pieceData(piece)) {
      await file.write(bytesOf(BigUint64Array.of(BigInt(data.byteLength))));
      await file.write(bytesOf(data));
    }
  }
  await file.write(encode(TAIL));
  const head = headText(shapes, field);
  const mark = head.lastIndexOf('  <AppendedData');
  const blanks = ' '.repeat(room - encode(head).byteLength);
  await file.overwrite(0, encode(`${head.slice(0, mark)}${blanks}${head.slice(mark)}`));
}

interface FieldData {
  readonly time: number | undefined;
  /** Of the text that stands before all arrays; undefined where there is none. */
  readonly descriptionBytes: number | undefined;
}

interface ArrayShape {
  readonly name: string;
  readonly type: string;
  readonly components: number;
  readonly bytes: number;
}

interface PieceShape {
  readonly points: number;
  readonly vertices: number;
  readonly lines: number;
  readonly pointData: readonly ArrayShape[];
  readonly cellData: readonly ArrayShape[];
  readonly position: ArrayShape;
}

function typeOf(data: TypedArray): string {
  return data instanceof Float32Array ? 'Float32' : data instanceof Float64Array ? 'Float64' : 'Int64';
}

function shapeOf({ points, pointData, cellData, vertices, lineEnds }: VtpPiece, widest: boolean): PieceShape {
  const count = (value: number): number => (widest ? WIDEST : value);
  const array = ({ name, data, components }: VtpArray): ArrayShape => ({
    name,
    type: typeOf(data),
    components,
    bytes: count(data.byteLength),
  });
  const hasVertices = vertices && points.data.length > 0;
  return {
    points: count(points.data.length / 3),
    vertices: count(hasVertices ? 1 : 0),
    lines: count(lineEnds.length),
    pointData: pointData.map(array),
    cellData: cellData.map(array),
    position: array(points),
  };
}

/** The data of a piece in the order of its head. */
function pieceData({ points, pointData, cellData, vertices, lineEnds }: VtpPiece): readonly TypedArray[] {
  const count = points.data.length / 3;
  const inLines = lineEnds.length === 0 ? 0 : Number(lineEnds[lineEnds.length - 1]);
  const counting = (length: number): BigInt64Array => BigInt64Array.from({ length }, (_, i) => BigInt(i));
  const alone = vertices && count > 0;
  return [
    ...pointData.map(({ data }) => data),
    ...cellData.map(({ data }) => data),
    points.data,
    counting(alone ? count : 0),
    alone ? BigInt64Array.of(BigInt(count)) : new BigInt64Array(0),
    counting(inLines),
    lineEnds,
  ];
}

function headText(pieces: readonly PieceShape[], field: FieldData): string {
  let offset = field.descriptionBytes === undefined ? 0 : field.descriptionBytes + LENGTH_BYTES;
  const widest = pieces.some(({ position }) => position.bytes === WIDEST);
  const element = ({ name, type, components, bytes }: ArrayShape): string => {
    const line = `        <DataArray type="${type}" Name="${escapeXml(name)}" NumberOfComponents="${components}" format="appended" offset="${widest ? WIDEST : offset}"/>\n`;
    offset += bytes + LENGTH_BYTES;
    return line;
  };
  const cells = (name: string, connectivity: number, count: number): string =>
    `      <${name}>\n${element({ name: 'connectivity', type: 'Int64', components: 1, bytes: 8 * connectivity })}${element({ name: 'offsets', type: 'Int64', components: 1, bytes: 8 * count })}      </${name}>\n`;
  const text = pieces.map(({ points, vertices, lines, pointData, cellData, position }) => {
    const inLines = lines > 0 ? points : 0;
    return [
      `    <Piece NumberOfPoints="${points}" NumberOfVerts="${vertices}" NumberOfLines="${lines}" NumberOfStrips="0" NumberOfPolys="0">\n`,
      `      <PointData${activeText(pointData)}>\n${pointData.map(element).join('')}      </PointData>\n`,
      `      <CellData>\n${cellData.map(element).join('')}      </CellData>\n`,
      `      <Points>\n${element(position)}      </Points>\n`,
      cells('Verts', vertices > 0 ? points : 0, vertices),
      cells('Lines', inLines, lines),
      '    </Piece>\n',
    ].join('');
  });
  return `<?xml version="1.0"?>\n<!-- ${SOFTWARE} -->\n<VTKFile type="PolyData" version="1.0" byte_order="LittleEndian" header_type="UInt64">\n  <PolyData>\n${fieldText(field)}${text.join('')}  </PolyData>\n  <AppendedData encoding="raw">\n   _`;
}

function fieldText({ time, descriptionBytes }: FieldData): string {
  const lines = [
    ...(time === undefined ? [] : [`<DataArray type="Float64" Name="TimeValue" NumberOfTuples="1" format="ascii">${time}</DataArray>`]),
    ...(descriptionBytes === undefined
      ? []
      : [`<DataArray type="String" Name="${PARTICLE_DESCRIPTION_KEY}" NumberOfTuples="1" format="appended" offset="0"/>`]),
  ];
  return lines.length === 0 ? '' : `    <FieldData>\n${lines.map((line) => `      ${line}\n`).join('')}    </FieldData>\n`;
}

function activeText(pointData: readonly ArrayShape[]): string {
  const vector = pointData.find(({ components }) => components === 3);
  const [scalar] = pointData.filter(({ components }) => components === 1);
  return `${scalar ? ` Scalars="${escapeXml(scalar.name)}"` : ''}${vector ? ` Vectors="${escapeXml(vector.name)}"` : ''}`;
}
