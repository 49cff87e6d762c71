/** Joins the class names that apply; CSS module look-ups may be undefined for the compiler. */
export function cx(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
