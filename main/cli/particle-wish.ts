import { parseDifferentiation } from '../../shared/compute/particles/differentiation.ts';
import { parseSelection } from '../../shared/compute/particles/selection-text.ts';
import { DIFFERENCE, type Differentiation, type TrackSelection } from '../../shared/model/track-selection.ts';
import type { CommandCall } from './command.ts';
import { textOption } from './given-options.ts';

/** What `--where`, `--every`, `--add` and `--fit` ask for. */
export interface ParticleWish {
  /** Absent = all tracks. */
  readonly selection?: TrackSelection;
  readonly add: readonly string[];
  readonly differentiation: Differentiation;
}

/** `--where` and `--every` as texts of a selection. */
export function conditionTexts(call: CommandCall): readonly string[] {
  const { where } = call.options;
  const every = textOption(call, 'every');
  return [...(Array.isArray(where) ? (where as readonly string[]) : []), ...(every === undefined ? [] : [`every=${every}`])];
}

export function particleWish(call: CommandCall): ParticleWish {
  const conditions = conditionTexts(call);
  const fit = textOption(call, 'fit');
  return {
    ...(conditions.length > 0 ? { selection: parseSelection(conditions) } : {}),
    add:
      textOption(call, 'add')
        ?.split(',')
        .map((name) => name.trim()) ?? [],
    differentiation: fit === undefined ? DIFFERENCE : parseDifferentiation(fit),
  };
}
