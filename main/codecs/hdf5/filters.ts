import { DataError } from '../../../shared/model/data-error.ts';

/** A filter of a data set's pipeline with its parameters. */
export interface Filter {
  readonly id: number;
  readonly name: string;
  readonly parameters: readonly number[];
}

/** What the library decodes by itself. */
const BUILT_IN: Readonly<Record<number, string>> = { 1: 'gzip', 2: 'shuffle', 3: 'fletcher32', 4: 'szip', 5: 'nbit', 6: 'scaleoffset' };
/** What it decodes with the plugins that come with the program. */
const BY_PLUGIN: Readonly<Record<number, string>> = {
  307: 'bzip2',
  32000: 'lzf',
  32001: 'blosc',
  32004: 'lz4',
  32008: 'bitshuffle',
  32013: 'zfp',
  32015: 'zstd',
  32026: 'blosc2',
};
/** Known by name only. */
const FOREIGN: Readonly<Record<number, string>> = { 32017: 'sz', 32018: 'fcidecomp', 32024: 'sz3', 32028: 'sperr' };

const BLOSC = [32001, 32026];
/** The inner codec of blosc is the 7th parameter; these two are not in the plugins. */
const BLOSC_CODECS: Readonly<Record<number, string>> = { 3: 'snappy', 4: 'zlib' };
const BLOSC_CODEC_AT = 6;

/** `unsupported` for a pipeline that the library would answer with garbage or not at all. */
export function checkFilters(
  filters: readonly Filter[],
  hasPlugins: boolean,
  place: { readonly path: string; readonly field: string },
): void {
  for (const { id, name, parameters } of filters) {
    const inner = BLOSC.includes(id) ? BLOSC_CODECS[parameters[BLOSC_CODEC_AT] ?? 0] : undefined;
    if (BUILT_IN[id] || (BY_PLUGIN[id] && hasPlugins && !inner)) continue;
    const known = BUILT_IN[id] ?? BY_PLUGIN[id] ?? FOREIGN[id] ?? (printable(name) || 'unknown');
    throw new DataError(
      'unsupported',
      `The compression filter ${inner ? `${known} with ${inner}` : known} (${id}) of ${place.field} is not supported.`,
      {
        ...place,
        hint: 'Write the data set again with gzip, for example by h5repack -f GZIP=4.',
      },
    );
  }
}

/** 'gzip (level 4), shuffle'; '' for none. */
export function filterText(filters: readonly Filter[]): string {
  return filters.map(({ id, name }) => BUILT_IN[id] ?? BY_PLUGIN[id] ?? FOREIGN[id] ?? `${printable(name)} (${id})`).join(', ');
}

function printable(name: string): string {
  return name.replace(/[^\x20-\x7e]/g, '').slice(0, 60);
}
