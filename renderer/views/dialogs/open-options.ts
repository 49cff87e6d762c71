import type { OptionDescription } from '../../../shared/contract/listing.ts';

/** What was typed, by option name. */
export type TypedOptions = Readonly<Record<string, string>>;

/** Options to send: those that were filled in, as text; the host parses them by their specification and says what is wrong. */
export function givenOptions(options: readonly OptionDescription[], typed: TypedOptions): Record<string, unknown> {
  return Object.fromEntries(
    options.flatMap(({ name, type }) => {
      const value = typed[name]?.trim() ?? '';
      if (value === '') return [];
      return [[name, type === 'boolean' ? value === 'true' : value]];
    }),
  );
}
