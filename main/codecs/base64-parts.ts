const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const CODES = new Uint8Array(256).fill(255);
for (let code = 0; code < LETTERS.length; code++) CODES[LETTERS.charCodeAt(code)] = code;
const PAD = '='.charCodeAt(0);
const BLANKS: readonly number[] = [9, 10, 13, 32];

/** Bytes of base64 texts one behind the other, each padded by itself; blanks between are nothing. Undefined where there is another letter. */
export function decodeBase64Parts(text: Uint8Array): Uint8Array | undefined {
  const out = new Uint8Array(Math.ceil(text.length / 4) * 3);
  let put = 0;
  let bits = 0;
  let count = 0;
  for (const letter of text) {
    if (letter === PAD) {
      // A part ends here: what is left of the last letters is padding.
      [bits, count] = [0, 0];
      continue;
    }
    const code = CODES[letter] as number;
    if (code === 255) {
      if (BLANKS.includes(letter)) continue;
      return undefined;
    }
    bits = (bits << 6) | code;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out[put++] = bits >> count;
    bits &= (1 << count) - 1;
  }
  return out.subarray(0, put);
}
