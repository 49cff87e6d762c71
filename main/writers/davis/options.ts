import { DataError } from '../../../shared/model/data-error.ts';
import type { DType } from '../../../shared/model/dtype.ts';
import type { OptionSpec, OptionValues } from '../../../shared/model/option.ts';
import type { Effort } from '../deflate-effort.ts';
import { FIELDS_OPTION } from '../fields-option.ts';

const MAX_LEVEL = 9;

/** Sample types of DaVis images. */
export const IMAGE_TYPES = ['u2', 'i4', 'f4', 'f8'] as const satisfies readonly DType[];
export type ImageType = (typeof IMAGE_TYPES)[number];

/** How samples are stored: one zlib stream a section, or as they are. */
export interface Storage {
  readonly pack: 'zlib' | 'raw';
  /** 1 = fast to 9 = small; absent: what is quickest for the kind of samples. */
  readonly level?: Level;
}

type Level = Exclude<Effort, 'runs'>;

export const BUFFER_OPTIONS = {
  pack: { type: 'choice', label: 'Packing', help: 'zlib (default), or raw for the quickest reading.', choices: ['zlib', 'raw'] },
  level: {
    type: 'integer',
    label: 'Effort of zlib',
    help: '1 (fast) to 9 (small); the quickest for the kind of data where nothing is given.',
  },
  dtype: {
    type: 'choice',
    label: 'Sample type',
    help: 'Converts images to this type; whole-number types are rounded and clamped.',
    choices: IMAGE_TYPES,
  },
  layout: {
    type: 'choice',
    label: 'Layout of arrays',
    help: 'Meaning of the axes of an array: b buffer, f frame, z plane, h row, w column.',
    choices: ['bhw', 'bzhw', 'bfhw', 'bfzhw'],
  },
  ...FIELDS_OPTION,
} as const satisfies Readonly<Record<string, OptionSpec>>;

export function storageOf({ pack, level }: OptionValues): Storage {
  const storage: Storage = { pack: pack === 'raw' ? 'raw' : 'zlib' };
  if (level === undefined) return storage;
  if (typeof level === 'number' && level >= 1 && level <= MAX_LEVEL) return { ...storage, level: level as Level };
  throw new DataError('invalid-option', `level must be 1 to ${MAX_LEVEL}, got ${String(level)}.`, { field: 'level' });
}

export function imageTypeOf(options: OptionValues): ImageType | undefined {
  return IMAGE_TYPES.find((type) => type === options.dtype);
}
