import { parseXml, type XmlElement } from '../../codecs/xml.ts';
import { isDataError } from '../../../shared/model/data-error.ts';
import type { ParticleDatasetInfo, ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { unitScale, type FrameScales, type Scale } from '../../../shared/model/scale.ts';
import { FILES } from './layout.ts';
import type { ParticleFiles } from './particle-files.ts';

export interface ScalesFile {
  readonly scales: FrameScales;
  readonly scalars: ParticleDatasetInfo['scalars'];
  readonly warnings: readonly Warning[];
}

const MAX_BYTES = 4 << 20;
const PLAIN: FrameScales = { x: unitScale('voxel'), y: unitScale('voxel'), z: unitScale('voxel'), i: unitScale('counts') };

/**
 * Scales and names of scales.xml. Positions stay readable without them: what is missing or no number has the scale 1 n + 0, with a warning.
 */
export async function readScalesFile(files: ParticleFiles, scalars: number, options: ReadOptions): Promise<ScalesFile> {
  const path = files.pathOf(FILES.scales);
  const warnings: Warning[] = [];
  const elements = new Map<string, XmlElement>();
  try {
    for (const element of parseXml(await files.readWhole(FILES.scales, MAX_BYTES, options), path).children)
      elements.set(element.name, element);
  } catch (error) {
    if (!isDataError(error, 'malformed', 'missing-companion', 'too-large')) throw error;
    warnings.push({ code: error.code, message: `Without the scales of ${FILES.scales} positions are in voxels: ${error.message}`, path });
  }
  const scaleOf = (name: string, plain: Scale): Scale => {
    const element = elements.get(name);
    if (!element) {
      if (elements.size > 0)
        warnings.push({ code: 'missing-scale', message: `${path} has no ${name}; the stored numbers are shown.`, path });
      return plain;
    }
    const { Factor: factor, Offset: offset, Unit: unit = '', Description: description = '' } = element.attributes;
    const [slope, shift] = [numberOf(factor), numberOf(offset ?? '0')];
    if (slope !== undefined && shift !== undefined) return { slope, offset: shift, unit, description };
    warnings.push({
      code: 'malformed-scale',
      message: `${name} of ${path} has the factor '${factor ?? ''}' and the offset '${offset ?? ''}'; the stored numbers are shown.`,
      path,
    });
    return plain;
  };
  return {
    scales: { x: scaleOf('ScaleX', PLAIN.x), y: scaleOf('ScaleY', PLAIN.y), z: scaleOf('ScaleZ', PLAIN.z), i: scaleOf('ScaleI', PLAIN.i) },
    scalars: Array.from({ length: scalars }, (_, k) => ({
      name: elements.get(`NameScalar${k}`)?.attributes['Name'] ?? '',
      scale: scaleOf(`ScaleScalar${k}`, unitScale('')),
    })),
    warnings,
  };
}

/** A finite decimal number with blanks around it. */
function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
