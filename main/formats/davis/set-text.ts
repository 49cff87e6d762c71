/** The text of a .set file: its entries, numbers as numbers, texts without quotes and escapes; the last of equal keys wins. */
export type SetText = ReadonlyMap<string, string | number>;

/** `Key = value;` on a line of its own; the blanks around `=` and the semicolon are part of the grammar (lvpyio ignores other lines). */
const ENTRY = /^\s*([^\s=/#]+)\s+=\s+(?:(-?\d+)|"((?:[^"\\]|\\.)*)")\s*;/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** Never fails: what is no entry (comments, `#GROUP`, junk) is left out. Texts are UTF-8. */
export function parseSetText(bytes: Uint8Array): SetText {
  const text = new TextDecoder('utf-8').decode(bytes);
  const entries = new Map<string, string | number>();
  for (const line of text.split(/\r?\n/)) {
    const [, key, number, quoted] = ENTRY.exec(line) ?? [];
    if (key !== undefined) entries.set(key, number === undefined ? plainText(quoted ?? '') : Number(number));
  }
  return entries;
}

function plainText(text: string): string {
  return text.replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}

/** SetType bits in the order in which they are tested; any other set holds images. */
const TYPES: readonly (readonly [bit: number, name: string])[] = [
  [4096, 'SET_TYPE_ID_RECORDING'],
  [512, 'SET_TYPE_ID_VECTOR'],
  [1024, 'SET_TYPE_ID_PLOT'],
  [16384, 'SET_TYPE_ID_FOLDER'],
  [8192, 'SET_TYPE_ID_PROPERTIES'],
  [131072, 'SET_TYPE_ID_CALIBRATION'],
  [134217728, 'SprayQC'],
];
const IMAGE_TYPE = 'SET_TYPE_ID_IMAGE';

/** Type names as lvpyio gives them; a SetType in quotes does not count. */
export function typeOf(text: SetText): string {
  const bits = text.get('SetType');
  if (typeof bits !== 'number') return IMAGE_TYPE;
  return TYPES.find(([bit]) => (bits & bit) !== 0)?.[1] ?? IMAGE_TYPE;
}

/** Word of the summary for a type: Image set, Vector set, else Set. */
export function kindWord(typeId: string): string {
  if (typeId === IMAGE_TYPE || typeId === 'SET_TYPE_ID_RECORDING') return 'Image set';
  return typeId === 'SET_TYPE_ID_VECTOR' ? 'Vector set' : 'Set';
}

/** Types that lvpyio calls unsupported; their buffer files are shown where there are any. */
export function isForeignType(typeId: string): boolean {
  return kindWord(typeId) === 'Set';
}

/** An entry as text; empty where it is absent or a number. */
export function textEntry(text: SetText, key: string): string {
  const value = text.get(key);
  return typeof value === 'string' ? value : '';
}
