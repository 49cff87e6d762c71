import { luma } from '../../shared/compute/luma.ts';
import { DataError } from '../../shared/model/data-error.ts';

/** A decoded picture: samples of all channels together at every pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  readonly channels: number;
  readonly data: Uint8Array | Uint16Array;
  /** True where something is transparent, which is left out. */
  readonly isTransparent: boolean;
  /** Texts that the file carries, by keyword. */
  readonly text: Readonly<Record<string, string>>;
}

/** A picture is held whole, as RGB and as float32. */
const MAX_PIXELS = 100_000_000;

/**
 * Refuses what a header promises before anything is allocated: no pixels or too many (`images` of them), or more than `most`, which is what
 * the bytes of the file can hold.
 */
export function checkPictureSize(
  width: number,
  height: number,
  place: { readonly path: string; readonly offset: number },
  most: number,
  images = 1,
): void {
  const size = images === 1 ? `${width} x ${height} pixels` : `${images} images of ${width} x ${height} pixels`;
  if (width < 1 || height < 1) throw new DataError('malformed', `The header promises ${size}.`, place);
  const pixels = width * height * images;
  if (pixels > most) throw new DataError('malformed', `The header promises ${size}, the file can hold ${Math.floor(most)} at most.`, place);
  if (pixels > MAX_PIXELS) throw new DataError('too-large', `The picture has ${size}; the limit is ${MAX_PIXELS}.`, place);
}

/** Colours of the indices of a palette (RGB one after the other): grey where the palette holds nothing but greys. */
export function paintIndices(
  indices: Uint8Array,
  palette: Uint8Array,
  path: string,
): { readonly channels: 1 | 3; readonly data: Uint8Array } {
  const colors = Math.floor(palette.length / 3);
  const highest = indices.reduce((most, index) => Math.max(most, index), 0);
  if (highest >= colors)
    throw new DataError('malformed', `A pixel has colour ${highest}, the palette has ${colors} (0 to ${colors - 1}).`, {
      path,
      field: 'palette',
    });
  if (isGreyPalette(palette)) return { channels: 1, data: indices.map((index) => palette[3 * index] as number) };
  const data = new Uint8Array(indices.length * 3);
  for (let i = 0, put = 0; i < indices.length; i++) {
    const at = 3 * (indices[i] as number);
    data[put++] = palette[at] as number;
    data[put++] = palette[at + 1] as number;
    data[put++] = palette[at + 2] as number;
  }
  return { channels: 3, data };
}

export function isGreyPalette(palette: Uint8Array): boolean {
  for (let at = 0; at < palette.length; at += 3) if (palette[at] !== palette[at + 1] || palette[at] !== palette[at + 2]) return false;
  return true;
}

/** A failure of a decoder as an error of the data. */
export function decodeError(kind: string, path: string, cause: unknown): DataError {
  if (cause instanceof DataError) return cause;
  const what = cause instanceof Error ? cause.message : String(cause);
  return new DataError('malformed', `The ${kind} picture cannot be decoded: ${what.replace(/\.$/, '')}.`, { path, cause });
}

/** Red, green and blue of a picture in planes of their own; undefined where it has no colours. */
export function colorPlanes({ channels, data, width, height }: Picture): readonly (Uint8Array | Uint16Array)[] | undefined {
  if (channels < 3) return undefined;
  return [0, 1, 2].map((channel) => {
    const out = data instanceof Uint16Array ? new Uint16Array(width * height) : new Uint8Array(width * height);
    for (let i = 0, at = channel; i < out.length; i++, at += channels) out[i] = data[at] as number;
    return out;
  });
}

/** The one plane of a picture: grey as it is, colours as 0.299 R + 0.587 G + 0.114 B in float32; alpha is left out. */
export function greyPlane({ channels, data, width, height }: Picture): Uint8Array | Uint16Array | Float32Array {
  if (channels === 1) return data;
  const count = width * height;
  if (channels === 2) {
    const out = data instanceof Uint16Array ? new Uint16Array(count) : new Uint8Array(count);
    for (let i = 0; i < count; i++) out[i] = data[2 * i] as number;
    return out;
  }
  const out = new Float32Array(count);
  for (let i = 0, at = 0; i < count; i++, at += channels) out[i] = luma(data[at] as number, data[at + 1] as number, data[at + 2] as number);
  return out;
}
