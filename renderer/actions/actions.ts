import type { Action } from './action.ts';
import { useSettings } from '../stores/settings-store.ts';
import { cameraActions } from './camera-actions.ts';
import { fileActions } from './file-actions.ts';
import { keysOf } from './key-changes.ts';
import { layoutActions } from './layout-actions.ts';
import { particleActions } from './particle-actions.ts';
import { pictureActions } from './picture-actions.ts';
import { seriesActions } from './series-actions.ts';
import { timeActions } from './time-actions.ts';
import { windowActions } from './window-actions.ts';

/** Every command with the keys that it comes with. */
export const PLAIN_ACTIONS: readonly Action[] = [
  ...fileActions,
  ...timeActions,
  ...seriesActions,
  ...pictureActions,
  ...cameraActions,
  ...particleActions,
  ...layoutActions,
  ...windowActions,
];

/** Every command with the name that suits the active view and the keys that it has: its own, or those that a person gave it. */
export const ACTIONS: readonly Action[] = PLAIN_ACTIONS.map((action) => ({
  ...action,
  get label() {
    return action.label;
  },
  get keys() {
    return keysOf(action, useSettings.getState().keys);
  },
}));

const BY_ID = new Map(ACTIONS.map((action) => [action.id, action]));

/** Ids stand in code only, so an unknown one is a mistake of the program. */
export function actionById(id: string): Action {
  const action = BY_ID.get(id);
  if (!action) throw new Error(`There is no action '${id}'.`);
  return action;
}

export function runAction(id: string): void {
  const action = actionById(id);
  if (action.enabled()) void action.run();
}
