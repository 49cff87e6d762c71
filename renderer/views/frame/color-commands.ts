import type { ColorSettings, LevelSettings } from '../../stores/display-settings.ts';

/** What a colour bar and its rows in the inspector can do, whatever they colour. */
export interface ColorCommands {
  change(change: (colors: ColorSettings) => ColorSettings): void;
  /** Locks the limits at these numbers. */
  setLevels(low: number, high: number): void;
  setMode(mode: LevelSettings['mode']): void;
  /** Sets the limits once from the percents of the shown picture. */
  once(): void;
  /** Limits as when the field was opened. */
  reset(): void;
}
