import { isDataError } from '../../../shared/model/data-error.ts';
import type { ParticleDataset } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { MAX_PARTICLE_DESCRIPTION_BYTES, parseParticleDescription, type ParticleDescription } from '../../codecs/particle-description.ts';
import { VTP_DESCRIPTION_FILE } from '../../codecs/particle-layout.ts';
import { readVtkCollection, type CollectionEntry } from '../../codecs/vtk/collection.ts';
import { resolveParts } from '../../sources/relative-path.ts';
import type { OpenInput } from '../format.ts';
import { plainDescription } from '../particles/plain-description.ts';
import { seriesDataset } from './series-dataset.ts';
import { snapshotFiles } from './snapshot-files.ts';

/** A .pvd collection: a snapshot a time, of one file or of several parts. */
export async function openCollection(input: OpenInput): Promise<ParticleDataset> {
  const { folder, entry } = input;
  const entries = await readEntries(input);
  const times = snapshotsOf(entries);
  const path = folder.pathOf(entry.name);
  const found = await findDescription(input, entries[0]?.file ?? '');
  const isWhole = found?.times.length === times.length;
  const description = found && isWhole ? found : plainDescription(Float64Array.from(times, ([first]) => first?.time ?? Number.NaN));
  const message = `The description beside the files has times of ${found?.times.length ?? 0} of them, the collection names ${times.length}; it is left aside.`;
  const warnings: readonly Warning[] = found && !isWhole ? [{ code: 'description', message, path }] : [];
  const files = snapshotFiles(
    folder,
    times.map((parts) => parts.map(({ file }) => file)),
  );
  try {
    return await seriesDataset(files, description, { path, title: entry.name, warnings }, { signal: input.signal });
  } catch (error) {
    await files[Symbol.asyncDispose]();
    throw error;
  }
}

async function readEntries(input: OpenInput): Promise<readonly CollectionEntry[]> {
  await using source = await input.folder.open(input.entry.name, input);
  const entries = await readVtkCollection(source, 'vtp', input);
  // Files elsewhere are nobody's business.
  for (const { file } of entries) resolveParts([], file, input.folder.path);
  return entries;
}

/** Further parts of a time follow its first one. */
function snapshotsOf(entries: readonly CollectionEntry[]): readonly (readonly CollectionEntry[])[] {
  const snapshots: CollectionEntry[][] = [];
  for (const entry of entries) {
    const last = snapshots.at(-1);
    if (last && entry.part > 0 && Object.is(last[0]?.time, entry.time)) last.push(entry);
    else snapshots.push([entry]);
  }
  return snapshots;
}

/** What our writer put beside the files; undefined for collections of other programs. */
async function findDescription({ folder, signal }: OpenInput, file: string): Promise<ParticleDescription | undefined> {
  const name = `${file.slice(0, file.lastIndexOf('/') + 1)}${VTP_DESCRIPTION_FILE}`;
  try {
    await using source = await folder.open(name, { signal });
    if (source.size > MAX_PARTICLE_DESCRIPTION_BYTES) return undefined;
    const description = parseParticleDescription(new TextDecoder().decode(await source.read(0, source.size, { signal })), source.name);
    return description.isOwn ? description : undefined;
  } catch (error) {
    if (isDataError(error, 'not-found')) return undefined;
    throw error;
  }
}
