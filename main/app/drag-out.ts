import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { app, nativeImage } from 'electron';
import type { WebContents } from 'electron';

/** Folders of this run, below one that goes when the program ends: the file manager has copied by then. */
let parent: string | undefined;
const folders = new Set<string>();

/** A fresh folder: two files of one name may be dragged out one after the other. */
export async function createDragFolder(): Promise<string> {
  if (parent === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'streakline-drag-'));
    app.once('quit', () => rmSync(made, { recursive: true, force: true }));
    parent = made;
  }
  const folder = await mkdtemp(join(parent, 'files-'));
  folders.add(folder);
  return folder;
}

/** Nothing but what was written for a drag is ever dragged: the page cannot hand out other files. */
export async function startDrag(contents: WebContents, paths: readonly string[]): Promise<void> {
  const [first] = paths;
  if (first === undefined || !paths.every((path) => folders.has(dirname(resolve(path))))) throw new Error('refused: these files were not made to be dragged');
  for (const path of paths) await stat(path);
  const icon = await app.getFileIcon(first).catch(() => nativeImage.createEmpty());
  contents.startDrag({ file: first, ...(paths.length > 1 ? { files: [...paths] } : {}), icon: icon.isEmpty() ? blankIcon() : icon });
}

/** Electron refuses a drag without a picture. */
function blankIcon(): Electron.NativeImage {
  const size = 16;
  return nativeImage.createFromBitmap(Buffer.alloc(size * size * 4, 0xc0), { width: size, height: size });
}
