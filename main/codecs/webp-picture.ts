import webpDecoder from '@jsquash/webp/codec/dec/webp_dec.js';
import decoderWasm from '@jsquash/webp/codec/dec/webp_dec.wasm?url&inline';
import { DataError } from '../../shared/model/data-error.ts';
import { Cursor } from './cursor.ts';
import { checkPictureSize, decodeError, type Picture } from './picture.ts';

/*
 * WebP (RIFF container, little endian): 0 'RIFF', 4 u32 bytes that follow, 8 'WEBP', 12 kind of the first chunk, 16 u32 its length, then
 *   'VP8 '  3 bytes, 9d 01 2a, u16 width, u16 height (14 bits each)
 *   'VP8L'  2f, 14 bits width - 1, 14 bits height - 1, 1 bit alpha
 *   'VP8X'  u8 flags (bit 1 animation, bit 4 alpha), 3 bytes, 24 bits width - 1, 24 bits height - 1
 */
const FOURTEEN_BITS = 0x3fff;
const FLAG = { animation: 0x02, alpha: 0x10 } as const;
/** An empty picture of any size needs a few bytes only: nothing but the limit of all pictures bounds it. */
const UNBOUNDED = Number.POSITIVE_INFINITY;

interface WebpHeader {
  readonly width: number;
  readonly height: number;
  readonly isTransparent: boolean;
}

let compiled: WebAssembly.Module | undefined;

/** Decodes a WebP, lossy or lossless, as RGB and alpha. */
export async function decodeWebp(bytes: Uint8Array, path: string): Promise<Picture> {
  const { width, height, isTransparent } = readHeader(bytes, path);
  try {
    const decoder = await startDecoder();
    const image = decoder.decode(bytes.slice());
    if (image?.width !== width || image.height !== height) throw new Error('its data are damaged or end too early');
    const data = new Uint8Array(image.data.buffer, image.data.byteOffset, image.data.byteLength);
    return { width, height, channels: 4, isTransparent, text: {}, data };
  } catch (cause) {
    throw decodeError('WebP', path, cause);
  }
}

/** A decoder of its own for every picture: the memory of one never shrinks, and one that failed may be damaged. */
function startDecoder(): ReturnType<typeof webpDecoder> {
  compiled ??= new WebAssembly.Module(bytesOfUrl(decoderWasm));
  const code = compiled;
  const options = {
    noInitialRun: true,
    printErr: () => undefined,
    locateFile: (name: string) => name,
    instantiateWasm: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => {
      const instance = new WebAssembly.Instance(code, imports);
      done(instance);
      return instance.exports;
    },
  };
  return webpDecoder(options as unknown as Parameters<typeof webpDecoder>[0]);
}

/** The build puts the decoder into its chunk as a data URL: there is no file to find beside it. */
function bytesOfUrl(url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (character) => character.charCodeAt(0));
}

function readHeader(bytes: Uint8Array, path: string): WebpHeader {
  const place = { path, offset: 0 };
  const cursor = new Cursor(bytes, place);
  const riff = cursor.latin1(4);
  const length = cursor.u32();
  if (riff !== 'RIFF' || cursor.latin1(4) !== 'WEBP')
    throw new DataError('malformed', 'The file does not begin with the signature of WebP.', { ...place, field: 'signature' });
  if (length + 8 > bytes.length)
    throw new DataError('truncated', `The WebP has ${bytes.length} bytes, its header promises ${length + 8}.`, { ...place, offset: 4 });
  const header = readFirstChunk(cursor, path);
  checkPictureSize(header.width, header.height, { path, offset: 20 }, UNBOUNDED);
  return header;
}

function readFirstChunk(cursor: Cursor, path: string): WebpHeader {
  const { offset } = cursor;
  const kind = cursor.latin1(4);
  cursor.u32();
  if (kind === 'VP8 ') {
    cursor.take(6);
    return { width: cursor.u16() & FOURTEEN_BITS, height: cursor.u16() & FOURTEEN_BITS, isTransparent: false };
  }
  if (kind === 'VP8L') {
    cursor.take(1);
    const bits = cursor.u32();
    return { width: (bits & FOURTEEN_BITS) + 1, height: ((bits >>> 14) & FOURTEEN_BITS) + 1, isTransparent: ((bits >>> 28) & 1) === 1 };
  }
  if (kind !== 'VP8X') throw new DataError('malformed', `The WebP begins with a chunk '${kind}'.`, { path, offset });
  const flags = cursor.u8();
  if (flags & FLAG.animation)
    throw new DataError('unsupported', 'Animated WebP is not supported.', { path, offset, hint: 'Export its images as PNG files.' });
  cursor.take(3);
  const size = (): number => cursor.u16() + 0x10000 * cursor.u8() + 1;
  return { width: size(), height: size(), isTransparent: (flags & FLAG.alpha) !== 0 };
}
