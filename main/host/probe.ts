import type { ProbeCandidate } from '../../shared/contract/listing.ts';
import { toDataError } from '../../shared/model/data-error.ts';
import type { Dataset } from '../../shared/model/dataset.ts';
import type { Candidate, Format } from '../formats/format.ts';
import { FORMATS } from '../formats/registry.ts';

/** Every format's opinion of a candidate, surest first; equal ones in the order of the registry. A failed probe is a score of 0 with the reason. */
export async function probeCandidate(candidate: Candidate): Promise<readonly ProbeCandidate[]> {
  const answers = [];
  // One after the other: the read budget is shared, and the first head that is read serves all.
  for (const format of FORMATS) answers.push(await probeFormat(format, candidate));
  return answers.sort((a, b) => b.score - a.score);
}

async function probeFormat(format: Format<Dataset>, candidate: Candidate): Promise<ProbeCandidate> {
  try {
    const { score, reason } = await format.probe(candidate);
    return { format: format.id, label: format.label, score, reason };
  } catch (error) {
    return { format: format.id, label: format.label, score: 0, reason: toDataError(error).message };
  }
}
