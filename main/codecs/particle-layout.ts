/** Paths in our HDF5 files of particles: docs/formats/hdf5.md. */
export const HDF5_PARTICLES = {
  /** One data set of one axis a column. */
  columns: '/particles',
  steps: '/steps',
  tracks: '/tracks',
  description: '/description',
} as const;

/** Columns that every table of particles has; the others are scalars. */
export const ROW_COLUMNS = ['x', 'y', 'z', 'intensity', 'track', 'step', 'pulse'] as const;

/** The description in our NumPy archives of particles. */
export const NPZ_PARTICLES = 'particles.json';

/** The description beside the files of our VTK collections of particles. */
export const VTP_DESCRIPTION_FILE = 'particles.json';

/** How the description at the end of our CSV files begins. */
export const OWN_MARK = '{"streakline":1,"kind":"particles"';

/** Where the first data of our HDF5 files lie: the letters of the kind, u1. */
export const HDF5_KIND = '/kind';
export const HDF5_KIND_AT = 48;
