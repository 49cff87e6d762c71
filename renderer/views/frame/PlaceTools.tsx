import { useMemo } from 'react';
import { axesOf, cutFrame, type Cut } from '../../../shared/model/cut.ts';
import { positionAt } from '../../../shared/model/scale.ts';
import { BLINK_RATES, useBlink } from '../../stores/blink-store.ts';
import { framesOfView } from '../../stores/frame-choices.ts';
import { goTo } from '../../stores/playback-effects.ts';
import { useViews } from '../../stores/view-store.ts';
import { text } from '../../strings/en.ts';
import { frameText } from '../../strings/frame-text.ts';
import { NumberField } from '../../widgets/NumberField.tsx';
import { Select } from '../../widgets/Select.tsx';
import { Slider } from '../../widgets/Slider.tsx';
import { parseNumber, steppedText, unitText } from '../../../shared/draw/number-text.ts';
import { ViewChoice } from '../space/ViewChoice.tsx';
import styles from './PlaceTools.module.css';

/** Which frame of the buffer, and how fast they take turns while they do. */
export function FrameChoice({ viewId }: { viewId: string }) {
  const count = useViews((state) => framesOfView(state.views[viewId]));
  const frame = useViews((state) => state.views[viewId]?.place.frame ?? 0);
  const blinking = useViews((state) => state.views[viewId]?.blinking ?? false);
  const choices = useMemo(() => Array.from({ length: count }, (_, index) => ({ id: String(index), label: String(index + 1) })), [count]);
  if (count < 2) return null;
  return (
    <div className={styles.choice}>
      {blinking && (
        <span className={styles.rate}>
          <BlinkRateChoice />
        </span>
      )}
      <span className={styles.name}>{text.toolbar.frame}</span>
      <Select
        label={text.toolbar.frame}
        value={String(frame)}
        groups={[{ title: text.toolbar.frame, choices }]}
        onChange={(value) => goTo(viewId, { frame: Number(value), plane: 0, cut: undefined })}
      />
    </div>
  );
}

const RATES = [
  {
    title: frameText.actions.blinkRate,
    choices: BLINK_RATES.map((rate) => ({ id: String(rate), label: frameText.actions.perSecond(rate) })),
  },
];

function BlinkRateChoice() {
  const rate = useBlink((state) => state.rate);
  const setRate = useBlink((state) => state.setRate);
  return (
    <Select
      label={frameText.actions.blinkRate}
      value={String(rate)}
      groups={RATES}
      onChange={(id) => {
        const chosen = BLINK_RATES.find((one) => String(one) === id);
        if (chosen) setRate(chosen);
      }}
    />
  );
}

const words = frameText.planes;
const CUTS = ['xy', 'xz', 'zy'] as const;
const CUT_GROUPS = [{ title: words.cut, choices: CUTS.map((id) => ({ id, label: words.cuts[id] })) }];

/** Which plane of a volume, along which axes; position in the units of the axis that the planes lie along. In space the side that it is seen from. */
export function PlaneChoice({ viewId }: { viewId: string }) {
  const whole = useViews((state) => state.views[viewId]?.bufferInfo?.frames[state.views[viewId]?.place.frame ?? 0]);
  const plane = useViews((state) => state.views[viewId]?.place.plane ?? 0);
  const cut = useViews((state) => state.views[viewId]?.place.cut);
  const inSpace = useViews((state) => state.views[viewId]?.camera !== undefined);
  if (inSpace) return <ViewChoice viewId={viewId} />;
  if (!whole || whole.planes < 2) return null;
  const {
    planes,
    scales: { z },
    grid,
  } = cutFrame(whole, cut);
  const axis = axesOf(cut)[2];
  const step = z.slope * grid[2] || 1;
  const position = positionAt(z, grid[2], plane);
  const go = (to: number): void => goTo(viewId, { plane: Math.min(planes - 1, Math.max(0, Math.round(to))) });
  const turn = (id: string): void => {
    const next: Cut | undefined = id === 'xz' || id === 'zy' ? id : undefined;
    goTo(viewId, { cut: next, plane: cutFrame(whole, next).planes >> 1 });
    useViews.getState().patch(viewId, { zoom: { mode: 'fit' } });
  };
  return (
    <div className={styles.choice}>
      <Select label={words.cut} value={cut ?? 'xy'} groups={CUT_GROUPS} onChange={turn} />
      <span className={styles.slider}>
        <Slider label={words.slider(axis)} value={plane} min={0} max={planes - 1} step={1} onChange={go} />
      </span>
      <span className={styles.name}>{axis}</span>
      <span className={styles.position}>
        <NumberField
          label={words.position(axis)}
          value={position}
          text={steppedText(position, Math.abs(step) / 10)}
          {...(z.unit ? { unit: unitText(z.unit) } : {})}
          step={Math.abs(step)}
          parse={parseNumber}
          onChange={(value) => go((value - z.offset) / step)}
        />
      </span>
    </div>
  );
}
