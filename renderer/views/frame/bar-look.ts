import type { Levels } from '../../draw-worker/levels.ts';
import type { ColorSettings } from '../../stores/display-settings.ts';
import type { BarStatistics } from '../../stores/view-store.ts';
import type { ColorCommands } from './color-commands.ts';
import type { Rect } from './viewport.ts';

/** Where a colour bar stands and what it says. */
export interface BarLook {
  readonly block: Rect;
  readonly title: string;
  readonly unit: string;
  readonly colors: ColorSettings;
  readonly histogram: boolean;
}

/** Levels in effect, what lies behind them, and what can be done to them. */
export interface SettledBar extends BarLook {
  readonly levels: Levels;
  readonly bar: BarStatistics | undefined;
  readonly commands: ColorCommands;
}
