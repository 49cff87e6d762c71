import { csv } from './csv.ts';
import { davisBufferWriter } from './davis/buffer-writer.ts';
import { davisSetWriter } from './davis/set-writer.ts';
import { hdf5Writer } from './hdf5.ts';
import { matWriter } from './mat.ts';
import { npy } from './npy.ts';
import { npz } from './npz.ts';
import { png } from './png.ts';
import { tecplot } from './tecplot.ts';
import { tiff } from './tiff.ts';
import { vti } from './vti.ts';
import type { Writer } from './writer.ts';
import { zarrWriter } from './zarr.ts';

/** All outputs of `convert` and of the export dialog. Where two take the same extension, the first one gets it. */
export const WRITERS: readonly Writer[] = [
  davisSetWriter,
  davisBufferWriter,
  hdf5Writer,
  matWriter,
  npz,
  npy,
  tiff,
  csv,
  tecplot,
  vti,
  png,
  zarrWriter,
];
