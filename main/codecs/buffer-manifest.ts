import * as z from 'zod/mini';
import { DataError } from '../../shared/model/data-error.ts';
import { checkDescription, descriptionText, isDescription, type DatasetDescription } from './frame-description.ts';

/*
 * A folder with one file per buffer holds streakline.json: the description of the dataset with
 *   "files": { "format": "tiff", "names": ["00000.tif", ...] }
 */
export const MANIFEST_FILE = 'streakline.json';

export interface BufferManifest {
  readonly dataset: DatasetDescription;
  /** Id of the reader of the files. */
  readonly format: string;
  /** File names in the folder, in the order of the buffers. */
  readonly names: readonly string[];
}

export function manifestText({ dataset, format, names }: BufferManifest): string {
  const description = descriptionText({ dataset });
  return `${description.slice(0, -1)},"files":${JSON.stringify({ format, names })}}\n`;
}

/** File names, never paths. */
const schema = z.object({
  files: z.object({ format: z.string(), names: z.array(z.string().check(z.regex(/^[^/\\]+$/), z.regex(/^(?!\.\.?$)/))) }),
});

/** `value` is parsed JSON. */
export function parseManifest(value: unknown, path: string): BufferManifest {
  const files = schema.safeParse(value);
  const description = isDescription(value) ? checkDescription(value, { path }) : undefined;
  if (!files.success || !description?.dataset) {
    throw new DataError('malformed', `${path} does not describe a folder of exported buffers.`, { path, field: 'files' });
  }
  return { dataset: description.dataset, ...files.data.files };
}
