import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { app } from 'electron';

const EXAMPLE = join('examples', 'cylinder-wake');

/** Beside the program's resources where it is packed, in the repository otherwise. */
export async function examplePath(): Promise<string | undefined> {
  const path = join(app.isPackaged ? process.resourcesPath : app.getAppPath(), EXAMPLE);
  const found = await stat(path).catch(() => undefined);
  return found ? path : undefined;
}
