import type { Dataset, FrameDataset, ReadOptions } from '../../shared/model/dataset.ts';
import type { OptionSpec, OptionValues } from '../../shared/model/option.ts';
import type { ByteSource, Folder, FolderEntry } from '../sources/byte-source.ts';

/** What a probe sees: a place in a folder, its size and siblings, and bounded reads (64 KiB in all over all formats' reads). */
export interface Candidate {
  /** Folder that holds the entry, and the entry's name in it. */
  readonly folder: Folder;
  readonly entry: FolderEntry;
  /** Lower-case extension without the dot; '' where there is none. */
  readonly extension: string;
  /** The first bytes of the file (at most `length`, 4096 by default); empty for folders. Cached. */
  head(length?: number): Promise<Uint8Array>;
  /** Entries beside this one. Cached. */
  siblings(): Promise<readonly FolderEntry[]>;
}

/** 0 = not mine, 1 = certain; `reason` says why in a few words. */
export interface ProbeAnswer {
  readonly score: number;
  readonly reason: string;
}

/** An entry of a folder in a few words: 'Vectors, 40 buffers'. */
export interface EntryContent {
  readonly detail: string;
  readonly content?: 'images' | 'vectors' | 'particles';
}

export interface OpenInput extends ReadOptions {
  readonly folder: Folder;
  readonly entry: FolderEntry;
  readonly options: OptionValues;
}

/** What opening a path gave: the dataset, the buffer to start at, and the path of the single file where a set was opened instead of it. */
export interface Opened<D extends Dataset = FrameDataset> {
  readonly dataset: D;
  readonly at?: number;
  readonly single?: string;
}

/** A format reader, of frames where nothing else is said. Adding one is one file or folder here and one line in the registry. */
export interface Format<D extends Dataset = FrameDataset> {
  readonly id: string;
  readonly label: string;
  /** Lower case, without dots. */
  readonly extensions: readonly string[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Never throws for foreign files; bounded reads only. */
  probe(candidate: Candidate): Promise<ProbeAnswer>;
  /** What an entry that it recognises holds, found out as cheaply as a probe; undefined where that cannot be told. */
  describe?(candidate: Candidate): Promise<EntryContent | undefined>;
  /** Opens without reading a buffer. Throws DataError. */
  open(input: OpenInput): Promise<Opened<D>>;
}

export type { ByteSource, Folder, FolderEntry };
