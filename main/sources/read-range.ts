import { DataError } from '../../shared/model/data-error.ts';

/** `truncated` where fewer than `length` bytes lie behind `offset`; before anything is allocated. */
export function checkRange(source: { readonly name: string; readonly size: number }, offset: number, length: number): void {
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0) {
    throw new DataError('malformed', `Asked for ${length} bytes at offset ${offset}, which is no place in a file.`, { path: source.name });
  }
  if (offset + length > source.size) throw truncated(source.name, offset, length, Math.max(0, source.size - offset));
}

export function truncated(path: string, offset: number, needed: number, present: number): DataError {
  return new DataError('truncated', `The file ends too early: ${needed} bytes are needed at offset ${offset}, ${present} are there.`, {
    path,
    offset,
  });
}
