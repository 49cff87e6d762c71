import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ValueMode } from '../../shared/contract/planes.ts';
import type { ErrorCode } from '../../shared/model/data-error.ts';
import type { Scale } from '../../shared/model/scale.ts';

/*
 * fixtures/<format>/expected.json is a list of cases, made by the script beside it with the format's reference reader:
 * - `path` relative to the folder, `format` the id that must recognise it, `open` the reader options.
 * - `info`: facts of the dataset; only what is written there is compared.
 * - `arrays`: planes. sha256 is that of the little-endian C-ordered bytes; of masked ones with 0 at masked samples, beside the hash of the
 *   mask (u1, 1 = masked). `npy` is a file with the same bytes at its end.
 * - `code` and `message` (a part of it) instead of both: opening fails so. `errors`: failures of single buffers of a dataset that opens.
 * - `limits`: most bytes read by opening, and by opening the first buffer after that.
 */
export interface FixtureCase {
  readonly path: string;
  readonly format: string;
  readonly open: Readonly<Record<string, unknown>>;
  readonly info?: ExpectedInfo;
  readonly arrays?: readonly ExpectedArray[];
  readonly code?: ErrorCode;
  readonly message?: string;
  readonly errors?: readonly { readonly index: readonly number[]; readonly code: ErrorCode; readonly message: string }[];
  readonly limits?: { readonly open: number; readonly buffer: number };
}

/** A particle set; `arrays` as the script beside it says. */
export interface ParticleCase {
  readonly info: {
    readonly length: number;
    readonly repr?: string;
    readonly type_id?: string;
    readonly pulses_per_block?: number;
    readonly track_count?: number;
    readonly bounds?: readonly (readonly number[])[];
    readonly scales?: Readonly<Record<'x' | 'y' | 'z' | 'i', Scale>>;
    readonly scalar_scales?: Readonly<Record<string, Scale>>;
    readonly attributes?: ExpectedAttributes;
    readonly block_attributes?: readonly { readonly index: number; readonly attributes: ExpectedAttributes }[];
    readonly times?: readonly (number | readonly number[])[];
    readonly warnings?: readonly string[];
  };
  readonly arrays?: readonly ParticleArray[];
  readonly errors?: FixtureCase['errors'];
  /** Tracks that cannot be read. */
  readonly track_errors?: readonly { readonly index: number; readonly code: ErrorCode; readonly message: string }[];
}

export interface ParticleArray {
  readonly what: 'snapshot' | 'all-snapshots' | 'times' | 'tracks' | 'track';
  readonly component: string;
  readonly index?: readonly number[];
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly sha256?: string;
  readonly npy?: string;
  readonly start?: number | readonly number[];
  readonly length?: number;
  readonly values?: readonly (readonly number[])[];
}

export interface ExpectedArray {
  readonly index: readonly number[];
  readonly frame: number;
  readonly component: string;
  readonly plane: number;
  readonly mode: ValueMode;
  readonly shape: readonly number[];
  /** NumPy text of the type: '<u2', '|u1'. */
  readonly dtype: string;
  readonly sha256: string;
  readonly masked_count?: number;
  readonly mask_sha256?: string;
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  readonly npy?: string;
}

type ExpectedAttributes = Readonly<
  Record<string, string | { readonly dtype: string; readonly shape: readonly number[]; readonly values: readonly number[] }>
>;

export interface ExpectedFrame {
  readonly type: 'ImageFrame' | 'VectorFrame';
  readonly shape: readonly number[];
  readonly planes: number;
  readonly scales: Readonly<Record<'x' | 'y' | 'z' | 'i', Scale>>;
  readonly attributes: ExpectedAttributes;
  readonly grid?: readonly number[];
  readonly choices?: number;
  readonly is_3c?: boolean;
  readonly components: Readonly<Record<string, { readonly scale: Scale; readonly dtype: string; readonly planes: number }>>;
}

export interface ExpectedBuffer {
  readonly attributes: ExpectedAttributes;
  readonly frames: readonly ExpectedFrame[];
}

export interface ExpectedInfo {
  readonly kind: 'set' | 'buffer' | 'image-stack';
  readonly title?: string;
  readonly type_id?: string;
  readonly is_multiset?: boolean;
  readonly length?: number;
  readonly repr?: string;
  readonly buffer?: ExpectedBuffer;
  /** null for a buffer that cannot be read; `errors` says why. */
  readonly buffers?: readonly (ExpectedBuffer | null)[];
  readonly nav_shape?: readonly number[];
  readonly sig_shape?: readonly number[];
  readonly dtype?: string;
  readonly image_count?: number;
  readonly sync_offset_info?: {
    readonly frames_skipped_start: number;
    readonly frames_ignored_end: number;
    readonly frames_inserted_start: number;
    readonly frames_inserted_end: number;
  };
  readonly diagnostics?: readonly { readonly name: string; readonly value: string | number }[];
  /** Codes of the warnings. */
  readonly warnings?: readonly string[];
}

const ROOT = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'fixtures');

/** Every format's folder with its cases. */
export function fixtureFolders(): readonly { readonly folder: string; readonly name: string; readonly cases: readonly FixtureCase[] }[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({
      folder: join(ROOT, name),
      name,
      cases: JSON.parse(readFileSync(join(ROOT, name, 'expected.json'), 'utf8')) as FixtureCase[],
    }));
}
