import type { Action } from './action.ts';

/** Keys that a person gave to commands in place of their own, by the command's id; an empty list = none. */
export type KeyChanges = Readonly<Record<string, readonly string[]>>;

type Keyed = Pick<Action, 'id' | 'keys'>;

/** Keys that windows and dialogs need for themselves. */
const RESERVED: ReadonlySet<string> = new Set(['Escape', 'Tab', 'Shift+Tab', 'Enter', 'Backspace', 'Delete']);

export function isAssignable(keys: string): boolean {
  return !RESERVED.has(keys);
}

export function keysOf({ id, keys }: Keyed, changes: KeyChanges): readonly string[] {
  return changes[id] ?? keys;
}

/** The command that a key means, of those other than `but`. */
export function ownerOf<A extends Keyed>(keys: string, actions: readonly A[], changes: KeyChanges, but?: string): A | undefined {
  return actions.find((action) => action.id !== but && keysOf(action, changes).includes(keys));
}

/** One key for a command, taken from whoever had it; the command's own keys where `keys` is undefined. `actions` with their own keys. */
export function changeKeys(actions: readonly Keyed[], changes: KeyChanges, id: string, keys: readonly string[] | undefined): KeyChanges {
  const { [id]: _old, ...others } = changes;
  const own = keys ?? actions.find((action) => action.id === id)?.keys ?? [];
  const next: Record<string, readonly string[]> = { ...others, ...(keys ? { [id]: keys } : {}) };
  for (const action of actions) {
    const had = keysOf(action, changes);
    if (action.id !== id && had.some((each) => own.includes(each))) next[action.id] = had.filter((each) => !own.includes(each));
  }
  return next;
}
