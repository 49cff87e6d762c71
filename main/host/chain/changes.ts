import type { Attributes } from '../../../shared/model/attributes.ts';

const CHANGES_ATTRIBUTE = '_StreaklineChanges';

/** Attributes with what was chosen and computed, behind what they tell of earlier changes. */
export function addChanges(attributes: Attributes, changes: readonly string[]): Attributes {
  const before = attributes[CHANGES_ATTRIBUTE];
  return { ...attributes, [CHANGES_ATTRIBUTE]: [...(typeof before === 'string' ? [before] : []), ...changes].join('; ') };
}
