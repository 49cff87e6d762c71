import type { ColumnSpec } from './column-file.ts';

/** Characters that are no file names on some system, so that an archive can be unpacked anywhere. */
const UNSAFE = /[\\/:*?"<>|\p{Cc}]/gu;

/** Names of the arrays of an archive. */
export function archiveNames(columns: readonly ColumnSpec[]): readonly string[] {
  return uniqueNames(columns.map(({ name }) => name.replace(UNSAFE, '_')));
}

/** The names, told apart by a number where two would be the same on some system. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name}_${n}`;
    taken.add(free.toLowerCase());
    return free;
  });
}
