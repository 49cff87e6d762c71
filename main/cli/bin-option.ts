import { DataError } from '../../shared/model/data-error.ts';
import type { OpenOptions } from '../host/open-path.ts';
import type { CommandCall } from './command.ts';
import { conditionTexts } from './particle-wish.ts';
import { textOption } from './given-options.ts';

/** `--bin Z,Y,X`, and with it `--fit`, `--where` and `--every`, as the reader options that open particles as vectors in cells. */
export function withBin(open: OpenOptions, call: CommandCall): OpenOptions {
  const text = textOption(call, 'bin');
  if (text === undefined) return open;
  const cells = text.split(',');
  if (cells.length !== 3)
    throw new DataError('invalid-option', `--bin is a number of cells for each of z, y and x, got '${text}'.`, {
      field: 'bin',
      hint: 'Example: --bin 10,20,40; 1 for z makes plane fields.',
    });
  if (open.options?.['bin'] !== undefined)
    throw new DataError('invalid-option', '--bin and -o bin say the same; give one of them.', { field: 'bin' });
  const fit = textOption(call, 'fit');
  const conditions = conditionTexts(call);
  const tracks = { ...(fit === undefined ? {} : { fit }), ...(conditions.length === 0 ? {} : { where: conditions.join(';') }) };
  return { ...open, options: { ...open.options, bin: cells.reverse().join(','), ...tracks } };
}
