import type { ViewState } from '../stores/view-store.ts';
import type { IconName } from '../widgets/icons.tsx';

export const ACTION_GROUPS = ['File', 'Time', 'Picture', 'Layers', 'Copy', 'Window', 'Help'] as const;
export type ActionGroup = (typeof ACTION_GROUPS)[number];

/** One command of the program: menu, toolbar, palette, keys and the shortcut sheet all come from these. */
export interface Action {
  readonly id: string;
  readonly label: string;
  readonly group: ActionGroup;
  /** In the notation of keys.ts; the first one is shown. */
  readonly keys: readonly string[];
  readonly icon?: IconName;
  /** Present for switches: whether it is on now, for the active view or the given one. */
  checked?(view?: ViewState): boolean;
  enabled(view?: ViewState): boolean;
  run(): void | Promise<void>;
}
