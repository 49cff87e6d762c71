import { DataError } from '../../shared/model/data-error.ts';
import type { OptionValue } from '../../shared/model/option.ts';

/** The option `level`: 0 (no compression) to 9. */
export function levelOption(value: OptionValue): number {
  if (typeof value === 'number' && value >= 0 && value <= 9) return value;
  throw new DataError('invalid-option', `level must be in 0 to 9, got ${String(value)}.`, { field: 'level' });
}
