import { findNpyText, NPY_START_BYTES, parseNpyHeader } from '../codecs/npy.ts';
import type { Candidate, EntryContent } from './format.ts';

/** Longer headers are not read only to be told of. */
const MAX_TEXT_BYTES = 16 * 1024;
const SIG_DIMS = 2;

/** Sample type and shape as they are read without options: 'f4, 64 x 64 frames of 128 x 128'. */
export async function describeNpy({ entry, head }: Candidate): Promise<EntryContent | undefined> {
  const span = findNpyText(await head(NPY_START_BYTES), { path: entry.name, size: entry.size });
  if (span.textAt + span.length > MAX_TEXT_BYTES) return undefined;
  const text = (await head(span.textAt + span.length)).subarray(span.textAt);
  const { fields, shape } = parseNpyHeader(span, text, entry.name);
  const [first] = fields;
  if (!first) return undefined;
  const type = fields.length === 1 && first.name === '' ? first.type.dtype : fields.map(({ name }) => name).join(', ');
  const nav = shape.slice(0, -SIG_DIMS);
  const sig = shape.slice(-SIG_DIMS).join(' x ');
  const content = fields.some(({ name }) => name === 'u') ? 'vectors' : 'images';
  return {
    detail: `${type}, ${nav.length > 0 ? `${nav.join(' x ')} frame${nav.join() === '1' ? '' : 's'} of ` : ''}${sig || 'one number'}`,
    content,
  };
}
