import { DataError } from '../../../shared/model/data-error.ts';
import type { FrameDataset, ReadOptions } from '../../../shared/model/dataset.ts';
import type { TypedArray } from '../../../shared/model/dtype.ts';
import type { FrameInfo } from '../../../shared/model/frames.ts';
import { MAX_DESCRIPTION_BYTES, parseDescription, type BufferDescription, type Description } from '../../codecs/frame-description.ts';
import { TAG, TIFF_DESCRIPTION_MARK } from '../../codecs/tiff/layout.ts';
import { readPageLayout } from '../../codecs/tiff/page.ts';
import { firstTextByte, tagText, type TiffFile } from '../../codecs/tiff/read-directory.ts';
import { readPage } from '../../codecs/tiff/read-page.ts';
import { describedDataset, describedInfo, missingBefore, type StoredPlaneRef } from '../described-dataset.ts';

/** First byte of TIFF_DESCRIPTION_MARK. */
const MARK_BYTE = TIFF_DESCRIPTION_MARK.charCodeAt(0);

/** The description of a page; undefined where it has none of ours. */
export async function pageDescription(tiff: TiffFile, page: number, options: ReadOptions): Promise<Description | undefined> {
  const directory = tiff.pages[page];
  if (!directory || firstTextByte(directory, TAG.description) !== MARK_BYTE) return undefined;
  const text = await tagText(tiff, directory, TAG.description, MAX_DESCRIPTION_BYTES, options);
  return text?.startsWith(TIFF_DESCRIPTION_MARK)
    ? parseDescription(text.slice(TIFF_DESCRIPTION_MARK.length), { path: tiff.file.name, offset: directory.offset })
    : undefined;
}

/**
 * Our own file: the first page of every buffer has its description; then come the stored components of its frames, plane by plane, in
 * the order of the description.
 */
export function describedTiff(
  tiff: TiffFile,
  first: Description,
  file: { readonly format: string; readonly title: string; close(): Promise<void> },
): FrameDataset {
  const path = tiff.file.name;
  const starts = tiff.pages.flatMap((page, i) => (firstTextByte(page, TAG.description) === MARK_BYTE ? [i] : []));
  const missing = first.dataset?.missing ?? [];
  const buffers = starts.length + missingBefore(missing, Number.POSITIVE_INFINITY);
  const info = describedInfo({ format: file.format, kind: 'TIFF file', path, title: file.title, buffers }, first.dataset);
  const readBuffer = async (index: number, options: ReadOptions): Promise<BufferDescription> => {
    const description = await pageDescription(tiff, starts[index] ?? 0, options);
    const [buffer] = description?.buffers ?? [];
    if (!buffer) throw new DataError('malformed', `Page ${starts[index]} does not describe a buffer.`, { path, field: 'ImageDescription' });
    const pages = (starts[index + 1] ?? tiff.pages.length) - (starts[index] ?? 0);
    const needed = buffer.frames.reduce((sum, frame) => sum + framePages(frame), 0);
    if (pages < needed)
      throw new DataError('truncated', `Buffer ${index} needs ${needed} pages, the file has ${pages} of it.`, {
        path,
        field: 'ImageDescription',
      });
    return buffer;
  };
  return describedDataset({
    info,
    openBuffer: async (place, options) => {
      const index = place - missingBefore(missing, place);
      const description = await readBuffer(index, options);
      return {
        description,
        plane: (ref, asked) => readPlane(tiff, (starts[index] ?? 0) + pageOf(description, ref), ref, asked),
      };
    },
    close: file.close,
  });
}

function storedNames(frame: FrameInfo): readonly string[] {
  return frame.components.filter(({ stored }) => stored).map(({ name }) => name);
}

function framePages(frame: FrameInfo): number {
  return storedNames(frame).length * frame.planes;
}

/** Page of a plane, counted from the first one of its buffer. */
function pageOf(buffer: BufferDescription, ref: StoredPlaneRef): number {
  const before = buffer.frames.slice(0, ref.frame).reduce((sum, frame) => sum + framePages(frame), 0);
  const frame = buffer.frames[ref.frame] as FrameInfo;
  return before + storedNames(frame).indexOf(ref.component.name) * frame.planes + ref.plane;
}

async function readPlane(tiff: TiffFile, index: number, ref: StoredPlaneRef, options: ReadOptions): Promise<TypedArray> {
  const directory = tiff.pages[index];
  if (!directory) throw new DataError('internal', `There is no page ${index}.`);
  const page = await readPageLayout(tiff, directory, options);
  // TIFF has no truth values: they are bytes.
  const dtype = ref.component.dtype === 'b1' ? 'u1' : ref.component.dtype;
  if (page.dtype !== dtype || page.samples !== 1) {
    const message = `Page ${index} has samples of ${page.dtype}, its description says ${ref.component.dtype}.`;
    throw new DataError('malformed', message, { path: tiff.file.name, offset: directory.offset, field: ref.component.name });
  }
  return (await readPage(tiff, page, options))[0] as TypedArray;
}
