import type { OptionSpec } from '../model/option.ts';

export interface OptionDescription extends OptionSpec {
  readonly name: string;
}

export interface FormatDescription {
  readonly id: string;
  readonly label: string;
  readonly extensions: readonly string[];
  readonly options: readonly OptionDescription[];
}

export interface ProbeCandidate {
  readonly format: string;
  readonly label: string;
  readonly score: number;
  readonly reason: string;
}

/** Entry of a folder as the project tree shows it. A set (X.set with folder X) is one `dataset` entry. */
export interface ListedEntry {
  readonly name: string;
  readonly path: string;
  readonly kind: 'dataset' | 'folder' | 'file';
  /** Format id, for datasets. */
  readonly format?: string;
  /** Short line such as 'Vectors, 40 buffers'; only what is known without opening. */
  readonly detail?: string;
  readonly content?: 'images' | 'vectors' | 'particles';
  readonly size: number;
}

export interface FolderListing {
  readonly path: string;
  readonly parent?: string;
  readonly entries: readonly ListedEntry[];
  /** Entries of a huge folder that are not listed. */
  readonly leftOut?: number;
}
