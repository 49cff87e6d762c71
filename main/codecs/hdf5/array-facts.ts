import type { Metadata } from 'h5wasm/node';
import type { Filter } from './filters.ts';
import type { Hdf5Library } from './library.ts';
import { sampleKind, type SampleKind } from './stored-type.ts';

/** A data set with its facts, which are read once. */
export interface Hdf5Array {
  readonly path: string;
  /** [] for a single value; null where the data space holds nothing at all. */
  readonly shape: readonly number[] | null;
  /** Samples of numbers, or what the data set holds instead. */
  readonly kind: SampleKind | string;
  readonly chunks: readonly number[] | null;
  readonly filters: readonly Filter[];
  /** Files that a virtual data set takes its samples from. */
  readonly sources: readonly string[];
}

/** The facts of the data set at a path of an open file. */
export function arrayFacts({ calls }: Hdf5Library, id: bigint, path: string): Hdf5Array {
  const metadata: Metadata = calls.get_dataset_metadata(id, path);
  const filters = calls.get_dataset_filters(id, path).map((filter) => ({ id: filter.id, name: filter.name, parameters: filter.cd_values }));
  return {
    path,
    shape: metadata.shape,
    kind: sampleKind(metadata),
    chunks: metadata.chunks,
    filters,
    sources: (metadata.virtual_sources ?? []).map(({ file_name: source }) => source),
  };
}
