import { DataError } from '../../shared/model/data-error.ts';
import { Cursor } from './cursor.ts';
import { decodeGifLzw, gifBound } from './gif-lzw.ts';
import { checkPictureSize, isGreyPalette, type Picture } from './picture.ts';

/*
 * GIF (GIF89a specification): 'GIF87a' or 'GIF89a', u16 width, u16 height, u8 flags (bit 7: a palette of 2^(bits 0-2 + 1) colours follows),
 * u8 background colour, u8 aspect; then blocks: 0x21 extension (u8 label, sub-blocks), 0x2c image, 0x3b end. A sub-block is u8 length, bytes; a
 * length of 0 ends them. Extension 0xf9: u8 4, u8 flags (bit 0: a colour is transparent, bits 2-4: what happens to the image afterwards),
 * u16 delay, u8 transparent colour. Image: u16 left, top, width, height, u8 flags (bit 7: palette as above, bit 6: interlaced), palette,
 * u8 bits of a code, sub-blocks of LZW.
 */
const EXTENSION = 0x21;
const CONTROL = 0xf9;
const IMAGE = 0x2c;
const END = 0x3b;
/** What happens to an image before the next one is drawn. */
const DISPOSAL = { background: 2, previous: 3 } as const;
/** First row and step of the passes of an interlaced image. */
const PASSES = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
] as const;
/** A file may leave most of its area without an image. */
const BOUND_SLACK = 65_536;

interface GifImage {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly isInterlaced: boolean;
  readonly palette: Uint8Array;
  readonly transparent: number | undefined;
  readonly disposal: number;
  readonly codeBits: number;
  readonly data: Uint8Array;
  readonly offset: number;
}

interface GifFile {
  readonly width: number;
  readonly height: number;
  readonly background: readonly number[];
  readonly images: readonly GifImage[];
}

/** All images of a GIF as they are seen, each drawn over what the ones before it leave; grey where all palettes are grey. */
export function decodeGif(bytes: Uint8Array, path: string): readonly Picture[] {
  const { width, height, background, images } = readBlocks(bytes, path);
  const channels = images.every(({ palette }) => isGreyPalette(palette)) && isGreyPalette(Uint8Array.from(background)) ? 1 : 3;
  let canvas = new Uint8Array(width * height * channels);
  const whole = { left: 0, top: 0, width, height };
  const [first] = images;
  const isCovered = first !== undefined && first.left === 0 && first.top === 0 && first.width >= width && first.height >= height;
  if (!isCovered) fill(canvas, whole, width, background.slice(0, channels));
  const isTransparent = !isCovered || first.transparent !== undefined;
  const pictures: Picture[] = [];
  for (const [i, image] of images.entries()) {
    const before = image.disposal === DISPOSAL.previous ? canvas.slice() : canvas;
    draw(canvas, image, { width, height, channels, keepsTransparent: i > 0 }, path);
    const isLast = i + 1 === images.length;
    pictures.push({ width, height, channels, isTransparent, text: {}, data: isLast ? canvas : canvas.slice() });
    if (isLast) break;
    if (image.disposal === DISPOSAL.background) fill(canvas, image, width, background.slice(0, channels));
    canvas = before;
  }
  return pictures;
}

