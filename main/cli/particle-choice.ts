import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ParticleChoice } from '../../shared/contract/conversions.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { fileError } from '../sources/file-error.ts';
import type { OpenOptions } from '../host/open-path.ts';
import type { CommandCall } from './command.ts';
import { particleWish } from './particle-wish.ts';

const OPTIONS = ['where', 'every', 'add', 'fit'];

/** Which particles are wanted and what is computed for them; undefined where no option says anything about it, or `--bin` makes options of the reader of them. */
export function particleChoice(call: CommandCall): ParticleChoice | undefined {
  if (call.options['bin'] !== undefined) {
    if (call.options['add'] === undefined) return undefined;
    throw new DataError('invalid-option', '--bin has velocities of its own; --add does not go with it.', { field: 'add' });
  }
  return OPTIONS.some((name) => call.options[name] !== undefined) ? particleWish(call) : undefined;
}

/**
 * A description that does not lie beside its table is looked for where the command is called, and handed over as text: readers do not leave
 * the folders of what they open.
 */
export async function withDescription(open: OpenOptions, path: string | undefined): Promise<OpenOptions> {
  const { description } = open.options ?? {};
  if (typeof description !== 'string' || path === undefined) return open;
  for (const place of [resolve(dirname(path), description), resolve(description)]) {
    const text = await readFile(place, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    if (!text.trimStart().startsWith('{'))
      throw new DataError('malformed', `${place} is no JSON object.`, { path: place, field: 'description' });
    return { ...open, options: { ...open.options, description: text } };
  }
  throw fileError(Object.assign(new Error('no such file'), { code: 'ENOENT' }), resolve(description));
}
