import type { Action } from './action.ts';
import { fileActions } from './file-actions.ts';
import { layoutActions } from './layout-actions.ts';
import { particleActions } from './particle-actions.ts';
import { pictureActions } from './picture-actions.ts';
import { seriesActions } from './series-actions.ts';
import { timeActions } from './time-actions.ts';
import { windowActions } from './window-actions.ts';

/** Every command. */
export const ACTIONS: readonly Action[] = [...fileActions, ...timeActions, ...seriesActions, ...pictureActions, ...particleActions, ...layoutActions, ...windowActions];

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
