import { DataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteReader } from '../byte-reader.ts';
import { descendants } from '../xml.ts';
import { isNumeric, vtkArray, type VtkArray } from './array.ts';
import { readTime } from './time-value.ts';
import { numbersOf, readVtkFile, refused } from './xml-file.ts';

export interface VtkImage {
  readonly size: readonly [x: number, y: number, z: number];
  readonly origin: readonly number[];
  readonly spacing: readonly number[];
  readonly arrays: readonly VtkArray[];
  /** Name of the array that is the vector. */
  readonly vectors: string | undefined;
  readonly time: number | undefined;
}

/** VTK XML ImageData of other programs. */
export async function readVtkImage(source: ByteReader, options: ReadOptions): Promise<VtkImage> {
  const file = await readVtkFile(source, 'ImageData', options);
  const { root } = file;
  const [image] = descendants(root, 'ImageData');
  const pieces = descendants(root, 'Piece');
  const [piece] = pieces;
  const { WholeExtent: extent = '', Origin: origin = '0 0 0', Spacing: spacing = '1 1 1', Direction: direction } = image?.attributes ?? {};
  if (!piece || pieces.length > 1 || numbersOf(piece.attributes.Extent ?? '').join() !== numbersOf(extent).join())
    throw refused(`The VTK image has ${pieces.length} pieces; files of one whole piece are read.`, source, 'Piece');
  if (direction !== undefined && numbersOf(direction).join() !== '1,0,0,0,1,0,0,0,1')
    throw refused('The axes of the VTK image are turned in space, which is not read.', source, 'Direction');
  const [points] = descendants(piece, 'PointData').filter(({ children }) => children.length > 0);
  const [cells] = descendants(piece, 'CellData');
  const bounds = numbersOf(extent);
  const size = ([0, 2, 4] as const)
    .map((at) => (bounds[at + 1] ?? 0) - (bounds[at] ?? 0) + (points ? 1 : 0))
    .map((count) => Math.max(1, count));
  const steps = numbersOf(spacing);
  const start = numbersOf(origin).map((value, at) => value + (steps[at] ?? 1) * ((bounds[2 * at] ?? 0) + (points ? 0 : 0.5)));
  const samples = size.reduce((product, count) => product * count, 1);
  if (
    bounds.length !== 6 ||
    steps.length !== 3 ||
    start.length !== 3 ||
    !Number.isSafeInteger(samples) ||
    !steps.every((step) => step > 0 && Number.isFinite(step))
  )
    throw new DataError('malformed', 'The VTK image has no valid extent, origin and spacing.', { path: source.name, field: 'WholeExtent' });
  const data = points ?? cells;
  const time = await readTime(file, options);
  return {
    size: size as [number, number, number],
    origin: start,
    spacing: steps,
    arrays: (data?.children ?? [])
      .filter((element) => element.name === 'DataArray' && isNumeric(element))
      .map((element) => vtkArray(file, element, samples)),
    vectors: data?.attributes.Vectors,
    time,
  };
}
