import { DataError } from '../../../shared/model/data-error.ts';
import { IMAGE_PIXELS, type Figure } from './figure.ts';
import { pdfFigure } from './pdf-figure.ts';
import { pngFigure } from './png-figure.ts';
import { svgFigure } from './svg-figure.ts';

export interface FigureFormat {
  encode(figure: Figure): Promise<Uint8Array>;
  /** As a viewer tells it. */
  sizeText(figure: Figure): string;
}

const inPixels = ({ width, height }: Figure): string => `${Math.round(width * IMAGE_PIXELS)} x ${Math.round(height * IMAGE_PIXELS)} pixels`;
const inPoints = ({ width, height }: Figure): string => `${width} x ${height} pt`;

const FORMATS: Readonly<Record<string, FigureFormat>> = {
  png: { encode: pngFigure, sizeText: inPixels },
  svg: { encode: svgFigure, sizeText: inPoints },
  pdf: { encode: pdfFigure, sizeText: inPoints },
};

/** What writes a figure to a file of this name. */
export function figureFormat(path: string): FigureFormat {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const format = Object.hasOwn(FORMATS, extension) ? FORMATS[extension] : undefined;
  if (format) return format;
  const known = Object.keys(FORMATS)
    .map((name) => `.${name}`)
    .join(', ');
  throw new DataError('invalid-option', `A plot is written as ${known}; '${path}' ends with none of them.`, { field: 'out' });
}
