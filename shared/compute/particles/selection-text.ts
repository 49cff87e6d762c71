import { DataError } from '../../model/data-error.ts';
import type { TrackBox, TrackFilter, TrackSelection } from '../../model/track-selection.ts';
import { checkSelection } from './track-selection.ts';

const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`;
/** A name, or one in double quotes, then a comparison. */
const CONDITION = /^\s*(?:"([^"]+)"|([^"<>=]+?))\s*(>=|<=|=|<|>)\s*(.*?)\s*$/;
const RANGE = new RegExp(`^(${NUMBER})?\\s*\\.\\.\\s*(${NUMBER})?$`);
const SINGLE = new RegExp(`^${NUMBER}$`);
const PLACES = new RegExp(
  `^(${NUMBER})\\s*,\\s*(${NUMBER})\\s*,\\s*(${NUMBER})\\s*\\.\\.\\s*(${NUMBER})\\s*,\\s*(${NUMBER})\\s*,\\s*(${NUMBER})$`,
);

const HINT = "Examples: length>=12, speed=0.5..2, id=7, 'Particle diameter<3', box=0,0,0..10,10,5, inside=0,0,0..10,10,5, every=2.";

/**
 * A selection of tracks as texts, all of which must hold: NAME>=LOW, NAME<=HIGH, NAME=LOW..HIGH (an absent end is open), NAME=VALUE;
 * box=X,Y,Z..X,Y,Z for tracks whose own box meets it, inside=... for those that lie in it; every=N. `invalid-option` for anything else.
 */
export function parseSelection(texts: readonly string[]): TrackSelection {
  const filters: TrackFilter[] = [];
  let box: TrackBox | undefined;
  let every: number | undefined;
  for (const text of texts) {
    const [, quoted, plain, comparison = '', value = ''] = CONDITION.exec(text) ?? refuse(text);
    const name = quoted ?? plain ?? '';
    if (quoted === undefined && (name === 'box' || name === 'inside')) {
      if (box) throw new DataError('invalid-option', `There is a second box in '${text}'; a selection has one.`, { field: 'where' });
      box = comparison === '=' ? parseBox(text, value, name === 'inside') : refuse(text);
    } else if (quoted === undefined && name === 'every') {
      every = comparison === '=' && /^\d+$/.test(value) ? Number(value) : refuse(text);
    } else {
      filters.push(parseFilter(text, name, comparison, value));
    }
  }
  const selection: TrackSelection = { filters, ...(box ? { box } : {}), ...(every === undefined ? {} : { every }) };
  checkSelection(selection);
  return selection;
}

/** The texts of a selection, which `parseSelection` reads. */
export function selectionTexts({ filters, box, every }: TrackSelection): readonly string[] {
  return [
    ...filters.map(({ column, low, high }) =>
      filterText(/["<>=]|^\s|\s$|^(box|inside|every)$/.test(column) ? `"${column}"` : column, low, high),
    ),
    ...(box ? [`${box.whole ? 'inside' : 'box'}=${box.low.join(',')}..${box.high.join(',')}`] : []),
    ...(every === undefined ? [] : [`every=${every}`]),
  ];
}

function filterText(name: string, low: number | undefined, high: number | undefined): string {
  if (high === undefined) return `${name}>=${low ?? ''}`;
  if (low === undefined) return `${name}<=${high}`;
  return low === high ? `${name}=${low}` : `${name}=${low}..${high}`;
}

function parseFilter(text: string, column: string, comparison: string, value: string): TrackFilter {
  if (comparison === '=') {
    const [found, low, high] = RANGE.exec(value) ?? [];
    const isRange = found !== undefined && (low !== undefined || high !== undefined);
    if (isRange)
      return { column, ...(low === undefined ? {} : { low: Number(low) }), ...(high === undefined ? {} : { high: Number(high) }) };
  }
  if (!SINGLE.test(value)) refuse(text);
  const number = Number(value);
  if (!Number.isFinite(number)) refuse(text);
  if (comparison === '=') return { column, low: number, high: number };
  if (comparison === '>=') return { column, low: number };
  if (comparison === '<=') return { column, high: number };
  return comparison === '>' ? { column, low: neighbourOf(number, 1) } : { column, high: neighbourOf(number, -1) };
}

function parseBox(text: string, value: string, whole: boolean): TrackBox {
  const [x0, y0, z0, x1, y1, z1] = (PLACES.exec(value) ?? refuse(text)).slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { low: [x0, y0, z0], high: [x1, y1, z1], whole };
}

/** The next number above or below: ends of ranges belong to them, so this leaves the number itself out. */
function neighbourOf(number: number, side: 1 | -1): number {
  if (number === 0) return side * Number.MIN_VALUE;
  const bits = new BigInt64Array(Float64Array.of(number).buffer);
  bits[0] = (bits[0] as bigint) + (number > 0 === side > 0 ? 1n : -1n);
  return new Float64Array(bits.buffer)[0] as number;
}

function refuse(text: string): never {
  throw new DataError('invalid-option', `'${text}' is no condition on tracks.`, { field: 'where', hint: HINT });
}
