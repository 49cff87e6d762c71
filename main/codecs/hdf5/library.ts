import type { Group, h5wasm } from 'h5wasm/node';
import { DataError } from '../../../shared/model/data-error.ts';
import { limitReach } from './reach.ts';

/** The HDF5 library: h5wasm, loaded when it is first needed. Its calls block, and its memory never shrinks: it belongs in a worker thread. */
export interface Hdf5Library {
  readonly calls: Awaited<(typeof h5wasm)['ready']>;
  readonly Group: typeof Group;
}

let pluginFolder: string | undefined;
let loading: Promise<Hdf5Library> | undefined;

/** Where the filter plugins lie (*.so): set by the entries that run in Node, before the first file is opened. */
export function setHdf5Plugins(folder: string): void {
  pluginFolder = folder;
}

export function hasHdf5Plugins(): boolean {
  return pluginFolder !== undefined;
}

export function hdf5Library(): Promise<Hdf5Library> {
  loading ??= loadLibrary();
  return loading;
}

/**
 * A failed read is told by an exception only with the throwing handler: without it the library hands out old memory as data. The library
 * takes a global `navigator` for a browser's, so it is hidden while the library starts.
 */
async function loadLibrary(): Promise<Hdf5Library> {
  const navigator = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  if (navigator?.configurable) Reflect.deleteProperty(globalThis, 'navigator');
  try {
    const { ready, Group } = await import('h5wasm/node');
    const calls = await ready;
    calls.activate_throwing_error_handler();
    limitReach(calls.FS, pluginFolder);
    if (pluginFolder !== undefined) calls.insert_plugin_search_path(pluginFolder, 0);
    return { calls, Group };
  } catch (error) {
    throw new DataError('internal', `The HDF5 library does not start: ${error instanceof Error ? error.message : String(error)}.`, {
      cause: error,
    });
  } finally {
    if (navigator?.configurable) Object.defineProperty(globalThis, 'navigator', navigator);
  }
}
