/** A reader or writer option: feeds the open and export dialogs, --help, flag parsing, validation and docs. */
export interface OptionSpec {
  readonly type: 'integer' | 'number' | 'text' | 'shape' | 'boolean' | 'choice';
  readonly label: string;
  readonly help: string;
  readonly choices?: readonly string[];
}

export type OptionValue = number | string | boolean | readonly number[];
export type OptionValues = Readonly<Record<string, OptionValue>>;
