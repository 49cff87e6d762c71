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
export async function checkTarget(target: string, o: { readonly writer: Writer; readonly source: string; readonly root?: string | undefined; readonly force: boolean }): Promise<string> {
  if (!isAbsolute(target)) throw new DataError('invalid-option', `The target must be a full path, got '${target}'.`, { field: 'target' });
  const path = resolve(target);
  const folder = dirname(path);
  const real = await fs.realpath(folder).catch((error: unknown) => {
    throw writeError(error, path);
  });
  if (o.root !== undefined && !isInside(join(real, basename(path)), await fs.realpath(o.root))) {
    throw new DataError('access-denied', `${path} lies outside of the folder that is served.`, { path, field: 'target' });
  }
  const { text, folder: setFolder } = setPaths(path);
  const places = o.writer.id === DAVIS_SET ? [text, setFolder] : [path];
  const source = resolve(o.source);
  if (o.source !== '' && [source, source.replace(/\.set$/i, '')].some((taken) => places.includes(taken))) {
    throw new DataError('exists', `${path} is the dataset itself.`, { path, field: 'target', hint: 'Choose another name.' });
  }
  if (!o.force) for (const place of places) await refuseExisting(place);
  return path;
}
