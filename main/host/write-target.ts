import { promises as fs } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { DataError } from '../../shared/model/data-error.ts';
import { isInside } from '../sources/disk-folder.ts';
import { refuseExisting, writeError } from '../writers/atomic-file.ts';
import { setPaths } from '../writers/davis/set-place.ts';
import type { Writer } from '../writers/writer.ts';

/** The writer whose output is two things of one name: NAME.set and the folder NAME. */
const DAVIS_SET = 'davis-set';

/**
 * The place that a job may write to. Its folder is there and inside of `root`, also in its real place; the target itself is free, or may be
 * replaced; it is never the source.
 */
export async function checkTarget(
  target: string,
  o: { readonly writer: Writer; readonly source: string; readonly root?: string | undefined; readonly force: boolean },
): Promise<string> {
  if (!isAbsolute(target)) throw new DataError('invalid-option', `The target must be a full path, got '${target}'.`, { field: 'target' });
  const path = resolve(target);
  const folder = dirname(path);
  const real = await fs.realpath(folder).catch((error: unknown) => {
    throw writeError(error, path);
  });
  if (o.root !== undefined && !isInside(join(real, basename(path)), await fs.realpath(o.root))) {
    throw new DataError('access-denied', `${path} lies outside of the folder that is served.`, { path, field: 'target' });
  }
  refuseSources(path, o.writer, [o.source]);
  if (!o.force) for (const place of placesOf(path, o.writer)) await refuseExisting(place);
  return path;
}

/** A source is never replaced by what is made of it; '' is one that has no place. */
export function refuseSources(target: string, writer: Writer, sources: readonly string[]): void {
  const places = placesOf(resolve(target), writer);
  const taken = sources.filter((source) => source !== '').flatMap((source) => [resolve(source), resolve(source).replace(/\.set$/i, '')]);
  if (taken.some((place) => places.includes(place)))
    throw new DataError('exists', `${target} is an input of the conversion.`, {
      path: target,
      field: 'target',
      hint: 'Choose another target.',
    });
}

function placesOf(path: string, writer: Writer): readonly string[] {
  const { text, folder } = setPaths(path);
  return writer.id === DAVIS_SET ? [text, folder] : [path];
}
