import type { ReadOptions } from '../../../shared/model/dataset.ts';
import { vtkArray } from './array.ts';
import { arrayElements, type VtkFile } from './xml-file.ts';

/** The time that the field data of a file name: TimeValue, as ParaView writes it. */
export async function readTime(file: VtkFile, options: ReadOptions): Promise<number | undefined> {
  const element = arrayElements(file.root).find(({ attributes }) => attributes.Name === 'TimeValue');
  return element && Number((await vtkArray(file, element, 1).read(options))[0]);
}
