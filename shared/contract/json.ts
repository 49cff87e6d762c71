/*
 * JSON that keeps the numbers JSON has no words for: NaN, the infinities and -0 travel as { "$": "NaN" } and so on. An object whose only key
 * is "$" travels as { "$": [value] }, so that it is not taken for one.
 */
const NUMBERS: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
]);

export function encodeJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === 'number')
      return Number.isFinite(item) && !Object.is(item, -0) ? item : { $: Object.is(item, -0) ? '-0' : String(item) };
    return isWrapper(item) ? { $: [item.$] } : item;
  });
}

/** Throws SyntaxError for what is no JSON. */
export function decodeJson(text: string): unknown {
  if (!text.includes('{"$":')) return JSON.parse(text);
  return JSON.parse(text, (_key, item: unknown) => {
    if (!isWrapper(item)) return item;
    if (Array.isArray(item.$) && item.$.length === 1) return { $: item.$[0] as unknown };
    return NUMBERS.get(item.$) ?? item;
  });
}

function isWrapper(item: unknown): item is { readonly $: unknown } {
  return typeof item === 'object' && item !== null && !Array.isArray(item) && '$' in item && Object.keys(item).length === 1;
}
