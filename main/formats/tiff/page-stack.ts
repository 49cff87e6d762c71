import { DataError } from '../../../shared/model/data-error.ts';
import type { FrameDataset, ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { sampleBytes, type TypedArray } from '../../../shared/model/dtype.ts';
import type { FrameInfo } from '../../../shared/model/frames.ts';
import type { BufferDescription } from '../../codecs/frame-description.ts';
import { COMPRESSION, TAG } from '../../codecs/tiff/layout.ts';
import { readPageLayout, type TiffPage } from '../../codecs/tiff/page.ts';
import { tagNumbers, type TiffDirectory, type TiffFile } from '../../codecs/tiff/read-directory.ts';
import { readPage } from '../../codecs/tiff/read-page.ts';
import { decodeSamples } from '../../codecs/sample-type.ts';
import { describedDataset, describedInfo, type DescribedBuffer, type StoredPlaneRef } from '../described-dataset.ts';
import { imageJFacts } from './image-j.ts';
import { pageFrame, sampleNames } from './page-frame.ts';

/** What pages are: buffers of their own, planes of one volume, or frames of one buffer. */
export type PageRole = 'buffers' | 'planes' | 'frames';

/** One picture of a file: a page, or one of the pictures behind the only directory of a big ImageJ stack. */
interface Picture {
  readonly directory: TiffDirectory;
  /** Place behind the directory's own picture, in pictures. */
  readonly behind: number;
}

/** Reduced pictures (bit 0 of NewSubfileType) are copies of others. */
const REDUCED = 1;

/** Pages of another program's file. */
export async function pageStack(
  tiff: TiffFile,
  file: { readonly format: string; readonly title: string; readonly role: PageRole; close(): Promise<void> },
  options: ReadOptions,
): Promise<FrameDataset> {
  const { pictures, reduced } = await findPictures(tiff, options);
  const first = await pictureAt(tiff, pictures, 0, options);
  const buffers = file.role === 'buffers' ? pictures.length : 1;
  const warnings: readonly Warning[] =
    reduced === 0
      ? []
      : [{ code: 'reduced-pages', message: `${reduced} pages with smaller copies of others are left out.`, path: tiff.file.name }];
  const facts = { format: file.format, kind: 'TIFF file', path: tiff.file.name, title: file.title, buffers, warnings };
  const info = describedInfo(
    { ...facts, rawDtype: `${tiff.little ? '<' : '>'}${first.page.dtype}`, diagnostics: diagnostics(tiff, first.page) },
    undefined,
  );
  return describedDataset({
    info,
    openBuffer: (index, asked) =>
      openPictures(tiff, file.role === 'buffers' ? pictures.slice(index, index + 1) : pictures, file.role, asked),
    close: file.close,
  });
}

function diagnostics(tiff: TiffFile, page: TiffPage): readonly { readonly name: string; readonly value: string }[] {
  return [
    { name: 'TIFF', value: `${tiff.isBig ? 'BigTIFF' : 'classic'}, ${tiff.little ? 'little' : 'big'} endian` },
    { name: 'pages', value: String(tiff.pages.length) },
    {
      name: 'compression',
      value: Object.entries(COMPRESSION).find(([, code]) => code === page.compression)?.[0] ?? String(page.compression),
    },
    { name: page.isTiled ? 'tiles' : 'strips', value: page.chunk.join(' x ') },
  ];
}

async function findPictures(
  tiff: TiffFile,
  options: ReadOptions,
): Promise<{ readonly pictures: readonly Picture[]; readonly reduced: number }> {
  const [only] = tiff.pages;
  if (only && tiff.pages.length === 1) {
    const page = await readPageLayout(tiff, only, options);
    const { attributes } = await pageFrame(tiff, page, 1, options);
    const text = attributes.ImageDescription;
    const images = typeof text === 'string' ? (imageJFacts(text)?.images ?? 0) : 0;
    if (images > 1 && page.compression === COMPRESSION.none) return { pictures: behindEachOther(tiff, only, page, images), reduced: 0 };
  }
  const kept: Picture[] = [];
  for (const directory of tiff.pages) {
    const subfile = directory.entries.has(TAG.subfile) ? ((await tagNumbers(tiff, directory, TAG.subfile, options))?.[0] ?? 0) : 0;
    if ((subfile & REDUCED) === 0) kept.push({ directory, behind: 0 });
  }
  if (kept.length === 0) return { pictures: tiff.pages.map((directory) => ({ directory, behind: 0 })), reduced: 0 };
  return { pictures: kept, reduced: tiff.pages.length - kept.length };
}

function behindEachOther(tiff: TiffFile, directory: TiffDirectory, page: TiffPage, images: number): readonly Picture[] {
  const fitting = Math.floor(tiff.file.size / Math.max(1, pictureBytes(page)));
  return Array.from({ length: Math.min(images, Math.max(1, fitting)) }, (_, behind) => ({ directory, behind }));
}

function pictureBytes(page: TiffPage): number {
  return page.width * page.height * page.samples * sampleBytes(page.dtype);
}

async function pictureAt(
  tiff: TiffFile,
  pictures: readonly Picture[],
  index: number,
  options: ReadOptions,
): Promise<{ readonly page: TiffPage; readonly picture: Picture }> {
  const picture = pictures[index];
  if (!picture)
    throw new DataError('out-of-range', `There is no page ${index}: the file has ${pictures.length}.`, { path: tiff.file.name });
  return { page: await readPageLayout(tiff, picture.directory, options), picture };
}

async function openPictures(tiff: TiffFile, pictures: readonly Picture[], role: PageRole, options: ReadOptions): Promise<DescribedBuffer> {
  const first = await pictureAt(tiff, pictures, 0, options);
  const frames: FrameInfo[] = [];
  if (role === 'frames')
    for (let i = 0; i < pictures.length; i++)
      frames.push(await pageFrame(tiff, (await pictureAt(tiff, pictures, i, options)).page, 1, options));
  else frames.push(await pageFrame(tiff, first.page, role === 'planes' ? pictures.length : 1, options));
  const read = decodedOnce(tiff);
  const description: BufferDescription = {
    state: 'present',
    name: `page ${tiff.pages.indexOf(first.picture.directory) + first.picture.behind}`,
    frames,
    attributes: {},
  };
  return {
    description,
    plane: async (ref, asked) => {
      const { page, picture } = await pictureAt(tiff, pictures, role === 'planes' ? ref.plane : ref.frame, asked);
      checkAlike(tiff, page, ref);
      return (await read(page, picture, asked))[sampleNames(page).indexOf(ref.component.name)] as TypedArray;
    },
  };
}

/** R, G and B are asked for one after the other, and stand together: the last decoded picture is kept. */
function decodedOnce(tiff: TiffFile): (page: TiffPage, picture: Picture, options: ReadOptions) => Promise<readonly TypedArray[]> {
  let last: { readonly picture: Picture; readonly samples: readonly TypedArray[] } | undefined;
  return async (page, picture, options) => {
    if (last?.picture === picture) return last.samples;
    const samples = picture.behind === 0 ? await readPage(tiff, page, options) : [await readBehind(tiff, page, picture.behind, options)];
    last = page.samples > 1 ? { picture, samples } : undefined;
    return samples;
  };
}

async function readBehind(tiff: TiffFile, page: TiffPage, behind: number, options: ReadOptions): Promise<TypedArray> {
  const [start = 0] = (await tagNumbers(tiff, page.directory, TAG.stripOffsets, options)) ?? [];
  if (page.samples > 1)
    throw new DataError('unsupported', 'Colour stacks of ImageJ with one directory are not supported.', { path: tiff.file.name });
  const bytes = await tiff.file.read(start + behind * pictureBytes(page), pictureBytes(page), options);
  return decodeSamples({ dtype: page.dtype, littleEndian: tiff.little }, bytes, page.width * page.height);
}

/** A plane of a volume has the samples of its first page. */
function checkAlike(tiff: TiffFile, page: TiffPage, ref: StoredPlaneRef): void {
  if (page.dtype === ref.component.dtype && sampleNames(page).includes(ref.component.name)) return;
  const message = `Page ${ref.plane} has ${page.samples} samples of ${page.dtype} a pixel, the first one others: they make no volume.`;
  throw new DataError('malformed', message, { path: tiff.file.name, offset: page.directory.offset, hint: 'Open it with pages=buffers.' });
}
