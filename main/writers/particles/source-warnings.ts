import type { Warning } from '../../../shared/model/dataset.ts';
import type { Losses } from '../losses.ts';

/** What steps of the source have to tell, gathered: of each kind the first sentence, and how many more there were. */
export interface SourceWarnings {
  add(warnings: readonly Warning[]): void;
  tell(losses: Losses): void;
}

/** A snapshot that gives itself another number is told by the reader; nothing of it is lost. */
const HARMLESS: readonly string[] = ['number'];

export function sourceWarnings(): SourceWarnings {
  const seen = new Map<string, { readonly first: string; count: number }>();
  return {
    add: (warnings) => {
      for (const { code, message } of warnings) {
        if (HARMLESS.includes(code)) continue;
        const known = seen.get(code);
        if (known) known.count += 1;
        else seen.set(code, { first: message, count: 1 });
      }
    },
    tell: (losses) => {
      for (const { first, count } of seen.values()) losses.add(count === 1 ? first : `${first} The same of ${count - 1} more.`);
    },
  };
}
