import { DataError } from '../../../shared/model/data-error.ts';
import { sampleBytes } from '../../../shared/model/dtype.ts';
import { MAX_DESCRIPTION_BYTES } from '../../codecs/frame-description.ts';
import { MX } from '../../codecs/mat5/types.ts';
import type { MatVariable } from '../../codecs/mat5/read.ts';

/** The characters of a text variable. */
export async function readMatText(variable: MatVariable, path: string): Promise<string> {
  const { real, mxClass } = variable;
  if (mxClass !== MX.char || !real)
    throw new DataError('malformed', `${variable.name} in ${path} is no text.`, { path, field: variable.name });
  const unit = sampleBytes(real.dtype);
  const length = real.samples * unit;
  if (length > MAX_DESCRIPTION_BYTES) {
    throw new DataError('too-large', `The text ${variable.name} in ${path} has ${length} bytes; the limit is ${MAX_DESCRIPTION_BYTES}.`, {
      path,
      field: variable.name,
    });
  }
  const source = await variable.source();
  const bytes = await source.read(real.at, length);
  if (unit === 1) return new TextDecoder().decode(bytes);
  return new TextDecoder(source.littleEndian ? 'utf-16le' : 'utf-16be').decode(bytes);
}
