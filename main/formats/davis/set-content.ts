import type { BufferFacts, FrameBuffer, ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';

/** The buffers of a set, whether they are files of their own or frames of streams. */
export interface SetContent {
  /** Size of the navigation: the highest number. */
  readonly count: number;
  /** Buffers that are there. */
  readonly present: number;
  /** Half-open ranges of 0-based indices without data. */
  readonly missing: readonly (readonly [from: number, to: number])[];
  readonly warnings: readonly Warning[];
  /** Size and time of each buffer's file, to tell which ones were written again. */
  readonly versions: ReadonlyMap<number, string>;
  /** `index` is below `count`. */
  buffer(index: number, options?: ReadOptions): Promise<FrameBuffer>;
  facts(index: number, options?: ReadOptions): Promise<BufferFacts>;
  /** True where a buffer can be read whole now, and not only in part because it is still written. */
  isComplete(index: number, options?: ReadOptions): Promise<boolean>;
}

/** What the buffers of a set are told about it. */
export interface SetFacts {
  readonly folderPath: string;
  readonly typeId: string;
}

/** Attributes that tell where a buffer was loaded from, as lvpyio sets them. */
export function loadAttributes(facts: SetFacts, file: string, index: number): Readonly<Record<string, string>> {
  return { LoadFile: file, LoadSet: facts.folderPath, LoadSetIndex: String(index + 1), LoadSetType: facts.typeId };
}
