import type { Dataset, ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { isDataError } from '../../../shared/model/data-error.ts';
import type { Candidate, EntryContent, Folder, Format, OpenInput, Opened, ProbeAnswer } from '../format.ts';
import { BIN_OPTIONS, openBinned } from '../bin-options.ts';
import { isSetText, textBeside } from '../davis/set-place.ts';
import { parseSetText, textEntry } from '../davis/set-text.ts';
import { FILES, INFO, INFO_VERSION, OLD_INFO, snapshotsFile } from './layout.ts';
import { openParticles, PARTICLES_FORMAT } from './particle-dataset.ts';
import { findParticles, isParticleFile, textAbove, type ParticlePlace } from './place.ts';

/** DaVis particle and track sets (Shake-the-Box): NAME.set that says ParticleField, with the folder NAME. With `bin` they open as vectors. */
export const davisParticles: Format<Dataset> = {
  id: PARTICLES_FORMAT,
  label: 'DaVis particle set (.set)',
  extensions: ['set'],
  options: BIN_OPTIONS,
  probe,
  describe: describeParticles,
  open,
};

/** Real ones have a few hundred bytes. */
const TEXT_BYTES = 4096;
const MAX_TEXT_BYTES = 4 << 20;
const IDENTIFIER = /^\s*SetIdentifier\s+=\s+"ParticleField"\s*;/m;
const SURE = 1;

async function probe({ entry, folder, head }: Candidate): Promise<ProbeAnswer> {
  if (entry.kind === 'file' && isSetText(entry.name)) {
    const said = byText(new TextDecoder().decode(await head(TEXT_BYTES)), entry.name);
    return said ?? byFiles(folder, entry.name.slice(0, entry.name.lastIndexOf('.')));
  }
  if (entry.kind === 'file' && !isParticleFile(entry.name)) return { score: 0, reason: 'neither a .set file nor a file of a particle set' };
  const inner = entry.kind === 'folder' ? entry.name : '';
  const text = inner === '' ? await textAbove(folder, lastPart(folder.path)) : await textBeside(folder, inner);
  return (text === undefined ? undefined : byText(await headOf(folder, text), text)) ?? byFiles(folder, inner);
}

function byText(text: string, name: string): ProbeAnswer | undefined {
  return IDENTIFIER.test(text) ? { score: SURE, reason: `${name} says ParticleField` } : undefined;
}

/** Whatever the .set file says: no other set has these files. */
async function byFiles(folder: Folder, inner: string): Promise<ProbeAnswer> {
  if (await hasFiles(folder, inner)) return { score: SURE, reason: 'the folder holds the files of a particle set' };
  return { score: 0, reason: 'no particle set' };
}

async function headOf(folder: Folder, name: string): Promise<string> {
  await using source = await folder.open(name);
  return new TextDecoder().decode(await source.read(0, Math.min(TEXT_BYTES, source.size)));
}

async function hasFiles(folder: Folder, inner: string): Promise<boolean> {
  for (const name of [FILES.info, snapshotsFile(0), FILES.tracks]) {
    if ((await folder.stat(inner === '' ? name : `${inner}/${name}`))?.kind !== 'file') return false;
  }
  return true;
}

function lastPart(path: string): string {
  return (
    path
      .split(/[\\/]/)
      .filter((part) => part !== '')
      .at(-1) ?? ''
  );
}

/** Kind and number of steps, from info.bin; a folder is told with its text. */
async function describeParticles({ entry, folder }: Candidate): Promise<EntryContent | undefined> {
  if (entry.kind === 'folder' || !isSetText(entry.name)) return undefined;
  const content = 'particles';
  try {
    await using source = await folder.open(`${entry.name.slice(0, entry.name.lastIndexOf('.'))}/${FILES.info}`);
    const bytes = await source.read(0, INFO.scalars[0]);
    const head = new DataView(bytes.buffer, bytes.byteOffset);
    const steps = head.getUint32(head.getUint32(0, true) === INFO_VERSION ? INFO.blocks[0] : OLD_INFO.snapshots[0], true);
    return { detail: `Particles, ${String(steps).replace(/\B(?=(\d{3})+$)/g, ',')} step${steps === 1 ? '' : 's'}`, content };
  } catch {
    return { detail: 'Particles', content };
  }
}

async function open({ folder, entry, options, signal }: OpenInput): Promise<Opened<Dataset>> {
  const place = await findParticles(folder, entry);
  const { title, warnings } = await readText(place, { signal });
  return { dataset: await openBinned(await openParticles(place, title, warnings, { signal }), options) };
}

/** Only the title is of use; that the set holds particles is told by its files, too. */
async function readText(
  { openText, name, textPath }: ParticlePlace,
  options: ReadOptions,
): Promise<{ readonly title: string; readonly warnings: readonly Warning[] }> {
  if (!openText)
    return {
      title: name,
      warnings: [{ code: 'missing-companion', message: `There is no ${name}.set beside the folder ${textPath}.`, path: textPath }],
    };
  try {
    await using source = await openText(options);
    const text = parseSetText(await source.read(0, Math.min(MAX_TEXT_BYTES, source.size), options));
    const identifier = textEntry(text, 'SetIdentifier');
    const odd =
      identifier === 'ParticleField'
        ? []
        : [{ code: 'set-identifier', message: `${textPath} says '${identifier}', its folder holds particles.`, path: textPath }];
    return { title: textEntry(text, 'SetTitle') || name, warnings: odd };
  } catch (error) {
    if (!isDataError(error, 'not-found', 'access-denied')) throw error;
    return { title: name, warnings: [{ code: error.code, message: error.message, path: textPath }] };
  }
}
