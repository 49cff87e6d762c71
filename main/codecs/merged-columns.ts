/*
 * Frames of a table may have different columns. The table then has the columns of all of them, each frame's in their order, and rows leave
 * empty what their frame does not have.
 */

/** The columns of a table that holds `more` besides what it held: new ones stand before the next one that it held. */
export function mergeColumns(all: readonly string[], more: readonly string[]): readonly string[] {
  const merged: string[] = [];
  let at = 0;
  let fresh: string[] = [];
  for (const name of more) {
    const found = all.indexOf(name, at);
    if (found < 0) {
      fresh.push(name);
      continue;
    }
    merged.push(...all.slice(at, found), ...fresh, name);
    fresh = [];
    at = found + 1;
  }
  return [...merged, ...all.slice(at), ...fresh];
}

/** Where the columns of a frame stand in the table; undefined where the table lacks one of them, or has it too early. */
export function placesOf(all: readonly string[], own: readonly string[]): readonly number[] | undefined {
  const places: number[] = [];
  let at = 0;
  for (const name of own) {
    const found = all.indexOf(name, at);
    if (found < 0) return undefined;
    places.push(found);
    at = found + 1;
  }
  return places;
}
