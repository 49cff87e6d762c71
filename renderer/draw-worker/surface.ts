import type { Raster } from '../../shared/draw/scene.ts';

/** The canvas of a view with one picture memory, kept and refilled as long as the size stays. */
export interface Surface {
  /** A raster of the given size in device pixels to draw into; its pixels are those of the last use. */
  raster(width: number, height: number): Raster;
  /** Puts the raster on the canvas. */
  present(): void;
  readonly canvas: OffscreenCanvas;
}

export function createSurface(canvas: OffscreenCanvas): Surface {
  const context = canvas.getContext('2d', { alpha: false });
  let image: ImageData | undefined;
  return {
    canvas,
    raster(width, height) {
      if (image?.width !== width || image.height !== height) image = new ImageData(width, height);
      const { data } = image;
      return { width, height, pixels: new Uint32Array(data.buffer, data.byteOffset, width * height) };
    },
    present() {
      if (!image) return;
      // Setting the size clears the canvas, so it waits until the new picture is there.
      if (canvas.width !== image.width) canvas.width = image.width;
      if (canvas.height !== image.height) canvas.height = image.height;
      context?.putImageData(image, 0, 0);
    },
  };
}
