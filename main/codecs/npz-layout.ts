import type { FrameInfo } from '../../shared/model/frames.ts';

/*
 * Our layout of a NumPy archive (docs/formats/npz.md): a description, and one array a stored component, either of all buffers
 *   frame0/PIXEL.npy            [buffer, plane, height, width]
 * or, where buffers differ, of each buffer
 *   buffer0/frame0/PIXEL.npy    [plane, height, width]
 */
export const NPZ_DESCRIPTION = 'streakline.json';

export type NpzLayout = 'stack' | 'buffers';

/** Folder of the arrays of a frame. */
export function frameFolder(layout: NpzLayout, buffer: number, frame: number): string {
  return layout === 'stack' ? `frame${frame}/` : `buffer${buffer}/frame${frame}/`;
}

/** Characters that are no file names on some system, so that an archive can be unpacked anywhere. */
const UNSAFE = /[\\/:*?"<>|\p{Cc}]/gu;

/** File names of the stored components of a frame, in their order: the same names in writer and reader. */
export function componentFiles(frame: FrameInfo): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const taken = new Set(['x', 'y', 'z']);
  for (const { name } of frame.components.filter(({ stored }) => stored)) {
    const plain = name.replace(UNSAFE, '_');
    let free = plain;
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${plain}_${n}`;
    taken.add(free.toLowerCase());
    files.set(name, `${free}.npy`);
  }
  return files;
}
