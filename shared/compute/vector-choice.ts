import type { FrameInfo } from '../model/frames.ts';

/*
 * Derived vector components follow the stored choice of every vector. `u@2` names the same component for one choice, whatever
 * ACTIVE_CHOICE says: 0-3 are the stored sets for all vectors; 4 (smoothed) and 5 (filled) are marks of processing, so they show the last
 * stored set of the vectors that carry the mark, and the others count as outside of the choices (`state@4`, `state@5`).
 */

export const SMOOTHED = 4;
export const FILLED = 5;

/** Names that take a choice. */
const CHOOSING: ReadonlySet<string> = new Set(['u', 'v', 'w', 'speed', 'state']);

/** The name of a component for one choice; the name itself where it does not depend on choices, or none is given. */
export function atChoice(component: string, choice: number | undefined): string {
  return choice !== undefined && CHOOSING.has(component) ? `${component}@${choice}` : component;
}

/** A name taken apart; undefined `choice` = the one in effect. */
export function splitChoice(component: string): { readonly name: string; readonly choice: number | undefined } {
  const [, name, digit] = /^(\w+)@([0-5])$/.exec(component) ?? [];
  return name !== undefined && CHOOSING.has(name) ? { name, choice: Number(digit) } : { name: component, choice: undefined };
}

/** Choices that a frame can be asked for; marks of processing only where vectors have more than one stored set. */
export function offeredChoices(frame: Pick<FrameInfo, 'kind' | 'choices'>): readonly number[] {
  if (frame.kind !== 'vector' || frame.choices < 2) return [];
  return [...Array.from({ length: frame.choices }, (_, choice) => choice), SMOOTHED, FILLED];
}
