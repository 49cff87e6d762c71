import type { Attributes } from '../../../shared/model/attributes.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { ComponentInfo, FrameInfo } from '../../../shared/model/frames.ts';
import { unitScale, type Scale } from '../../../shared/model/scale.ts';
import { PHOTOMETRIC, TAG } from '../../codecs/tiff/layout.ts';
import type { TiffPage } from '../../codecs/tiff/page.ts';
import { tagNumbers, tagText, type TiffFile } from '../../codecs/tiff/read-directory.ts';
import { imageJFacts } from './image-j.ts';

/** Longer texts of other programs are not shown as attributes. */
const MAX_TEXT_BYTES = 256 * 1024;
const UNITS: readonly string[] = ['', 'none', 'inch', 'cm'];

/** Names of the samples of a pixel: PIXEL; R G B and A; or numbered. */
export function sampleNames(page: TiffPage): readonly string[] {
  if (page.samples === 1) return ['PIXEL'];
  const known = page.photometric === PHOTOMETRIC.rgb ? ['R', 'G', 'B', 'A'] : page.samples === 2 ? ['PIXEL', 'A'] : [];
  return Array.from({ length: page.samples }, (_, i) => known[i] ?? `PIXEL${i}`);
}

/** A page of another program's file as a frame: positions in pixels, except where ImageJ names a unit. */
export async function pageFrame(tiff: TiffFile, page: TiffPage, planes: number, options: ReadOptions): Promise<FrameInfo> {
  const counts = unitScale('');
  const attributes = await pageAttributes(tiff, page, options);
  const description = attributes.ImageDescription;
  const imageJ = typeof description === 'string' ? imageJFacts(description) : undefined;
  const position = (tag: string): Scale => {
    const resolution = attributes[tag];
    if (!imageJ?.unit || typeof resolution !== 'number' || !(resolution > 0)) return unitScale('pixel');
    return { slope: 1 / resolution, offset: 0, unit: imageJ.unit, description: '' };
  };
  return {
    kind: 'image',
    shape: [page.height, page.width],
    planes,
    grid: [1, 1, 1],
    scales: {
      x: position('XResolution'),
      y: position('YResolution'),
      z: imageJ?.spacing ? { slope: imageJ.spacing, offset: 0, unit: imageJ.unit, description: '' } : unitScale('pixel'),
      i: counts,
    },
    choices: 0,
    dimensions: 0,
    components: sampleNames(page).map(
      (name): ComponentInfo => ({ name, role: 'intensity', dtype: page.dtype, planes, scale: counts, stored: true }),
    ),
    attributes,
  };
}

async function pageAttributes(tiff: TiffFile, page: TiffPage, options: ReadOptions): Promise<Attributes> {
  const text = (tag: number): Promise<string | undefined> => tagText(tiff, page.directory, tag, MAX_TEXT_BYTES, options);
  const number = async (tag: number): Promise<number | undefined> => (await tagNumbers(tiff, page.directory, tag, options))?.[0];
  const unit = await number(TAG.resolutionUnit);
  const found = {
    ImageDescription: await text(TAG.description),
    Software: await text(TAG.software),
    DateTime: await text(TAG.dateTime),
    XResolution: await number(TAG.xResolution),
    YResolution: await number(TAG.yResolution),
    ResolutionUnit: unit === undefined ? undefined : (UNITS[unit] ?? String(unit)),
    PhotometricInterpretation: page.photometric === PHOTOMETRIC.blackIsZero ? undefined : page.photometric,
  };
  return Object.fromEntries(Object.entries(found).filter((entry): entry is [string, string | number] => entry[1] !== undefined));
}
