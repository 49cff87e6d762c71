/** True where every byte has this value; compared sixteen at a time where the bytes begin at a word. */
export function allEqual(bytes: Uint8Array, value: number): boolean {
  const aligned = bytes.byteOffset % 4 === 0;
  const words = new Uint32Array(bytes.buffer, aligned ? bytes.byteOffset : 0, aligned ? (bytes.length >> 4) << 2 : 0);
  const word = Math.imul(value, 0x01010101) >>> 0;
  for (let i = 0; i < words.length; i += 4)
    if (words[i] !== word || words[i + 1] !== word || words[i + 2] !== word || words[i + 3] !== word) return false;
  for (let i = words.length * 4; i < bytes.length; i++) if (bytes[i] !== value) return false;
  return true;
}
