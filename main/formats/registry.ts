import { bufferFolder } from './buffer-folder.ts';
import { csv } from './csv.ts';
import { davisParticles } from './davis-particles/davis-particles.ts';
import { davisBuffer } from './davis/buffer-file.ts';
import { davisSet } from './davis/set.ts';
import type { Dataset } from '../../shared/model/dataset.ts';
import type { Format } from './format.ts';
import { hdf5 } from './hdf5/hdf5.ts';
import { mat } from './mat/mat.ts';
import { particleTable } from './particle-table/particle-table.ts';
import { npy } from './npy.ts';
import { npz } from './npz.ts';
import { tecplot } from './tecplot.ts';
import { tiff } from './tiff/tiff.ts';
import { pictures } from './pictures.ts';
import { vti } from './vti.ts';
import { vtp } from './vtp/vtp.ts';
import { zarr } from './zarr/zarr.ts';

/** All readers. Where two are equally sure of a file, the first one opens it. */
export const FORMATS: readonly Format<Dataset>[] = [
  davisParticles,
  particleTable,
  davisSet,
  davisBuffer,
  hdf5,
  mat,
  npy,
  npz,
  tiff,
  pictures,
  zarr,
  csv,
  tecplot,
  vti,
  vtp,
  bufferFolder([tiff, csv, vti]),
];
