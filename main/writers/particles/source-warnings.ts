import type { Warning } from '../../../shared/model/warning.ts';
import type { Losses } from '../losses.ts';

/** A snapshot that gives itself another number is told by the reader; nothing of it is lost. */
const HARMLESS: readonly string[] = ['number'];

/** Tells what steps of the source have to say. */
export function tellSourceWarnings(warnings: readonly Warning[], losses: Losses): void {
  for (const { code, message } of warnings) if (!HARMLESS.includes(code)) losses.add(message, code);
}
