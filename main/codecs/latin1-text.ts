/** Letters beyond latin-1 that have a twin in it: such as the Greek mu and the sign of the Angstrom in units. */
const TWINS: Readonly<Record<string, string>> = {
  '\u03bc': '\u00b5',
  '\u212b': '\u00c5',
  '\u2212': '-',
  '\u2013': '-',
  '\u2019': "'",
  '\u22c5': '\u00b7',
};

const BEYOND = /[^\0-\u00ff]/u;

/** The text in letters of latin-1: twins in place of equal-looking letters; `lost` where others became question marks. */
export function toLatin1(text: string): { readonly text: string; readonly lost: boolean } {
  if (!BEYOND.test(text)) return { text, lost: false };
  let lost = false;
  const letters = Array.from(text.normalize('NFC'), (letter) => {
    const known = BEYOND.test(letter) ? TWINS[letter] : letter;
    lost ||= known === undefined;
    return known ?? '?';
  });
  return { text: letters.join(''), lost };
}

/** One byte a letter; the text must be latin-1. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
