import { useRef } from 'react';
import { particleAxes } from '../../../shared/draw/particle-axes.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import type { TrackBox } from '../../../shared/model/track-selection.ts';
import { useViews } from '../../stores/view-store.ts';
import { text } from '../../strings/en.ts';
import { particleText } from '../../strings/particle-text.ts';
import { Button } from '../../widgets/Button.tsx';
import { Row, Section } from '../../widgets/Section.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { Switch } from '../../widgets/Switch.tsx';
import { BoxFields } from './BoxFields.tsx';
import { setFilterBox } from './filter-commands.ts';

const words = particleText.filters;
const HOW = [
  { id: 'touch', label: words.touch },
  { id: 'inside', label: words.inside },
] as const;

/** Tracks by where they are. */
export function FilterBoxSection({ viewId, info }: { viewId: string; info: ParticleDatasetInfo }) {
  const box = useViews((state) => state.views[viewId]?.particles?.display.selection.box);
  const clip = useViews((state) => state.views[viewId]?.particles?.display.clip);
  const each = useViews((state) => state.views[viewId]?.particles?.shown?.counts?.each);
  const filters = useViews((state) => state.views[viewId]?.particles?.display.selection.filters.length ?? 0);
  const last = useRef<TrackBox | undefined>(undefined);
  const values = box ?? last.current ?? middleHalf(info);
  const set = (next: TrackBox | undefined): void => {
    last.current = next ?? box;
    setFilterBox(viewId, next);
  };
  const pass = each?.[filters];
  return (
    <Section
      title={words.box}
      tools={<Switch label={words.boxOn} on={box !== undefined} onChange={(on) => set(on ? values : undefined)} />}
    >
      <BoxFields info={info} low={values.low} high={values.high} onChange={(low, high) => set({ ...values, low, high })} />
      {info.tracks > 0 && (
        <Row label={words.must}>
          <Segmented
            label={words.must}
            value={values.whole ? 'inside' : 'touch'}
            choices={HOW}
            onChange={(id) => set({ ...values, whole: id === 'inside' })}
          />
        </Row>
      )}
      {(clip || (box && pass !== undefined)) && (
        <Row label="">
          {clip && (
            <Button small look="quiet" onPress={() => set({ ...clip, whole: values.whole })}>
              {words.fromView}
            </Button>
          )}
          {box && pass !== undefined && <span className="num">{words.pass(text.grouped(pass))}</span>}
        </Row>
      )}
    </Section>
  );
}

/** The inner half of the set along each axis. */
function middleHalf(info: ParticleDatasetInfo): TrackBox {
  const { low, high } = particleAxes(info).box;
  const at = (share: number): TrackBox['low'] => low.map((end, axis) => end + share * (high[axis]! - end)) as unknown as TrackBox['low'];
  return { low: at(0.25), high: at(0.75), whole: false };
}
