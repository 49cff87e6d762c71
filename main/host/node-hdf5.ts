import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { setHdf5Reach } from '../codecs/hdf5/reach.ts';
import { isInside } from '../sources/disk-folder.ts';

/** Files that an HDF5 file names are read where they lie in its folder or below, links resolved. Imported for its effect by the entries that run in Node. */
setHdf5Reach((file, named) => {
  try {
    return isInside(realpathSync(named), realpathSync(dirname(file)));
  } catch {
    return false;
  }
});
