/** Which samples of a Fortran-ordered array (first axis fastest) make up a run of it in C order (last axis fastest). */
export interface GatherInput {
  readonly shape: readonly number[];
  readonly sampleBytes: number;
  /** The run in C order. */
  readonly first: number;
  readonly samples: number;
  /** Bytes of `count` neighbouring samples of the file, from sample `from` on. */
  read(from: number, count: number): Promise<Uint8Array>;
}

/** One read covers at most this much: the memory bound of a gathered frame beside the frame itself. */
const BLOCK_BYTES = 4 * 1024 * 1024;
/** Samples farther apart than this are cheaper to read one by one than to read through what lies between. */
const GAP_BYTES = 64 * 1024;

/** True where both orders are the same: at most one axis is longer than 1. */
export function ordersCoincide(shape: readonly number[]): boolean {
  return shape.filter((size) => size > 1).length <= 1;
}

/** The run as bytes in C order, read in ascending file order and in blocks. */
export async function gatherFortran(input: GatherInput): Promise<Uint8Array> {
  const { shape, sampleBytes, first, samples } = input;
  const places = new Float64Array(samples);
  for (let i = 0; i < samples; i++) places[i] = reorder(shape, first + i, 'c-to-fortran');
  places.sort();
  const out = new Uint8Array(samples * sampleBytes);
  for (let from = 0; from < samples; ) {
    const to = blockEnd(places, from, sampleBytes);
    const start = places[from] as number;
    const block = await input.read(start, (places[to - 1] as number) - start + 1);
    for (let i = from; i < to; i++) {
      const place = places[i] as number;
      const source = (place - start) * sampleBytes;
      const target = (reorder(shape, place, 'fortran-to-c') - first) * sampleBytes;
      for (let byte = 0; byte < sampleBytes; byte++) out[target + byte] = block[source + byte] as number;
    }
    from = to;
  }
  return out;
}

function blockEnd(places: Float64Array, from: number, sampleBytes: number): number {
  const start = places[from] as number;
  let to = from + 1;
  while (to < places.length) {
    const place = places[to] as number;
    if ((place - (places[to - 1] as number)) * sampleBytes > GAP_BYTES || (place - start + 1) * sampleBytes > BLOCK_BYTES) break;
    to++;
  }
  return to;
}

/** The flat index of the same element in the other order. */
function reorder(shape: readonly number[], index: number, way: 'c-to-fortran' | 'fortran-to-c'): number {
  const axes = shape.length;
  let rest = index;
  let result = 0;
  let stride = 1;
  if (way === 'fortran-to-c') {
    for (const size of shape) {
      result = result * size + (rest % size);
      rest = Math.floor(rest / size);
    }
    return result;
  }
  // The slowest axis in C order has the smallest stride in the file.
  let divisor = 1;
  for (let axis = 1; axis < axes; axis++) divisor *= shape[axis] as number;
  for (let axis = 0; axis < axes; axis++) {
    result += Math.floor(rest / divisor) * stride;
    rest %= divisor;
    stride *= shape[axis] as number;
    divisor /= shape[axis + 1] ?? 1;
  }
  return result;
}
