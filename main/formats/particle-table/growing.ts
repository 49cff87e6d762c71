/** A column that grows with the rows of its table. */
export interface Growing<A extends Float32Array | Float64Array | Uint32Array> {
  /** Room for so many numbers; what was there stays. */
  room(length: number): A;
  /** The first `length` numbers. */
  done(length: number): A;
}

export function growing<A extends Float32Array | Float64Array | Uint32Array>(make: (length: number) => A, expected: number): Growing<A> {
  let data = make(expected);
  return {
    room: (length) => {
      if (length > data.length) {
        const larger = make(Math.max(length, 2 * data.length));
        larger.set(data);
        data = larger;
      }
      return data;
    },
    done: (length) => (length === data.length ? data : (data.slice(0, length) as A)),
  };
}
