import type { ListedEntry } from '../../shared/contract/listing.ts';
import type { Transport } from '../../shared/contract/methods.ts';
import type { DatasetId, OpenedDataset } from '../../shared/contract/opened.ts';
import { isDataError, toErrorRecord } from '../../shared/model/data-error.ts';
import { connection } from '../client/connection.ts';
import { desktop } from '../client/desktop.ts';
import { examplePath } from '../client/start.ts';
import { text } from '../strings/en.ts';
import { datasetDetail } from './dataset-detail.ts';
import { useDatasets } from './dataset-store.ts';
import { listFolder } from './folder-effects.ts';
import { findOpened } from './find-opened.ts';
import { decideOpen } from './open-decision.ts';
import { firstParticleState } from './particle-display.ts';
import { fileName, isWithin, type Origin, useProject } from './project-store.ts';
import { recent, useRecent } from './recent-store.ts';
import { toast } from './toast-store.ts';
import { useUi } from './ui-store.ts';
import { useViews } from './view-store.ts';

interface OpenHow {
  /** Show the dialog with all readers, whatever they say. */
  readonly ask?: boolean;
  /** A member of the file at the path: its reader, and the options that choose it. */
  readonly member?: { readonly format: string; readonly options: Readonly<Record<string, unknown>> };
}

/** Opens files and folders one after the other; each failure is told and does not stop the others. */
export async function openPaths(paths: readonly string[]): Promise<void> {
  for (const path of paths) await openPath(path);
}

const underWay = new Map<string, Promise<void>>();

/**
 * Opens a path as what it is: a dataset in a view, a folder as a tree, or the question which reader to take. Asked for again while it is
 * opening (a double click), it is opened once.
 */
export function openPath(path: string, how: OpenHow = {}): Promise<void> {
  const key = how.member ? `${path}\n${JSON.stringify(how.member)}` : path;
  const opening = underWay.get(key) ?? openOnce(path, how).finally(() => underWay.delete(key));
  underWay.set(key, opening);
  return opening;
}

async function openOnce(path: string, { ask = false, member }: OpenHow): Promise<void> {
  if (!ask && showOpened(path, member?.options)) return;
  const ui = useUi.getState();
  ui.patch({ opening: [...ui.opening, path] });
  try {
    await (member ? openAs(path, member.format, member.options) : openUnknown(await connection(), path, ask));
    useRecent.getState().markMissing(path, false);
  } catch (error) {
    if (isDataError(error, 'not-found')) useRecent.getState().markMissing(path, true);
    const record = toErrorRecord(error);
    useProject.getState().setFailure(path, record);
    useUi.getState().show({ kind: 'error', title: text.errors.cannotOpen(fileName(path)), error: record, path });
  } finally {
    useUi.getState().patch({ opening: useUi.getState().opening.filter((other) => other !== path) });
  }
}

/** Opens with a named reader and its options; throws what is wrong with them, so that the dialog can say it. */
export async function openAs(path: string, format: string, options: Readonly<Record<string, unknown>>): Promise<void> {
  const how = { format, options };
  addDataset(await openWith(await connection(), path, how), { path, ...how });
}

/** Shows the view of a dataset that is open already; false where it is not. */
export function showOpened(path: string, options?: Origin['options']): boolean {
  const dataset = findOpened(path, options);
  return dataset !== undefined && showDataset(dataset.id);
}

/** Shows the view of an open dataset; false where it has none. */
export function showDataset(id: DatasetId): boolean {
  const view = Object.values(useViews.getState().views).find(({ dataset }) => dataset === id);
  if (!view) return false;
  useViews.getState().activate(view.id);
  return true;
}

async function openUnknown(transport: Transport, path: string, ask: boolean): Promise<void> {
  const { candidates } = (await transport.call('probe', { path })).meta;
  const decision = decideOpen(candidates);
  if (!ask && decision === 'open') return addDataset(await openWith(transport, path, {}), { path });
  const listing = ask ? undefined : await transport.call('list', { path }).catch(() => undefined);
  if (listing && decision === 'unknown') return openFolder(listing.meta.path, listing.meta.entries);
  const reason = ask ? undefined : decision === 'ask' ? text.openAs.unsure : text.openAs.unknown;
  useUi.getState().show({ kind: 'open-as', path, candidates, ...(reason === undefined ? {} : { reason }) });
}

/** The tree shows the folder; its first dataset is opened where nothing is on the screen yet. */
async function openFolder(path: string, entries: readonly ListedEntry[]): Promise<void> {
  const project = useProject.getState();
  project.addRoot({ path, name: fileName(path), kind: 'folder' });
  project.setListing(path, { state: 'ready', entries });
  project.setExpanded([...new Set([...project.expanded, path])]);
  await recent.add({ path, title: fileName(path), detail: text.tree.folder });
  if (Object.keys(useViews.getState().views).length > 0) return;
  const first = entries.find(({ kind }) => kind === 'dataset');
  if (first) return openPath(first.path);
  const folders = entries.filter(({ kind }) => kind === 'folder');
  if (folders.length !== 1 || !folders[0]) return;
  project.setExpanded([...new Set([...useProject.getState().expanded, folders[0].path])]);
  await listFolder(folders[0].path);
}

async function openWith(transport: Transport, path: string, { format, options }: Origin): Promise<OpenedDataset> {
  return (await transport.call('open', { path, ...(format ? { format } : {}), ...(options ? { options } : {}) })).meta;
}

let viewsMade = 0;

/** A view for a dataset that the host just opened, and its place in the tree and in the recent list. */
export function addDataset(dataset: OpenedDataset, origin: Origin): void {
  const project = useProject.getState();
  const { info } = dataset;
  useDatasets.getState().add(dataset);
  project.setOrigin(dataset.id, origin);
  if (origin.path) project.setFailure(origin.path, undefined);
  const isMember = Object.values(useDatasets.getState().opened).some(
    (other) => other.id !== dataset.id && other.info.children.some(({ path }) => path === info.path),
  );
  if (!isMember && !project.roots.some((root) => root.kind === 'folder' && isWithin(info.path, root.path))) {
    project.addRoot({ path: info.path, name: info.title || fileName(info.path), kind: 'dataset' });
  }
  if (info.children.length > 0) project.setExpanded([...new Set([...useProject.getState().expanded, info.path])]);
  viewsMade += 1;
  useViews.getState().add({
    id: `view-${viewsMade}`,
    dataset: dataset.id,
    place: { buffer: dataset.at ?? 0, frame: 0, plane: 0 },
    zoom: { mode: 'fit' },
    bufferWarnings: [],
    ...(info.kind === 'particles' ? { particles: firstParticleState(info) } : {}),
  });
  if (origin.path)
    void recent.add({
      path: origin.path,
      title: info.title || fileName(origin.path),
      detail: listedDetail(info.path) ?? datasetDetail(info),
    });
}

/** What the folder's listing says of a dataset, where it was listed. */
function listedDetail(path: string): string | undefined {
  for (const listing of Object.values(useProject.getState().listings)) {
    const found =
      listing.state === 'ready' ? listing.entries.find((entry) => entry.path === path && entry.content !== undefined) : undefined;
    if (found) return found.detail;
  }
  return undefined;
}

export async function openFilesDialog(kind: 'files' | 'folder'): Promise<void> {
  if (!desktop) return useUi.getState().show({ kind: 'browse', choose: kind });
  await openPaths(await desktop.openDialog(kind));
}

export async function openExample(): Promise<void> {
  const path = await examplePath();
  if (path === undefined) toast(text.welcome.noExample, 'warn');
  else await openPath(path);
}
