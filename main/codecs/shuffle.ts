/** The shuffle filter of HDF5: first bytes of all samples, then all second bytes and so on. Numbers that differ little compress better so. */
export function shuffleBytes(bytes: Uint8Array, sampleBytes: number): Uint8Array {
  if (sampleBytes === 1) return bytes;
  const samples = Math.floor(bytes.length / sampleBytes);
  const out = new Uint8Array(bytes.length);
  for (let byte = 0; byte < sampleBytes; byte++) {
    for (let sample = 0, from = byte, to = byte * samples; sample < samples; sample++, from += sampleBytes)
      out[to + sample] = bytes[from] as number;
  }
  out.set(bytes.subarray(samples * sampleBytes), samples * sampleBytes);
  return out;
}
