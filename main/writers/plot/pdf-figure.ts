import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { Raster, Rgba } from '../../../shared/draw/scene.ts';
import type { Figure, FigureItem, FigureText } from './figure.ts';
import { helveticaWidth, winAnsi } from './helvetica.ts';

const deflateAsync = promisify<Uint8Array, Buffer>(deflate);

/** Numbers of the objects; pictures follow. */
const CATALOG = 1;
const PAGES = 2;
const PAGE = 3;
const FONT = 4;
const CONTENT = 5;
const INFO = 6;
const FIRST_IMAGE = 7;

/** PDF 1.4 (ISO 32000-1): one page with pictures, lines, and texts in the standard font Helvetica. */
export async function pdfFigure(figure: Figure): Promise<Uint8Array> {
  const { width, height, items } = figure;
  const rasters = items.flatMap((item) => (item.kind === 'image' ? [item.raster] : []));
  const names = rasters.map((_, i) => `/Im${i} ${FIRST_IMAGE + i} 0 R`).join(' ');
  const resources = `<< /Font << /F1 ${FONT} 0 R >> /XObject << ${names} >> >>`;
  const objects: Buffer[] = [
    text(`<< /Type /Catalog /Pages ${PAGES} 0 R >>`),
    text(`<< /Type /Pages /Kids [${PAGE} 0 R] /Count 1 >>`),
    text(`<< /Type /Page /Parent ${PAGES} 0 R /MediaBox [0 0 ${width} ${height}] /Resources ${resources} /Contents ${CONTENT} 0 R >>`),
    text('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'),
    await stream('', contentOf(figure)),
    text(`<< /Title ${utf16(figure.title)} /Producer (Streakline) >>`),
  ];
  for (const raster of rasters) objects.push(await imageObject(raster));
  return fileOf(objects);
}

function text(line: string): Buffer {
  return Buffer.from(line, 'latin1');
}

async function stream(entries: string, data: Uint8Array): Promise<Buffer> {
  const packed = await deflateAsync(data);
  return Buffer.concat([text(`<< ${entries} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`), packed, text('\nendstream')]);
}

async function imageObject({ width, height, pixels }: Raster): Promise<Buffer> {
  const bytes = new Uint8Array(pixels.length * 3);
  for (let i = 0, put = 0; i < pixels.length; i++) {
    const pixel = pixels[i] as number;
    bytes[put++] = pixel;
    bytes[put++] = pixel >>> 8;
    bytes[put++] = pixel >>> 16;
  }
  return stream(`/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8`, bytes);
}

/** The page's origin is the lower left corner. */
function contentOf({ height, items }: Figure): Buffer {
  let image = 0;
  const operators = items.map((item) => operatorOf(item, height, () => image++));
  return Buffer.from(operators.join('\n'), 'latin1');
}

function operatorOf(item: FigureItem, height: number, nextImage: () => number): string {
  if (item.kind === 'image')
    return `q ${numbers(item.width, 0, 0, item.height, item.x, height - item.y - item.height)} cm /Im${nextImage()} Do Q`;
  if (item.kind === 'line') {
    const [[x1, y1], [x2, y2]] = [item.from, item.to];
    return `${colorText(item.color)} RG ${numbers(item.width)} w ${numbers(x1, height - y1)} m ${numbers(x2, height - y2)} l S`;
  }
  return textOperator(item, height);
}

function textOperator(item: FigureText, height: number): string {
  const {
    at: [x, y],
    size,
    anchor,
    turn,
    color,
  } = item;
  const angle = (-turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const before = anchor === 'start' ? 0 : helveticaWidth(item.text) * size * (anchor === 'middle' ? 0.5 : 1);
  const letters = Buffer.from(winAnsi(item.text)).toString('hex');
  const place = numbers(cos, sin, -sin, cos, x - before * cos, height - y - before * sin);
  return `BT ${colorText(color)} rg /F1 ${size} Tf ${place} Tm <${letters}> Tj ET`;
}

function numbers(...values: readonly number[]): string {
  return values.map((value) => String(Math.round(value * 1000) / 1000 + 0)).join(' ');
}

function colorText(color: Rgba): string {
  return numbers((color & 255) / 255, ((color >>> 8) & 255) / 255, ((color >>> 16) & 255) / 255);
}

/** Big-endian UTF-16 with its mark, in hexadecimal digits. */
function utf16(words: string): string {
  return `<feff${Buffer.from(words, 'utf16le').swap16().toString('hex')}>`;
}

function fileOf(objects: readonly Buffer[]): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n%\xb5\xb6\xb7\xb8\n', 'latin1')];
  const offsets: number[] = [];
  let size = (parts[0] as Buffer).length;
  const put = (bytes: Buffer): void => {
    parts.push(bytes);
    size += bytes.length;
  };
  for (const [i, object] of objects.entries()) {
    offsets.push(size);
    put(Buffer.concat([text(`${i + 1} 0 obj\n`), object, text('\nendobj\n')]));
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  const start = size;
  put(
    text(
      `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root ${CATALOG} 0 R /Info ${INFO} 0 R >>\nstartxref\n${start}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
