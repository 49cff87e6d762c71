import type { ReadOptions } from '../../shared/model/dataset.ts';

/** Random access to the bytes of one file. Nothing is read before `read`. */
export interface ByteSource extends AsyncDisposable {
  /** Shown in errors: the path as the user knows it. */
  readonly name: string;
  readonly size: number;
  /** Present where the bytes are a local file that a library may open itself. */
  readonly localPath?: string;
  /** In place of `localPath` where the bytes lie elsewhere: a temporary copy, which goes with the source unless it is still open. */
  localFile?(): Promise<string>;
  /** Exactly `length` bytes from `offset`, in a fresh array of exact size; `truncated` where the file is shorter. */
  read(offset: number, length: number, options?: ReadOptions): Promise<Uint8Array>;
  /** The same into an array that is there; only where that saves a copy. */
  readInto?(bytes: Uint8Array, offset: number, options?: ReadOptions): Promise<void>;
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  /** Bytes; 0 for folders. */
  readonly size: number;
  /** When the content of a file was changed last, in milliseconds since 1970, where that is known. */
  readonly modified?: number;
  /** A link to a folder that this one lies in, also by the way it was reached: going down there never ends. */
  readonly loops?: true;
}

/**
 * A folder whose files can be listed and opened. Relative paths use '/'; `..` is followed as far as the root reaches, which the host sets
 * one folder above a candidate's folder, so that a member finds its set ('../NAME.set'). Nothing outside of the root is ever told or opened.
 */
export interface Folder {
  readonly path: string;
  /** Entries in natural name order. `relative` defaults to the folder itself. */
  list(relative?: string, options?: ReadOptions): Promise<readonly FolderEntry[]>;
  /** Names of the entries in no order, without a look at each of them: quick also where there are many. */
  names(relative?: string): Promise<readonly string[]>;
  /** `not-found`, `access-denied`, or `access-denied` for a path outside of the root. */
  open(relative: string, options?: ReadOptions): Promise<ByteSource>;
  /** What the relative path is; undefined where nothing is there. */
  stat(relative: string, options?: ReadOptions): Promise<FolderEntry | undefined>;
  /** The full path of an entry, as shown to the user. */
  pathOf(relative: string): string;
}
