import { DataError, isDataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteSource } from '../../sources/byte-source.ts';
import type { ParticlePlace } from './place.ts';

/** The files of a set, each opened once when it is needed first and kept open until the set is closed. */
export interface ParticleFiles extends AsyncDisposable {
  pathOf(name: string): string;
  /** `missing-companion` where the file is not there. */
  open(name: string, options?: ReadOptions): Promise<ByteSource>;
  /** Undefined where the file is not there. */
  find(name: string, options?: ReadOptions): Promise<ByteSource | undefined>;
  /** The whole file; `too-large` above `limit` bytes. */
  readWhole(name: string, limit: number, options?: ReadOptions): Promise<Uint8Array>;
}

export function openParticleFiles(place: ParticlePlace): ParticleFiles {
  const opened = new Map<string, Promise<ByteSource>>();
  let closed = false;
  const open = async (name: string): Promise<ByteSource> => {
    if (closed) throw new DataError('closed', `The set ${place.name} is closed.`, { path: place.folderPath });
    const known = opened.get(name);
    if (known) return known;
    const opening = place.openFile(name).catch((error: unknown) => {
      opened.delete(name);
      throw isDataError(error, 'not-found') ? missing(place, name) : error;
    });
    opened.set(name, opening);
    return opening;
  };
  return {
    pathOf: place.pathOf,
    open,
    find: async (name) => {
      try {
        return await open(name);
      } catch (error) {
        if (isDataError(error, 'missing-companion')) return undefined;
        throw error;
      }
    },
    readWhole: async (name, limit, options) => {
      const source = await open(name);
      if (source.size > limit) {
        throw new DataError('too-large', `${source.name} has ${source.size} bytes; at most ${limit} are read.`, { path: source.name });
      }
      return source.read(0, source.size, options);
    },
    [Symbol.asyncDispose]: async () => {
      closed = true;
      const sources = await Promise.allSettled(opened.values());
      for (const source of sources) if (source.status === 'fulfilled') await source.value[Symbol.asyncDispose]();
    },
  };
}

function missing(place: ParticlePlace, name: string): DataError {
  return new DataError('missing-companion', `The particle set ${place.name} has no file ${name}.`, {
    path: place.pathOf(name),
    hint: `A particle set is a .set file and the folder of the same name with ${name} in it.`,
  });
}
