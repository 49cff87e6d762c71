import type { Params } from '../shared/contract/methods.ts';
import type { FieldRequest } from '../shared/contract/planes.ts';
import { PICTURE } from './row.ts';

/** Samples per side of the images measured with. */
export const IMAGE_SIDE = 2048;

/** Every n-th sample is enough for the picture. */
export const STEP = Math.floor(IMAGE_SIDE / PICTURE);

const FIELDS: readonly FieldRequest[] = [
  { component: 'PIXEL', mode: 'raw', reduce: 'mean' },
  { component: 'state', mode: 'raw', brief: true },
];

/** What the image view asks for a picture of a whole frame: samples at the picture's resolution and their states. */
export function imageRequest(dataset: string, buffer: number): Params<'planes'> {
  return { dataset, buffer, frame: 0, plane: 0, fields: FIELDS, window: { x: 0, y: 0, width: IMAGE_SIDE, height: IMAGE_SIDE, step: STEP } };
}
