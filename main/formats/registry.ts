import { davisBuffer } from './davis/buffer-file.ts';
import { davisSet } from './davis/set.ts';
import type { Format } from './format.ts';
import { npy } from './npy.ts';

/** All readers. Where two are equally sure of a file, the first one opens it. */
export const FORMATS: readonly Format[] = [davisSet, davisBuffer, npy];
