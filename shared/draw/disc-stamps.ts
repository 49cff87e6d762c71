/** The pixels of a disc: column and row from the pixel of its middle, and the covered part of each, 1 to 256. */
export interface Stamp {
  readonly columns: Int16Array;
  readonly rows: Int16Array;
  readonly cover: Uint16Array;
}

/** Rows of a disc of whole pixels: the columns from[row] to to[row] - 1, counted from its upper left corner. */
export interface Spans {
  readonly size: number;
  readonly from: Int16Array;
  readonly to: Int16Array;
}

export const LARGEST_DISC = 96;
/** Places of the middle inside of its pixel, on each axis. */
export const SUB_PLACES = 4;
/** Steps of diameter per pixel. */
const SIZE_STEPS = 4;
/** Samples per pixel on each axis to find the covered part. */
const SAMPLES = 6;

const stamps = new Map<number, readonly Stamp[]>();
const spans = new Map<number, Spans>();

/** Discs with smooth edges of about this diameter in pixels, one for each place of the middle in its pixel ([row, column]). */
export function smoothDiscs(diameter: number): readonly Stamp[] {
  const key = Math.round(Math.min(LARGEST_DISC, Math.max(1, diameter)) * SIZE_STEPS);
  const known = stamps.get(key);
  if (known) return known;
  const made = Array.from({ length: SUB_PLACES ** 2 }, (_, place) =>
    stampOf(key / SIZE_STEPS, ((place % SUB_PLACES) + 0.5) / SUB_PLACES, (Math.floor(place / SUB_PLACES) + 0.5) / SUB_PLACES),
  );
  stamps.set(key, made);
  return made;
}

function stampOf(diameter: number, x: number, y: number): Stamp {
  const reach = Math.ceil(diameter / 2) + 1;
  const [columns, rows, cover]: [number[], number[], number[]] = [[], [], []];
  for (let row = -reach; row <= reach; row++) {
    for (let column = -reach; column <= reach; column++) {
      const part = coveredPart(diameter / 2, column - x, row - y);
      if (part < 8) continue;
      columns.push(column);
      rows.push(row);
      cover.push(part);
    }
  }
  return { columns: Int16Array.from(columns), rows: Int16Array.from(rows), cover: Uint16Array.from(cover) };
}

/** Of 256: the part of the pixel with this left top corner, seen from the middle, that lies inside of the radius. */
function coveredPart(radius: number, left: number, top: number): number {
  let inside = 0;
  for (let i = 0; i < SAMPLES ** 2; i++) {
    const x = left + ((i % SAMPLES) + 0.5) / SAMPLES;
    const y = top + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES;
    if (x * x + y * y <= radius * radius) inside++;
  }
  return Math.round((256 * inside) / SAMPLES ** 2);
}

/** A disc of whole pixels; squares up to 3 pixels. */
export function discSpans(size: number): Spans {
  const whole = Math.round(Math.min(LARGEST_DISC, Math.max(1, size)));
  const known = spans.get(whole);
  if (known) return known;
  const [from, to] = [new Int16Array(whole), new Int16Array(whole)];
  for (let row = 0; row < whole; row++) {
    const y = row + 0.5 - whole / 2;
    const half = whole <= 3 ? whole / 2 : Math.sqrt(Math.max(0, (whole * whole) / 4 - y * y));
    from[row] = Math.round(whole / 2 - half);
    to[row] = Math.max(from[row]! + 1, Math.round(whole / 2 + half));
  }
  const made = { size: whole, from, to };
  spans.set(whole, made);
  return made;
}
