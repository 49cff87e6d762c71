import { DataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteReader } from '../byte-reader.ts';
import { descendants, type XmlElement } from '../xml.ts';
import { isNumeric, vtkArray, vtkText, type VtkArray } from './array.ts';
import { readTime } from './time-value.ts';
import { arrayElements, readVtkFile, type VtkFile } from './xml-file.ts';

/** Points with numbers of each; which of them make up vertices, lines and faces is left aside. */
export interface PolyPiece {
  readonly points: number;
  /** Cells that are lines. */
  readonly lines: number;
  /** x, y, z of one point after the other; absent where there is no point. */
  readonly positions: VtkArray | undefined;
  readonly arrays: readonly VtkArray[];
}

export interface PolyData {
  readonly path: string;
  readonly pieces: readonly PolyPiece[];
  /** Point data that hold no numbers. */
  readonly passedOver: readonly string[];
  readonly time: number | undefined;
  /** A text in the field data; undefined where there is none of the name. */
  text(name: string, limit: number, options: ReadOptions): Promise<string | undefined>;
}

const MAX_POINTS = 2 ** 31;

/** VTK XML PolyData: the XML is read, and arrays when they are asked for. */
export async function readPolyData(source: ByteReader, options: ReadOptions): Promise<PolyData> {
  const file = await readVtkFile(source, 'PolyData', options);
  const pieces = descendants(file.root, 'Piece');
  const texts = pieces.flatMap((piece) => pointData(piece).filter((element) => !isNumeric(element)));
  return {
    path: source.name,
    pieces: pieces.map((piece) => pieceOf(file, piece)),
    passedOver: [...new Set(texts.map(({ attributes }) => attributes.Name ?? ''))],
    time: await readTime(file, options),
    text: async (name, limit, how) => {
      const element = descendants(file.root, 'FieldData')
        .flatMap(arrayElements)
        .find(({ attributes }) => attributes.Name === name && attributes.type === 'String');
      return element && vtkText(file, element, limit, how);
    },
  };
}

function pointData(piece: XmlElement): readonly XmlElement[] {
  return piece.children.filter(({ name }) => name === 'PointData').flatMap(arrayElements);
}

function pieceOf(file: VtkFile, piece: XmlElement): PolyPiece {
  const points = Number(piece.attributes.NumberOfPoints ?? Number.NaN);
  const place = { path: file.source.name, field: 'NumberOfPoints' };
  if (!(Number.isInteger(points) && points >= 0 && points <= MAX_POINTS))
    throw new DataError(
      'malformed',
      `A piece of the VTK file has '${piece.attributes.NumberOfPoints ?? ''}' points; 0 to ${MAX_POINTS} are read.`,
      place,
    );
  const [element] = piece.children.filter(({ name }) => name === 'Points').flatMap(arrayElements);
  const positions = element && points > 0 ? vtkArray(file, element, points) : undefined;
  if (points > 0 && positions?.step !== 3)
    throw new DataError('malformed', `A piece of the VTK file has ${points} points without x, y and z of each.`, {
      ...place,
      field: 'Points',
    });
  return {
    points,
    lines: Number(piece.attributes.NumberOfLines) || 0,
    positions,
    arrays: pointData(piece)
      .filter(isNumeric)
      .map((one) => vtkArray(file, one, points)),
  };
}
