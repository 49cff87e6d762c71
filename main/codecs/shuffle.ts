/** The shuffle filter of HDF5: first bytes of all samples, then all second bytes and so on. Numbers that differ little compress better so. */
export function shuffleBytes(bytes: Uint8Array, sampleBytes: number): Uint8Array {
  if (sampleBytes === 1) return bytes;
  const samples = Math.floor(bytes.length / sampleBytes);
  const out = new Uint8Array(bytes.length);
  if (sampleBytes === 2) splitPairs(bytes, out, samples);
  else if (sampleBytes === 4) splitFours(bytes, out, samples);
  else {
    for (let byte = 0; byte < sampleBytes; byte++) {
      for (let sample = 0, from = byte, to = byte * samples; sample < samples; sample++, from += sampleBytes)
        out[to + sample] = bytes[from] as number;
    }
  }
  out.set(bytes.subarray(samples * sampleBytes), samples * sampleBytes);
  return out;
}

/** The sizes of most pictures and vectors, in one pass. */
function splitPairs(bytes: Uint8Array, out: Uint8Array, samples: number): void {
  for (let sample = 0, from = 0; sample < samples; sample++, from += 2) {
    out[sample] = bytes[from] as number;
    out[samples + sample] = bytes[from + 1] as number;
  }
}

function splitFours(bytes: Uint8Array, out: Uint8Array, samples: number): void {
  for (let sample = 0, from = 0; sample < samples; sample++, from += 4) {
    out[sample] = bytes[from] as number;
    out[samples + sample] = bytes[from + 1] as number;
    out[2 * samples + sample] = bytes[from + 2] as number;
    out[3 * samples + sample] = bytes[from + 3] as number;
  }
}
