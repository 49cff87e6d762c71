import * as z from 'zod/mini';
import { DataError } from '../../../shared/model/data-error.ts';

const number = z.custom<number>((value) => typeof value === 'number', 'expected number');
const index = z.int().check(z.nonnegative());

const listSchema = z.array(
  z.object({
    name: z.string(),
    state: z.enum(['present', 'blank', 'missing']),
    time: z.exactOptional(z.object({ seconds: number, source: z.string() })),
    description: z.exactOptional(index),
    apart: z.exactOptional(z.array(index)),
  }),
);

export type ListedBuffer = z.infer<typeof listSchema>[number];

/** The text /buffers/list of a tree, decoded; `malformed` names the bad entry. */
export function parseTreeList(value: unknown, path: string): readonly ListedBuffer[] {
  const parsed = listSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = `/buffers/list ${issue?.path.join('.') ?? ''}`;
  throw new DataError('malformed', `The list of buffers in ${path} is damaged at ${field}: ${issue?.message ?? 'not valid'}.`, {
    path,
    field,
  });
}

/** Half-open ranges of buffers that were not there when the tree was written. */
export function missingRanges(list: readonly ListedBuffer[]): readonly (readonly [from: number, to: number])[] {
  const ranges: [from: number, to: number][] = [];
  for (const [index, { state }] of list.entries()) {
    if (state !== 'missing') continue;
    const last = ranges[ranges.length - 1];
    if (last?.[1] === index) last[1] = index + 1;
    else ranges.push([index, index + 1]);
  }
  return ranges;
}
