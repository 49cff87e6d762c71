import type { GrowthChange, ReadOptions } from '../../../shared/model/dataset.ts';
import type { SetContent } from './set-content.ts';

export interface ContentChange extends GrowthChange {
  /** What is shown from now on: all that is there, less what is only written in part. */
  readonly accepted: SetContent;
}

/**
 * What became of a set. The last buffer counts only when it can be read whole, so that one that is being written is never taken for a
 * damaged one; a known buffer that is being written again keeps its old version until then.
 */
export async function compareContents(before: SetContent, now: SetContent, options?: ReadOptions): Promise<ContentChange> {
  const versions = new Map(now.versions);
  const rewritten: number[] = [];
  let pending = false;
  for (const [index, version] of before.versions) {
    const current = now.versions.get(index);
    if (current === undefined || current === version) continue;
    if (await now.isComplete(index, options)) rewritten.push(index);
    else {
      versions.set(index, version);
      pending = true;
    }
  }
  const last = now.count - 1;
  const isLate = now.count > before.count && !(await now.isComplete(last, options));
  const accepted = isLate ? withoutLast(now, versions) : { ...now, versions };
  return { accepted, rewritten, pending: pending || isLate, changed: differ(before, accepted) };
}

/** Without the last buffer, and without the gap that may lie before it. */
function withoutLast(content: SetContent, versions: Map<number, string>): SetContent {
  const last = content.count - 1;
  versions.delete(last);
  const gap = content.missing.find(([, to]) => to === last);
  const count = gap ? gap[0] : last;
  return { ...content, versions, count, present: content.present - 1, missing: content.missing.filter((range) => range !== gap) };
}

function differ(before: SetContent, after: SetContent): boolean {
  return (
    before.count !== after.count || before.present !== after.present || JSON.stringify(before.missing) !== JSON.stringify(after.missing)
  );
}
