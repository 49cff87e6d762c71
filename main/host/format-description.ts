import type { FormatDescription } from '../../shared/contract/listing.ts';
import type { Format } from '../formats/format.ts';

/** A format as the open dialog and the command line show it. */
export function describeFormat({
  id,
  label,
  extensions,
  options,
}: Pick<Format, 'id' | 'label' | 'extensions' | 'options'>): FormatDescription {
  return { id, label, extensions, options: Object.entries(options).map(([name, spec]) => ({ name, ...spec })) };
}
