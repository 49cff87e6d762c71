import { drawDot, drawLine } from '../../../shared/draw/line.ts';
import type { Raster } from '../../../shared/draw/scene.ts';
import { bytesOf } from '../../../shared/model/dtype.ts';
import { encodePng } from '../png-file.ts';
import { IMAGE_PIXELS, type Figure, type FigureImage, type FigureText } from './figure.ts';
import { textStrokes } from './stroke-font.ts';

const PAPER = 0xffffffff;
/** Thickness of strokes in units of the font's size. */
const PEN = 0.095;

/** The figure as pixels, IMAGE_PIXELS a unit; texts in letters of strokes. */
export async function pngFigure({ width, height, title, items }: Figure): Promise<Uint8Array> {
  const size = { width: Math.round(width * IMAGE_PIXELS), height: Math.round(height * IMAGE_PIXELS) };
  const raster: Raster = { ...size, pixels: new Uint32Array(size.width * size.height).fill(PAPER) };
  for (const item of items) {
    if (item.kind === 'image') copyImage(raster, item);
    else if (item.kind === 'text') drawText(raster, item);
    else {
      const [x0, y0, x1, y1] = [...item.from, ...item.to].map((value) => value * IMAGE_PIXELS) as [number, number, number, number];
      drawLine(raster, x0, y0, x1, y1, item.width * IMAGE_PIXELS, item.color);
    }
  }
  // Texts of PNG are latin-1 and ours ASCII.
  const texts = /^[\x20-\x7e]+$/.test(title) ? { Title: title } : {};
  return Buffer.concat(await encodePng({ ...size, kind: 'rgba8', bytes: bytesOf(raster.pixels), texts }));
}

/** Rasters of figures have the pixels of the paper. */
function copyImage(paper: Raster, { x, y, raster }: FigureImage): void {
  const left = Math.round(x * IMAGE_PIXELS);
  const top = Math.round(y * IMAGE_PIXELS);
  for (let row = 0; row < raster.height; row++) {
    paper.pixels.set(raster.pixels.subarray(row * raster.width, (row + 1) * raster.width), (top + row) * paper.width + left);
  }
}

function drawText(raster: Raster, { at, text, size, anchor, turn, color }: FigureText): void {
  const { strokes, width } = textStrokes(text);
  const scale = size * IMAGE_PIXELS;
  const before = anchor === 'start' ? 0 : anchor === 'middle' ? width / 2 : width;
  const angle = (turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const place = ([x, y]: readonly [number, number]): readonly [number, number] => [
    at[0] * IMAGE_PIXELS + (x - before) * cos + y * sin,
    at[1] * IMAGE_PIXELS + (x - before) * sin - y * cos,
  ];
  for (const { points } of strokes) {
    const placed = points.map(place);
    for (const [i, [x, y]] of placed.entries()) {
      drawDot(raster, x, y, PEN * scale * (placed.length === 1 ? 1.4 : 0.9), color);
      const [nextX, nextY] = placed[i + 1] ?? [x, y];
      drawLine(raster, x, y, nextX, nextY, PEN * scale, color);
    }
  }
}
