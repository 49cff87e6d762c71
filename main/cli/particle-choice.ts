import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseSelection } from '../../shared/compute/particles/selection-text.ts';
import type { ParticleChoice } from '../../shared/contract/methods.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { Differentiation } from '../../shared/model/track-selection.ts';
import { fileError } from '../sources/file-error.ts';
import type { OpenOptions } from '../host/open-path.ts';
import type { CommandCall } from './command.ts';
import { textOption } from './given-options.ts';

/** Which particles are wanted and what is computed for them; undefined where no option says anything about it. */
export function particleChoice(call: CommandCall): ParticleChoice | undefined {
  const { where } = call.options;
  const every = textOption(call, 'every');
  const texts = [...(Array.isArray(where) ? (where as readonly string[]) : []), ...(every === undefined ? [] : [`every=${every}`])];
  const add = textOption(call, 'add')?.split(',').map((name) => name.trim()).filter((name) => name !== '');
  const fit = textOption(call, 'fit');
  if (texts.length === 0 && add === undefined && fit === undefined) return undefined;
  return {
    ...(texts.length > 0 ? { selection: parseSelection(texts) } : {}),
    ...(add ? { add } : {}),
    ...(fit === undefined ? {} : { differentiation: parseFit(fit) }),
  };
}

function parseFit(text: string): Differentiation {
  const [, order, length] = /^\s*([123])\s*,\s*(\d{1,4})\s*$/.exec(text) ?? [];
  if (order === undefined) throw new DataError('invalid-option', `--fit must be an order of 1 to 3 and an odd number of points, such as 2,7, got '${text}'.`, { field: 'fit' });
  return { method: 'fit', order: Number(order) as 1 | 2 | 3, length: Number(length) };
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
    if (!text.trimStart().startsWith('{')) throw new DataError('malformed', `${place} is no JSON object.`, { path: place, field: 'description' });
    return { ...open, options: { ...open.options, description: text } };
  }
  throw fileError(Object.assign(new Error('no such file'), { code: 'ENOENT' }), resolve(description));
}