function readBlocks(bytes: Uint8Array, path: string): GifFile {
  const cursor = new Cursor(bytes, { path, offset: 0 });
  if (!/^GIF8[79]a$/.test(cursor.latin1(6)))
    throw new DataError('malformed', 'The file does not begin with the signature of GIF.', { path, offset: 0, field: 'signature' });
  const [width, height, flags, backgroundIndex] = [cursor.u16(), cursor.u16(), cursor.u8(), cursor.u8()];
  cursor.take(1);
  const shared = readPalette(cursor, flags);
  const images: GifImage[] = [];
  let control = { disposal: 0, transparent: undefined as number | undefined };
  for (;;) {
    const { offset } = cursor;
    const kind = cursor.u8();
    if (kind === END) break;
    if (kind === IMAGE) {
      images.push(readImage(cursor, shared, control));
      control = { disposal: 0, transparent: undefined };
    } else if (kind === EXTENSION) {
      const label = cursor.u8();
      const block = readSubBlocks(cursor);
      const [own = 0, , , transparent = 0] = block;
      if (label === CONTROL) control = { disposal: (own >> 2) & 7, transparent: own & 1 ? transparent : undefined };
    } else throw new DataError('malformed', `There is no GIF block of kind 0x${kind.toString(16)}.`, { path, offset });
  }
  if (images.length === 0) throw new DataError('malformed', 'The GIF holds no image.', { path });
  checkPictureSize(width, height, { path, offset: 6 }, (BOUND_SLACK + gifBound(bytes.length)) * images.length, images.length);
  const at = 3 * backgroundIndex;
  const background = shared && at < shared.length ? [...shared.subarray(at, at + 3)] : [0, 0, 0];
  return { width, height, background, images };
}

function readImage(
  cursor: Cursor,
  shared: Uint8Array | undefined,
  control: { readonly disposal: number; readonly transparent: number | undefined },
): GifImage {
  const { path } = cursor.place;
  const offset = cursor.offset;
  const [left, top, width, height, flags] = [cursor.u16(), cursor.u16(), cursor.u16(), cursor.u16(), cursor.u8()];
  const palette = readPalette(cursor, flags) ?? shared;
  if (!palette) throw new DataError('malformed', 'An image of the GIF has no palette.', { path, offset, field: 'palette' });
  const codeBits = cursor.u8();
  if (codeBits < 1 || codeBits > 8)
    throw new DataError('malformed', `Codes of an image of the GIF have ${codeBits} bits; 1 to 8 are allowed.`, { path, offset });
  const data = readSubBlocks(cursor);
  checkPictureSize(width, height, { path, offset }, gifBound(data.length));
  return { left, top, width, height, isInterlaced: (flags & 0x40) !== 0, palette, ...control, codeBits, data, offset };
}

function readPalette(cursor: Cursor, flags: number): Uint8Array | undefined {
  return flags & 0x80 ? cursor.take(3 * (2 << (flags & 7))) : undefined;
}

/** The bytes of all sub-blocks, one behind the other. */
function readSubBlocks(cursor: Cursor): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let length = cursor.u8(); length > 0; length = cursor.u8()) blocks.push(cursor.take(length));
  const out = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    out.set(block, at);
    at += block.length;
  }
  return out;
}

interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Whether transparent pixels show what was there; those of the first image have the colour that they are stored with. */
  readonly keepsTransparent: boolean;
}

function draw(canvas: Uint8Array, image: GifImage, { width, height, channels, keepsTransparent }: Canvas, path: string): void {
  const { palette, transparent, left, top } = image;
  const colors = palette.length / 3;
  const indices = decodeGifLzw(image.data, image.codeBits, image.width * image.height, { path, offset: image.offset });
  const passes = image.isInterlaced ? PASSES : ([[0, 1]] as const);
  let from = 0;
  for (const [start, step] of passes) {
    for (let row = start; row < image.height; row += step) {
      for (let column = 0; column < image.width; column++) {
        const index = indices[from++] as number;
        if (keepsTransparent && index === transparent) continue;
        if (index >= colors)
          throw new DataError('malformed', `A pixel has colour ${index}, the palette has ${colors} (0 to ${colors - 1}).`, {
            path,
            offset: image.offset,
            field: 'palette',
          });
        if (left + column >= width || top + row >= height) continue;
        const put = ((top + row) * width + left + column) * channels;
        for (let channel = 0; channel < channels; channel++) canvas[put + channel] = palette[3 * index + channel] as number;
      }
    }
  }
}

function fill(
  canvas: Uint8Array,
  area: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
  width: number,
  color: readonly number[],
): void {
  const height = canvas.length / (width * color.length);
  const right = Math.min(width, area.left + area.width);
  for (let row = area.top; row < Math.min(height, area.top + area.height); row++) {
    for (let column = area.left; column < right; column++) canvas.set(color, (row * width + column) * color.length);
  }
}
