import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import type { TrackPoints } from '../../stores/track-points.ts';
import { findColumn } from './column-look.ts';

/** Points of a track with all digits, tab separated with a head, for spreadsheets. Steps and pulses as the window counts them. */
export function pointsText(
  info: ParticleDatasetInfo,
  { count, steps, pulses, times, columns }: TrackPoints,
  names: readonly string[],
): string {
  const head = [
    'step',
    ...(info.pulses > 1 ? ['pulse'] : []),
    'time in s',
    ...names.map((name) => {
      const unit = findColumn(info, name)?.unit;
      return unit ? `${name} in ${unit}` : name;
    }),
  ];
  const rows = Array.from({ length: count }, (_, row) =>
    [
      steps[row]! + info.firstNumber,
      ...(info.pulses > 1 ? [pulses[row]! + 1] : []),
      times[row],
      ...names.map((name) => columns.get(name)?.[row] ?? ''),
    ].join('\t'),
  );
  return [head.join('\t'), ...rows].join('\n');
}
