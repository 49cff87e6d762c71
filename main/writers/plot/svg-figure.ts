import { bytesOf } from '../../../shared/model/dtype.ts';
import type { Rgba } from '../../../shared/draw/scene.ts';
import { encodePng } from '../png-file.ts';
import type { Figure, FigureImage, FigureItem } from './figure.ts';

/** SVG 1.1: pictures as PNG inside of it, lines and texts as such. */
export async function svgFigure({ width, height, title, items }: Figure): Promise<Uint8Array> {
  const parts: string[] = [];
  for (const item of items) parts.push(await element(item));
  const head = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}pt" height="${height}pt" viewBox="0 0 ${width} ${height}" font-family="Helvetica, Arial, sans-serif">`;
  const paper = `<rect width="${width}" height="${height}" fill="#ffffff"/>`;
  return new TextEncoder().encode(
    `<?xml version="1.0" encoding="UTF-8"?>\n${[head, `<title>${escapeXml(title)}</title>`, paper, ...parts, '</svg>'].join('\n')}\n`,
  );
}

async function element(item: FigureItem): Promise<string> {
  if (item.kind === 'image') return imageElement(item);
  if (item.kind === 'line') {
    const [[x1, y1], [x2, y2]] = [item.from, item.to];
    return `<line x1="${short(x1)}" y1="${short(y1)}" x2="${short(x2)}" y2="${short(y2)}" stroke="${colorText(item.color)}" stroke-width="${short(item.width)}"/>`;
  }
  const [x, y] = item.at.map(short);
  const turned = item.turn === 0 ? '' : ` transform="rotate(${item.turn} ${x} ${y})"`;
  return `<text x="${x}" y="${y}" font-size="${item.size}" text-anchor="${item.anchor}" fill="${colorText(item.color)}"${turned}>${escapeXml(item.text)}</text>`;
}

async function imageElement({ x, y, width, height, raster }: FigureImage): Promise<string> {
  const parts = await encodePng({ width: raster.width, height: raster.height, kind: 'rgba8', bytes: bytesOf(raster.pixels), texts: {} });
  const data = Buffer.concat(parts).toString('base64');
  return `<image x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" preserveAspectRatio="none" xlink:href="data:image/png;base64,${data}"/>`;
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function colorText(color: Rgba): string {
  const channels = [color & 255, (color >>> 8) & 255, (color >>> 16) & 255];
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** XML has no control characters at all. */
function escapeXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
  return text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd').replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
