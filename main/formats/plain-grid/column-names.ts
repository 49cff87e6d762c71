/** What a column of a table is for. */
export type Meaning = 'x' | 'y' | 'z' | 'u' | 'v' | 'w' | 'valid' | 'masked' | 'value';

export interface ColumnName {
  readonly name: string;
  readonly unit: string;
  readonly meaning: Meaning;
}

/** Names that programs give to positions, vectors and flags, in lower case and without their unit. */
const MEANINGS: readonly (readonly [Meaning, RegExp])[] = [
  ['x', /^x([ _]?(pos|position|coordinate))?$/],
  ['y', /^y([ _]?(pos|position|coordinate))?$/],
  ['z', /^z([ _]?(pos|position|coordinate))?$/],
  ['u', /^(u|v_?x|velocity[ _]?(u|x)|u[ _]?velocity)$/],
  ['v', /^(v|v_?y|velocity[ _]?(v|y)|v[ _]?velocity)$/],
  ['w', /^(w|v_?z|velocity[ _]?(w|z)|w[ _]?velocity)$/],
  // PIVlab's vector type is 0 for masked vectors.
  ['valid', /^(is[ _]?)?valid$|^mask$|^vector type$/],
];

/** 'u [m/s]' and 'u (m/s)' are u in m/s; '[-]' is no unit. OpenPIV's mask beside its flags is 1 where others have 0. */
export function readColumnNames(texts: readonly string[]): readonly ColumnName[] {
  const columns = texts.map(readColumnName);
  const isOpenPiv = columns.some(({ name }) => name.toLowerCase() === 'flags');
  return columns.map((column, at) => {
    const isSecond = column.meaning !== 'value' && columns.findIndex(({ meaning }) => meaning === column.meaning) < at;
    if (isSecond) return { ...column, meaning: 'value' };
    return isOpenPiv && column.name.toLowerCase() === 'mask' ? { ...column, meaning: 'masked' } : column;
  });
}

function readColumnName(text: string): ColumnName {
  const plain = text
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
  const [, bare = plain, square, round] = /^(.*?)\s*(?:\[([^\]]*)\]|\(([^)]*)\))$/.exec(plain) ?? [];
  const name = bare === '' ? plain : bare;
  const unit = (square ?? round ?? '').trim();
  const meaning = MEANINGS.find(([, pattern]) => pattern.test(name.toLowerCase()))?.[0] ?? 'value';
  return { name, unit: unit === '-' ? '' : unit, meaning };
}

/** True where the columns are positions in a plane and something there; particles that are followed lie on no grid. */
export function isGridTable(columns: readonly ColumnName[]): boolean {
  if (columns.some(({ name }) => /^(track|particle)/i.test(name))) return false;
  const meanings = columns.map(({ meaning }) => meaning);
  return meanings.includes('x') && meanings.includes('y') && meanings.some((meaning) => ['u', 'v', 'value'].includes(meaning));
}
