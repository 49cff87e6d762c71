import { parseNumber, spanText } from '../../../shared/draw/number-text.ts';
import { particleAxes } from '../../../shared/draw/particle-axes.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { particleText } from '../../strings/particle-text.ts';
import { NumberField } from '../../widgets/NumberField.tsx';
import { Row } from '../../widgets/Section.tsx';
import { withEnd, type AxisIndex } from './clip-box.ts';

type Triple = readonly [x: number, y: number, z: number];

/** Both ends of a box along each axis, in the units of the axes. */
export function BoxFields({
  info,
  low,
  high,
  onChange,
}: {
  info: ParticleDatasetInfo;
  low: Triple;
  high: Triple;
  onChange(low: Triple, high: Triple): void;
}) {
  const { units, box } = particleAxes(info);
  return (['x', 'y', 'z'] as const).map((name, index) => {
    const axis = index as AxisIndex;
    const span = box.high[axis] - box.low[axis];
    const unit = units[axis];
    return (
      <Row key={name} label={name}>
        <NumberField
          label={particleText.inspector.low(name)}
          value={low[axis]}
          text={spanText(low[axis], span)}
          step={span / 100}
          parse={parseNumber}
          onChange={(value) => onChange(withEnd(low, axis, value), withEnd(high, axis, Math.max(value, high[axis])))}
        />
        <NumberField
          label={particleText.inspector.high(name)}
          value={high[axis]}
          text={spanText(high[axis], span)}
          {...(unit !== '' && unit.length <= 5 ? { unit } : {})}
          step={span / 100}
          parse={parseNumber}
          onChange={(value) => onChange(withEnd(low, axis, Math.min(value, low[axis])), withEnd(high, axis, value))}
        />
      </Row>
    );
  });
}
