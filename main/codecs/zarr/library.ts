import type { Array as ZarritaArray, AsyncReadable, DataType } from 'zarrita';
import { sampleBytes } from '../../../shared/model/dtype.ts';
import { gunzip } from '../gzip.ts';
import { inflate } from '../inflate.ts';
import { parseSampleType } from '../sample-type.ts';

/** zarrita, loaded when it is first needed. */
export interface ZarrLibrary {
  open(store: AsyncReadable, version: 2 | 3): Promise<ZarritaArray<DataType, AsyncReadable>>;
}

let loading: Promise<ZarrLibrary> | undefined;

export function zarrLibrary(): Promise<ZarrLibrary> {
  loading ??= loadLibrary();
  return loading;
}

/** What zarrita tells a codec about the chunks. */
interface ChunkMeta {
  readonly dataType: string;
  readonly shape: readonly number[];
}

/** zarrita's own inflating codecs need streams of the browser that Node 16 does not have, and no limit holds for them. */
async function loadLibrary(): Promise<ZarrLibrary> {
  const { open, registry } = await import('zarrita');
  const where = { path: 'chunk', offset: 0 };
  const gzip = codec((bytes, expected) => gunzip(bytes, expected + SLACK_BYTES, where));
  const zlib = codec((bytes, expected) => inflate(bytes, expected, where));
  for (const name of ['gzip', 'numcodecs.gzip']) registry.set(name, () => gzip as never);
  for (const name of ['zlib', 'numcodecs.zlib']) registry.set(name, () => zlib as never);
  return { open: (store, version) => (version === 2 ? open.v2(store, { kind: 'array' }) : open.v3(store, { kind: 'array' })) };
}

/** Room for the checksums of inner codecs. */
const SLACK_BYTES = 64;

function codec(decode: (bytes: Uint8Array, expected: number) => Uint8Array): object {
  return {
    fromConfig: (_configuration: unknown, { dataType, shape }: ChunkMeta) => {
      const type = parseSampleType(dataType);
      const expected = shape.reduce((product, size) => product * size, type ? sampleBytes(type.dtype) : 8);
      return {
        kind: 'bytes_to_bytes',
        encode: () => {
          throw new Error('nothing is written through zarrita');
        },
        decode: (bytes: Uint8Array) => decode(bytes, expected),
      };
    },
  };
}
