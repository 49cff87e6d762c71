import type { Command } from 'commander';

/** Where a command writes, and how it learns that it should stop. */
export interface CommandIo {
  /** Resolves when the text is handed on; a closed pipe aborts `signal`. */
  out(text: string): Promise<void>;
  err(text: string): void;
  /** Lines of standard input. */
  lines(): AsyncIterable<string>;
  readonly errIsTerminal: boolean;
  readonly signal: AbortSignal;
}

export interface CommandCall {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly io: CommandIo;
}

/** What a command found: JSON for scripts, and the same for people. */
export interface CommandAnswer {
  readonly result: unknown;
  text(): string;
  /** Exit code, where the answer itself is bad news; 0 otherwise. */
  readonly exit?: number;
}

export interface CommandSpec {
  readonly name: string;
  /** Arguments, options and help texts. */
  configure(command: Command): void;
  /** Throws DataError. */
  run(call: CommandCall): Promise<CommandAnswer>;
}

/** JSON has no NaN and infinities: they become texts instead of null. */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'number' && !Number.isFinite(item) ? String(item) : item), indent);
}
