import { unitScale, type Scale } from '../../../shared/model/scale.ts';

/** Many operations of DaVis expect 500 to 2000 voxels in each direction; this many are aimed at. */
const VOXELS = 1000;
/** Up to this ratio of the longest to the shortest side all axes get the same scale, and still stay in between. */
const SAME_SCALE_RATIO = 3.6;

/** Scales for positions that come without: the same for all axes where their extents allow it, with two digits. */
export function proposeScales(low: readonly number[], high: readonly number[]): readonly [x: Scale, y: Scale, z: Scale] {
  const extents = low.map((from, axis) => {
    const extent = (high[axis] as number) - from;
    return extent > 0 && Number.isFinite(extent) ? extent : 0;
  });
  const positive = extents.filter((extent) => extent > 0);
  const [least, most] = [Math.min(...positive), Math.max(...positive)];
  const common = most / least <= SAME_SCALE_RATIO ? Math.sqrt(least * most) : undefined;
  const scaleOf = (axis: number): Scale => {
    const extent = common ?? (extents[axis] || most);
    if (!(extent > 0 && Number.isFinite(extent))) return unitScale('');
    const slope = Number((extent / VOXELS).toPrecision(2));
    const start = low[axis] as number;
    return {
      slope,
      offset: Number.isFinite(start) ? Number((Math.floor(start / slope) * slope).toPrecision(12)) : 0,
      unit: '',
      description: '',
    };
  };
  return [scaleOf(0), scaleOf(1), scaleOf(2)];
}
