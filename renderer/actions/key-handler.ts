import { ACTIONS } from './actions.ts';
import type { Action } from './action.ts';
import { useUi } from '../stores/ui-store.ts';
import { isSingleKey, pressedKey } from './keys.ts';

/** What has the focus, as far as keys are concerned. */
export type KeyPlace = 'text' | 'widget' | 'overlay' | 'free';

const TEXT = 'input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable=true]';
const OVERLAY = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';
/** These use arrows, Home, End, Page keys, Space, Enter and letters themselves. */
const WIDGET =
  '[role=tree], [role=treegrid], [role=grid], [role=tablist], [role=radiogroup], [role=toolbar], [role=menubar], [role=slider], [role=separator], button, a[href], input';

export function keyPlace(target: Pick<Element, 'closest'> | null): KeyPlace {
  if (!target) return 'free';
  if (target.closest(OVERLAY)) return 'overlay';
  if (target.closest(TEXT)) return 'text';
  // The time line is a slider whose keys are the actions' own.
  if (target.closest('[data-keys=actions]')) return 'free';
  return target.closest(WIDGET) ? 'widget' : 'free';
}

/** Keys that a focused widget needs for itself. */
const WIDGET_KEYS = /^(Shift\+)?(Arrow(Left|Right|Up|Down)|Home|End|PageUp|PageDown|Space|Enter|Tab)$/;
/** Keys of text fields. */
const TEXT_KEYS = /^Mod\+(A|C|V|X|Z|B|I|Shift\+Z)$/;

/** The action that a key press means at this place; undefined where the key belongs to what has the focus. */
export function actionFor(keys: string, place: KeyPlace, singleKeys: boolean, actions: readonly Action[] = ACTIONS): Action | undefined {
  if (place === 'overlay') return undefined;
  if (place === 'text' && (isSingleKey(keys) || WIDGET_KEYS.test(keys) || TEXT_KEYS.test(keys))) return undefined;
  if (place === 'widget' && WIDGET_KEYS.test(keys)) return undefined;
  if (isSingleKey(keys) && !singleKeys) return undefined;
  return actions.find((action) => action.keys.includes(keys));
}

/** Handles all keys of the window in one place. Returns the remover. */
export function listenToKeys(singleKeys: () => boolean): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const keys = pressedKey(event);
    // An overlay that is still being loaded has no focus yet, but what is typed is meant for it.
    const place = useUi.getState().overlay ? 'overlay' : keyPlace(event.target instanceof Element ? event.target : null);
    const action = keys && actionFor(keys, place, singleKeys());
    if (!action || isTextCopy(keys)) return;
    event.preventDefault();
    if (action.enabled()) void action.run();
  };
  window.addEventListener('keydown', listener);
  return () => window.removeEventListener('keydown', listener);
}

/** Ctrl+C with selected text copies the text. */
function isTextCopy(keys: string): boolean {
  return keys === 'Mod+C' && (window.getSelection()?.toString() ?? '') !== '';
}
