import type { ProbeCandidate } from '../../shared/contract/listing.ts';

/** A reader is trusted from this score on. */
const SURE_SCORE = 0.5;
/** Up to this score a reader goes by the name of a file alone. */
const NAME_SCORE = 0.25;
/** Two readers closer than this are a doubt. Scores are given in steps of 0.05, and one step is no doubt, whatever the arithmetic makes of it. */
const DOUBT = 0.049;

export type OpenDecision = 'open' | 'ask' | 'unknown';

/**
 * What to do with a path: open it at once, ask which reader to take, or nothing recognises it. A reader that goes by the name alone is taken
 * too where it is the best: what it finds wrong with the file says more than a question.
 */
export function decideOpen(candidates: readonly ProbeCandidate[]): OpenDecision {
  const [best, second] = candidates.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
  if (!best) return 'unknown';
  const doubtful = best.score > NAME_SCORE && best.score < SURE_SCORE;
  return doubtful || (second && best.score - second.score < DOUBT) ? 'ask' : 'open';
}
