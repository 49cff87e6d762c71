import { davisBuffer } from './davis/buffer-file.ts';
import { davisSet } from './davis/set.ts';
import type { Format } from './format.ts';
import { hdf5 } from './hdf5/hdf5.ts';
import { npy } from './npy.ts';
import { npz } from './npz.ts';
import { pictures } from './pictures.ts';

/** All readers. Where two are equally sure of a file, the first one opens it. */
export const FORMATS: readonly Format[] = [davisSet, davisBuffer, hdf5, npy, npz, pictures];
