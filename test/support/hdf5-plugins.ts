import { fileURLToPath } from 'node:url';
import { setHdf5Plugins } from '../../main/codecs/hdf5/library.ts';

/** The built program has the filters of the HDF5 library beside it; tests from source take them from their package. Imported for its effect. */
setHdf5Plugins(fileURLToPath(new URL('../../node_modules/h5wasm-plugins/plugins', import.meta.url)));
