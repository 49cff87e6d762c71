import { promises as fs } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { DataError } from '../../shared/model/data-error.ts';
import { isInside } from '../sources/disk-folder.ts';
import { refuseExisting, writeError } from '../writers/atomic-file.ts';
import { setPaths } from '../writers/davis/set-place.ts';

/** Writers whose output is two things of one name: NAME.set and the folder NAME. */
const SETS: readonly string[] = ['davis-set', 'davis-particles'];

/**
 * The place that a job may write to. Its folder is there and inside of `root`, also in its real place; the target itself is free, or may be
 * replaced; it is never the source.
 */
export async function checkTarget(
  target: string,
  o: { readonly writer: { readonly id: string }; readonly source: string; readonly root?: string | undefined; readonly force: boolean },
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
  await refuseSources(path, o.writer, [o.source]);
  if (!o.force) for (const place of placesOf(path, o.writer)) await refuseExisting(place);
  return path;
}

/** Nothing is written over a dataset that is being read, nor into its folder, by whatever name or link either is called; '' is one without a place. */
export async function refuseSources(target: string, writer: { readonly id: string }, sources: readonly string[]): Promise<void> {
  const places = await Promise.all(placesOf(resolve(target), writer).map(realPlace));
  for (const source of sources.filter((one) => one !== '')) {
    const taken = await Promise.all([source, source.replace(/\.set$/i, '')].map(realPlace));
    if (!places.some((place) => taken.some((bound) => isInside(place, bound)))) continue;
    throw new DataError('exists', `${target} is an input of the conversion or lies in it: ${source}.`, {
      path: target,
      field: 'target',
      hint: 'Choose another target.',
    });
  }
}

function placesOf(path: string, writer: { readonly id: string }): readonly string[] {
  const { text, folder } = setPaths(path);
  return SETS.includes(writer.id) ? [text, folder] : [path];
}

/** Without links, as far as the place is there. */
async function realPlace(path: string): Promise<string> {
  const full = resolve(path);
  return fs.realpath(full).catch(async () => join(await fs.realpath(dirname(full)).catch(() => dirname(full)), basename(full)));
}
