import { DataError } from '../../model/data-error.ts';
import type { Differentiation } from '../../model/track-selection.ts';

/** Points of a fit: odd, so that there is a middle, and few enough for the steps that must be in memory at once. */
const MIN_FIT_LENGTH = 3;
const MAX_FIT_LENGTH = 51;

/** `invalid-option` for fits that cannot be made. */
export function checkDifferentiation(differentiation: Differentiation): void {
  if (differentiation.method === 'difference') return;
  const { order, length } = differentiation;
  if (!Number.isInteger(length) || length % 2 === 0 || length < MIN_FIT_LENGTH || length > MAX_FIT_LENGTH) {
    throw new DataError(
      'invalid-option',
      `The length of a fit is an odd number of points from ${MIN_FIT_LENGTH} to ${MAX_FIT_LENGTH}, got ${length}.`,
      { field: 'fit' },
    );
  }
  if (order >= length)
    throw new DataError('invalid-option', `A polynomial of order ${order} needs more than ${length} points.`, { field: 'fit' });
}

/** 'order,length', such as 2,7. */
export function parseDifferentiation(text: string): Differentiation {
  const [, order, length] = /^\s*([123])\s*,\s*(\d+)\s*$/.exec(text) ?? [];
  if (order === undefined || length === undefined) {
    throw new DataError('invalid-option', `A fit is given as order,length with an order from 1 to 3, got '${text}'.`, {
      field: 'fit',
      hint: 'Example: 2,7.',
    });
  }
  const differentiation = { method: 'fit', order: Number(order) as 1 | 2 | 3, length: Number(length) } as const;
  checkDifferentiation(differentiation);
  return differentiation;
}

/** What is written into exports. */
export function differentiationText(differentiation: Differentiation): string {
  return differentiation.method === 'difference'
    ? 'central differences, one-sided at the ends of tracks'
    : `least-squares polynomial of order ${differentiation.order} through ${differentiation.length} points, shifted inwards at the ends of tracks`;
}
