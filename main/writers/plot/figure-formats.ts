import { DataError } from '../../../shared/model/data-error.ts';
import type { Figure } from './figure.ts';
import { pdfFigure } from './pdf-figure.ts';
import { pngFigure } from './png-figure.ts';
import { svgFigure } from './svg-figure.ts';

const FORMATS: Readonly<Record<string, (figure: Figure) => Promise<Uint8Array>>> = { png: pngFigure, svg: svgFigure, pdf: pdfFigure };

/** What writes a figure to a file of this name. */
export function figureFormat(path: string): (figure: Figure) => Promise<Uint8Array> {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const format = Object.hasOwn(FORMATS, extension) ? FORMATS[extension] : undefined;
  if (format) return format;
  const known = Object.keys(FORMATS)
    .map((name) => `.${name}`)
    .join(', ');
  throw new DataError('invalid-option', `A plot is written as ${known}; '${path}' ends with none of them.`, { field: 'out' });
}
