import { useMemo } from 'react';
import { valueText } from '../../../shared/draw/number-text.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { pointAt, pointColumns, type TrackPoints } from '../../stores/track-points.ts';
import { useViews } from '../../stores/view-store.ts';
import { particleText } from '../../strings/particle-text.ts';
import { VirtualTable, type VirtualColumn } from '../../widgets/VirtualTable.tsx';
import { secondsText } from '../timeline/time-text.ts';
import { columnSign, findColumn } from './column-look.ts';
import { goToStep } from './particle-commands.ts';

const words = particleText.panel;
/** Pixels of a letter of a heading, about. */
const LETTER = 6.8;

/** All points of a track with all their columns; a row goes to its step. */
export function PointTable({ viewId, info, points }: { viewId: string; info: ParticleDatasetInfo; points: TrackPoints }) {
  const step = useViews((state) => state.views[viewId]?.place.buffer ?? 0);
  const pulse = useViews((state) => state.views[viewId]?.place.frame ?? 0);
  const columns = useMemo(() => tableColumns(info, points), [info, points]);
  const at = pointAt(points, step, pulse);
  return (
    <VirtualTable
      label={words.pointsOf(points.track)}
      columns={columns}
      rows={points.count}
      selected={at < 0 ? undefined : at}
      onSelect={(row) => goToStep(viewId, points.steps[row] ?? 0, points.pulses[row] ?? 0)}
    />
  );
}

function tableColumns(info: ParticleDatasetInfo, { steps, pulses, times, columns }: TrackPoints): readonly VirtualColumn[] {
  return [
    { id: 'step', title: words.step, width: 64, text: (row) => String((steps[row] ?? 0) + info.firstNumber) },
    ...(info.pulses > 1 ? [{ id: 'pulse', title: words.pulse, width: 56, text: (row: number) => String((pulses[row] ?? 0) + 1) }] : []),
    { id: 'time', title: words.time, unit: 's', width: 96, text: (row) => secondsText(times[row] ?? Number.NaN) },
    ...pointColumns(info).map((name): VirtualColumn => {
      const unit = findColumn(info, name)?.unit;
      const values = columns.get(name);
      const title = columnSign(name);
      return {
        id: name,
        title,
        ...(unit ? { unit } : {}),
        width: Math.max(92, Math.ceil(20 + LETTER * (title.length + (unit ? unit.length + 1 : 0)))),
        text: (row) => numberText(values?.[row] ?? Number.NaN),
      };
    }),
  ];
}

/** As many digits as single precision holds. */
function numberText(value: number): string {
  return Number.isNaN(value) ? words.gap : valueText(value, 7);
}
