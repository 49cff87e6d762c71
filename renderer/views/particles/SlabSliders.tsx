import { particleAxes } from '../../../shared/draw/particle-axes.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import type { ParticleDisplay } from '../../stores/particle-display.ts';
import { particleText } from '../../strings/particle-text.ts';
import { Row } from '../../widgets/Section.tsx';
import { Slider } from '../../widgets/Slider.tsx';
import { withEnd, type AxisIndex } from './clip-box.ts';
import { changeDisplay } from './particle-commands.ts';

type Clip = NonNullable<ParticleDisplay['clip']>;

/** Moves a slab as a whole along each axis that it does not fill. */
export function SlabSliders({ viewId, info, clip }: { viewId: string; info: ParticleDatasetInfo; clip: Clip }) {
  const { box } = particleAxes(info);
  return (['x', 'y', 'z'] as const).map((name, index) => {
    const axis = index as AxisIndex;
    const thick = clip.high[axis] - clip.low[axis];
    const room = box.high[axis] - box.low[axis] - thick;
    if (room <= 1e-9 * (box.high[axis] - box.low[axis])) return null;
    const move = (low: number): void =>
      changeDisplay(viewId, { clip: { low: withEnd(clip.low, axis, low), high: withEnd(clip.high, axis, low + thick) } });
    return (
      <Row key={name} label={particleText.inspector.along(name)}>
        <Slider
          label={particleText.inspector.along(name)}
          value={clip.low[axis]}
          min={box.low[axis]}
          max={box.low[axis] + room}
          step={room / 200}
          onChange={move}
        />
      </Row>
    );
  });
}
