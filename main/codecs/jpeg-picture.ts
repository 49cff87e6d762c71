import { decode } from 'jpeg-js';
import { DataError } from '../../shared/model/data-error.ts';
import { Cursor } from './cursor.ts';
import { checkPictureSize, decodeError, type Picture } from './picture.ts';

/*
 * JPEG (ITU-T T.81, big endian): 0xffd8, then segments of 0xff, u8 kind, u16 length of itself and what follows. Start of frame: u8 bits per
 * sample, u16 height, u16 width, u8 channels, then per channel u8 name and two bytes more. Adobe's APP14: 'Adobe', 6 bytes, u8 transform.
 */
const START_OF_IMAGE = 0xd8;
const START_OF_SCAN = 0xda;
const ADOBE = 0xee;
const HUFFMAN_TABLES = 0xc4;
const EXTENSION = 0xc8;
const ARITHMETIC = 0xcc;
/** Baseline, extended and progressive, all with Huffman codes. */
const DECODED: readonly number[] = [0xc0, 0xc1, 0xc2];

/** Every block of 8 x 8 pixels needs one bit at least. */
const MAX_PIXELS_PER_BYTE = 512;
/** Each scan of a progressive picture goes over all blocks; no encoder makes more than a dozen. */
const MAX_SCANS = 100;
/** What the decoder holds: coefficients (4 bytes), lines and two pictures, and some room for tables and padding. */
const BYTES_PER_SAMPLE = 8;
const ROOM_MEGABYTES = 16;

interface JpegHeader {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** False where the channels are red, green and blue themselves. */
  readonly isLuma: boolean;
}

/** Decodes a JPEG of 8 bits, grey or in colours. Its orientation tag is not followed: rows are as stored. */
export function decodeJpeg(bytes: Uint8Array, path: string): Picture {
  const { width, height, channels, isLuma } = readHeader(bytes, path);
  checkScans(bytes, path);
  const samples = width * height * channels;
  try {
    const { data, comments } = decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      colorTransform: isLuma,
      maxResolutionInMP: (width * height) / 1e6,
      maxMemoryUsageInMB: ROOM_MEGABYTES + (BYTES_PER_SAMPLE * samples * 3) / (channels * 2 ** 20) + (BYTES_PER_SAMPLE * samples) / 2 ** 20,
    });
    const text: Readonly<Record<string, string>> = comments?.length ? { Comment: comments.join('\n') } : {};
    const isGrey = channels === 1;
    return { width, height, channels, isTransparent: false, text, data: isGrey ? everyThird(data) : data };
  } catch (cause) {
    throw decodeError('JPEG', path, cause);
  }
}

/** The segments up to the start of the frame, or to the first scan. */
function readHeader(bytes: Uint8Array, path: string): JpegHeader {
  const cursor = new Cursor(bytes, { path, offset: 0 }, 'big');
  if (cursor.u8() !== 0xff || cursor.u8() !== START_OF_IMAGE)
    throw new DataError('malformed', 'The file does not begin with the signature of JPEG.', { path, offset: 0, field: 'signature' });
  let frame: (Omit<JpegHeader, 'isLuma'> & { readonly names: string }) | undefined;
  let transform: number | undefined;
  for (;;) {
    const { offset } = cursor;
    if (cursor.u8() !== 0xff) throw new DataError('malformed', `There is no JPEG marker at offset ${offset}.`, { path, offset });
    let kind = cursor.u8();
    while (kind === 0xff) kind = cursor.u8();
    if (kind === START_OF_SCAN) break;
    const segment = new Cursor(cursor.take(Math.max(0, cursor.u16() - 2)), { path, offset: cursor.offset }, 'big');
    if (kind === ADOBE && segment.remaining >= 12 && segment.latin1(5) === 'Adobe') transform = segment.bytes[11];
    if (kind < 0xc0 || kind > 0xcf || kind === HUFFMAN_TABLES || kind === EXTENSION || kind === ARITHMETIC) continue;
    if (frame) throw new DataError('malformed', 'The JPEG has a second frame header.', { path, offset });
    frame = readFrame(segment, kind);
  }
  if (!frame) throw new DataError('malformed', 'The JPEG has no frame header before its first scan.', { path });
  checkPictureSize(frame.width, frame.height, { path, offset: 0 }, MAX_PIXELS_PER_BYTE * bytes.length);
  const isLuma = transform === undefined ? frame.names !== 'RGB' : transform !== 0;
  return { width: frame.width, height: frame.height, channels: frame.channels, isLuma };
}

function readFrame(segment: Cursor, kind: number): Omit<JpegHeader, 'isLuma'> & { readonly names: string } {
  const { place } = segment;
  if (!DECODED.includes(kind))
    throw new DataError(
      'unsupported',
      `JPEG of kind 0x${kind.toString(16)} (lossless, hierarchical or arithmetic) is not supported.`,
      place,
    );
  const [bits, height, width, channels] = [segment.u8(), segment.u16(), segment.u16(), segment.u8()];
  if (bits !== 8 || (channels !== 1 && channels !== 3))
    throw new DataError('unsupported', `JPEG with ${channels} channels of ${bits} bits is not supported; 1 or 3 of 8 bits are.`, place);
  let names = '';
  for (let i = 0; i < channels; i++) names += segment.latin1(3).charAt(0);
  if (new Set(names).size !== channels) throw new DataError('malformed', 'Two channels of the JPEG have the same name.', place);
  return { width, height, channels, names };
}

function checkScans(bytes: Uint8Array, path: string): void {
  let scans = 0;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) if (bytes[at + 1] === START_OF_SCAN) scans++;
  if (scans > MAX_SCANS) throw new DataError('too-large', `The JPEG has ${scans} scans; the limit is ${MAX_SCANS}.`, { path });
}

/** Grey comes as three equal channels. */
function everyThird(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length / 3);
  for (let i = 0; i < out.length; i++) out[i] = data[3 * i] as number;
  return out;
}
