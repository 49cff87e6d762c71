import { binMosaic, demosaic, type ColorPlanes, type Mosaic } from '../../shared/compute/demosaic.ts';
import type { ColorLayer, SampledField } from '../../shared/draw/scene.ts';
import type { NumberArray } from '../../shared/model/dtype.ts';

interface Known {
  readonly mosaic: Mosaic;
  readonly binned: boolean;
  readonly planes: ColorPlanes;
}

const last = new WeakMap<NumberArray, Known>();

/**
 * Colours of a mosaic; where several samples fall on a pixel (`binned`) one for each 2 x 2 block is enough. A binned sample lies in the
 * middle of its block, half a sample beyond its first one, which is below what can be seen at that size.
 */
export function mosaicFields(field: SampledField, mosaic: Mosaic, binned: boolean): ColorLayer['fields'] {
  const { data, width, height, slope, offset, x, y } = field;
  const known = last.get(data);
  const usable = known && known.mosaic === mosaic && known.binned === binned;
  const planes = usable ? known.planes : (binned ? binMosaic : demosaic)(data, width, height, mosaic);
  last.set(data, { mosaic, binned, planes });
  const place = { width: planes.width, height: planes.height, x, y, step: binned ? 2 : 1, slope, offset };
  return [
    { ...place, data: planes.red },
    { ...place, data: planes.green },
    { ...place, data: planes.blue },
  ];
}
