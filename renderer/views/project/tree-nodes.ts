import type { ListedEntry } from '../../../shared/contract/listing.ts';
import type { DatasetId, OpenedDataset } from '../../../shared/contract/opened.ts';
import type { ChildRef } from '../../../shared/model/dataset.ts';
import type { ErrorRecord } from '../../../shared/model/data-error.ts';
import { datasetDetail, missingCount } from '../../stores/dataset-detail.ts';
import { isAt, sameOptions } from '../../stores/find-opened.ts';
import type { Listing, Origin, Root } from '../../stores/project-store.ts';
import { text } from '../../strings/en.ts';

export interface TreeNode {
  /** The path; for notes and for members of a file the path with a mark. */
  readonly key: string;
  readonly path: string;
  /** Reader options that choose a member of the file at the path. */
  readonly options?: NonNullable<ChildRef['options']>;
  readonly kind: 'folder' | 'dataset' | 'file' | 'note';
  readonly name: string;
  /** Second line of datasets. */
  readonly detail?: string;
  readonly format?: string;
  readonly root: boolean;
  readonly opened?: OpenedDataset;
  /** The open datasets that the row stands for: a set that is open in two ways (its grid, too) has one row. */
  readonly ids?: readonly DatasetId[];
  readonly content?: ListedEntry['content'];
  /** Warnings and missing buffers. */
  readonly notices: number;
  readonly failure?: ErrorRecord;
  readonly children?: readonly TreeNode[];
}

export interface TreeInput {
  readonly roots: readonly Root[];
  readonly listings: Readonly<Record<string, Listing>>;
  readonly opened: Readonly<Record<DatasetId, OpenedDataset>>;
  readonly origins: Readonly<Record<DatasetId, Origin>>;
  readonly failures: Readonly<Record<string, ErrorRecord>>;
  readonly filter: string;
  /** What each dataset on the screen holds, in words. */
  readonly kinds: Readonly<Record<DatasetId, string>>;
  /** Those of them that hold vectors. */
  readonly vectors: readonly DatasetId[];
}

/** Files that no reader knows are listed up to here, then counted. */
const MAX_FILES = 12;

/** The project as rows: folders with what they hold, datasets, what is being read or failed. */
export function projectNodes(input: TreeInput): TreeNode[] {
  const nodes = input.roots.map((root) =>
    root.kind === 'folder' ? folderNode(root.path, root.name, true, input) : datasetNode({ path: root.path, name: root.name }, true, input),
  );
  const words = input.filter.trim().toLowerCase();
  return words === '' ? nodes : nodes.flatMap((node) => filtered(node, words));
}

function folderNode(path: string, name: string, root: boolean, input: TreeInput): TreeNode {
  return { key: path, path, kind: 'folder', name, root, notices: 0, children: childNodes(path, input) };
}

function childNodes(path: string, input: TreeInput): TreeNode[] {
  const listing = input.listings[path];
  if (!listing || listing.state === 'loading') return [note(path, text.tree.reading)];
  if (listing.state === 'failed') return [{ ...note(path, listing.error.message), failure: listing.error }];
  const { entries } = listing;
  const files = entries.filter(({ kind }) => kind === 'file');
  const nodes = entries.flatMap((entry): TreeNode[] => {
    if (entry.kind === 'folder') return [folderNode(entry.path, entry.name, false, input)];
    return entry.kind === 'dataset' ? [datasetNode(entry, false, input)] : [];
  });
  const shownFiles =
    files.length <= MAX_FILES
      ? files.map((entry): TreeNode => ({ key: entry.path, path: entry.path, kind: 'file', name: entry.name, root: false, notices: 0 }))
      : [note(path, text.tree.files(files.length))];
  return entries.length === 0 ? [note(path, text.tree.empty)] : [...nodes, ...shownFiles];
}

type Entry = Pick<ListedEntry, 'path' | 'name' | 'detail' | 'content' | 'format'> & Pick<TreeNode, 'options'>;

/** The open datasets of a row. Members of a file lie at its path, too: they have rows of their own below it. */
function openedOf({ path, options }: Entry, { opened, origins }: TreeInput): readonly OpenedDataset[] {
  const there = Object.values(opened).filter((dataset) => isAt(path, dataset, origins));
  const chosenBy = (wanted: TreeNode['options']) => there.filter(({ id }) => sameOptions(origins[id]?.options, wanted));
  if (options) return chosenBy(options);
  const listing = there.find(({ info }) => info.children.length > 0);
  const members = new Set(membersOf(listing).flatMap((member) => (member.options ? chosenBy(member.options) : [])));
  return there.filter((dataset) => !members.has(dataset));
}

/** What an open dataset lists below it; a file that lists nothing but itself has no members. */
function membersOf(opened: OpenedDataset | undefined): readonly ChildRef[] {
  const { children = [], path } = opened?.info ?? {};
  return children.length === 1 && children[0]?.path === path ? [] : children.filter((child) => child.path !== path || child.options);
}

function datasetNode(entry: Entry, root: boolean, input: TreeInput): TreeNode {
  const all = openedOf(entry, input);
  const [opened] = all;
  // Until the first buffer is there the folder's listing knows more than the open dataset.
  const detail =
    opened && (input.kinds[opened.id] || entry.content === undefined) ? datasetDetail(opened.info, input.kinds[opened.id]) : entry.detail;
  const failure = input.failures[entry.path];
  const format = opened?.info.format ?? entry.format;
  const { path, options } = entry;
  const members = options ? [] : membersOf(opened);
  const content = contentOf(opened, input) ?? entry.content;
  return {
    key: options ? `${path}\n${JSON.stringify(options)}` : path,
    path,
    ...(options ? { options } : {}),
    kind: 'dataset',
    name: entry.name,
    root,
    notices: opened ? Math.max(missingCount(opened.info), opened.info.warnings.length) : 0,
    ...(content === undefined ? {} : { content }),
    ...(detail === undefined ? {} : { detail }),
    ...(format === undefined ? {} : { format }),
    ...(opened ? { opened, ids: all.map(({ id }) => id) } : {}),
    ...(failure && !opened ? { failure } : {}),
    ...(members.length > 0
      ? { children: members.map(({ title, ...member }) => datasetNode({ name: title, ...member }, false, input)) }
      : {}),
  };
}

/** What an open dataset holds; of frames that is known with the first buffer. */
function contentOf(opened: OpenedDataset | undefined, { kinds, vectors }: TreeInput): TreeNode['content'] {
  if (!opened) return undefined;
  if (opened.info.kind === 'particles') return 'particles';
  return kinds[opened.id] ? (vectors.includes(opened.id) ? 'vectors' : 'images') : undefined;
}

function note(path: string, name: string): TreeNode {
  return { key: `${path}\n`, path, kind: 'note', name, root: false, notices: 0 };
}

/** A node that matches with everything below it, or one that holds such a node; else none. */
function filtered(node: TreeNode, words: string): TreeNode[] {
  if (node.kind !== 'note' && node.name.toLowerCase().includes(words)) return [node];
  const children = node.children?.flatMap((child) => filtered(child, words)) ?? [];
  return children.length > 0 ? [{ ...node, children }] : [];
}

/** Folders to show open: those of the user, and while filtering all that hold a match. */
export function expandedKeys(nodes: readonly TreeNode[], expanded: readonly string[], filter: string): string[] {
  if (filter.trim() === '') return [...expanded];
  return nodes.flatMap((node) =>
    node.children && node.children.length > 0 && node.children.some(({ kind }) => kind !== 'note')
      ? [node.key, ...expandedKeys(node.children, expanded, filter)]
      : [],
  );
}
