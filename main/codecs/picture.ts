/** A decoded picture: samples of all channels together at every pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  readonly channels: number;
  readonly data: Uint8Array | Uint16Array;
  /** Texts that the file carries, by keyword. */
  readonly text: Readonly<Record<string, string>>;
}

/** Luma of ITU-R BT.601. */
const RED = 0.299;
const GREEN = 0.587;
const BLUE = 0.114;

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
  for (let i = 0, at = 0; i < count; i++, at += channels) {
    out[i] = RED * (data[at] as number) + GREEN * (data[at + 1] as number) + BLUE * (data[at + 2] as number);
  }
  return out;
}
