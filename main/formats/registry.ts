import type { Format } from './format.ts';
import { npy } from './npy.ts';

/** All readers. Where two are equally sure of a file, the first one opens it. */
export const FORMATS: readonly Format[] = [
  npy,
];
