import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
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
  if (first === undefined || !paths.every((path) => folders.has(dirname(resolve(path)))))
    throw new Error('refused: these files were not made to be dragged');
  for (const path of paths) await stat(path);
  const icon = await app.getFileIcon(first).catch(() => nativeImage.createEmpty());
  contents.startDrag({ file: first, ...(paths.length > 1 ? { files: [...paths] } : {}), icon: icon.isEmpty() ? blankIcon() : icon });
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const MOST_PICTURE_BYTES = 256 * 1024 * 1024;
const ICON_PIXELS = 128;

/** A picture that the page has drawn, as a PNG file of its own; nothing but pictures is written. */
export async function dragPicture(contents: WebContents, name: string, png: Uint8Array): Promise<void> {
  if (!PNG_SIGNATURE.every((byte, at) => png[at] === byte) || png.length > MOST_PICTURE_BYTES)
    throw new Error('refused: this is no PNG picture');
  if (name !== basename(name) || !/^[^<>:"/\\|?*\p{Cc}.][^<>:"/\\|?*\p{Cc}]*\.png$/u.test(name))
    throw new Error(`refused: ${name} is no name of a picture`);
  const path = join(await createDragFolder(), name);
  await writeFile(path, png);
  const icon = nativeImage.createFromBuffer(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
  contents.startDrag({ file: path, icon: icon.isEmpty() ? blankIcon() : icon.resize({ width: ICON_PIXELS }) });
}

/** Electron refuses a drag without a picture. */
function blankIcon(): Electron.NativeImage {
  const size = 16;
  return nativeImage.createFromBitmap(Buffer.alloc(size * size * 4, 0xc0), { width: size, height: size });
}
